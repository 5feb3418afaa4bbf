import { Client, FTPError } from 'basic-ftp'
import { Failure } from '../../../contract/failure.ts'
import type { FtpConfig } from './config.ts'
import type { PlaceRequest } from './place.ts'

export interface FtpConnection {
  readonly client: Client
  /** The folder of the connection there, absolute. */
  readonly root: string
}

/** The client has one limit for connecting and for the silence in a transfer, which may be longer. */
const SILENCE_MS = 30_000

/** @throws Failure `source.unauthorized`, `source.unavailable`. */
export async function connectFtp(config: FtpConfig, { name, secret }: PlaceRequest): Promise<FtpConnection> {
  const client = new Client(Math.max(config.connectTimeoutMs, SILENCE_MS), { allowSeparateTransferHost: false })
  try {
    await client.access({
      host: config.host,
      port: config.port,
      user: config.user,
      password: (await secret('password'))?.reveal() ?? (config.user === 'anonymous' ? 'guest' : ''),
      secure: config.encryption === 'none' ? false : config.encryption === 'implicit' ? 'implicit' : true,
      ...(config.ca === undefined ? {} : { secureOptions: { ca: config.ca } }),
    })
    if (config.directory !== undefined) await client.cd(config.directory)
    return { client, root: await client.pwd() }
  } catch (error) {
    client.close()
    throw isLoginRefused(error)
      ? new Failure('source.unauthorized', { source: name, reason: reasonOf(error) }, { cause: error })
      : new Failure('source.unavailable', { source: name, reason: reasonOf(error) }, { cause: error })
  }
}

/** Whether the server understood and said no: nothing is there, or it may not be. */
export function isRefused(error: unknown): boolean {
  return error instanceof FTPError && error.code >= 500
}

function isLoginRefused(error: unknown): boolean {
  return error instanceof FTPError && error.code === 530
}

/** A driver's error as ours, once. */
export function ftpFailure(
  error: unknown,
  { source, file }: { readonly source: string; readonly file: string },
): Failure {
  if (error instanceof Failure) return error
  const reason = reasonOf(error)
  // What the server says with other codes concerns the connection.
  if (error instanceof FTPError && ![421, 425, 426].includes(error.code))
    return new Failure(
      'source.rejected',
      { source, reason: file === '' ? reason : `${file}: ${reason}` },
      { cause: error },
    )
  return new Failure('source.unavailable', { source, reason }, { cause: error })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
