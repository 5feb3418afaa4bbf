import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import SftpClient from 'ssh2-sftp-client'
import { Failure } from '../../../contract/failure.ts'
import type { SftpConfig } from './config.ts'
import type { PlaceRequest } from './place.ts'
import { reasonOf, sftpFailure } from './sftp-failure.ts'

const KEEPALIVE_MS = 15_000

export interface SftpConnection {
  readonly client: SftpClient
  /** The folder of the connection there, absolute and free of links. */
  readonly root: string
}

/**
 * Logs in, after the server has shown a key that it is known by. `onClose` is called when the connection ends by itself.
 * @throws Failure `source.host_key`, `source.unauthorized`, `source.unavailable`.
 */
export async function connectSftp(
  config: SftpConfig,
  { name, secret }: PlaceRequest,
  onClose: () => void,
): Promise<SftpConnection> {
  const [password, privateKey] = [await secret('password'), await secret('privateKey')]
  // Errors reach the call that they concern; this one is for those between calls.
  const client = new SftpClient('', { error: onClose, end: onClose, close: onClose })
  let offered: string | undefined
  try {
    await client.connect({
      // An answer is waited for after each small packet: held back to be sent together they would cost 40 ms each.
      sock: connect({ host: config.host, port: config.port, noDelay: true }),
      username: config.user,
      readyTimeout: config.connectTimeoutMs,
      keepaliveInterval: KEEPALIVE_MS,
      hostVerifier: (key: Buffer) => {
        offered = fingerprintOf(key)
        return isKnown(config, offered)
      },
      ...(privateKey === undefined
        ? { password: password?.reveal() ?? '' }
        : {
            privateKey: withLineBreaks(privateKey.reveal()),
            ...(password === undefined ? {} : { passphrase: password.reveal() }),
          }),
    })
    return { client, root: await rootOf(client, name, config) }
  } catch (error) {
    await client.end().catch(() => undefined)
    if (error instanceof Failure) throw error
    if (offered !== undefined && !isKnown(config, offered))
      throw new Failure('source.host_key', { source: name, offered }, { cause: error })
    throw connectFailure(error, name)
  }
}

/** A key that was pasted into a field of one line has lost its line breaks. */
function withLineBreaks(key: string): string {
  const [, begin, body, end] =
    /^\s*(-----BEGIN [A-Z0-9 ]+-----)([A-Za-z0-9+/= \t]+)(-----END [A-Z0-9 ]+-----)\s*$/.exec(key) ?? []
  if (begin === undefined || body === undefined || end === undefined) return key
  return `${[begin, ...(body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? []), end].join('\n')}\n`
}

async function rootOf(client: SftpClient, source: string, { directory = '.' }: SftpConfig): Promise<string> {
  const reason = `the folder ${directory} cannot be opened`
  const found = await client.stat(directory).catch((error: unknown) => {
    throw new Failure('source.unavailable', { source, reason: `${reason} (${reasonOf(error)})` }, { cause: error })
  })
  if (!found.isDirectory) throw new Failure('source.unavailable', { source, reason })
  return client.realPath(directory)
}

/** The driver's words for a refused login are told; a password or key is in none of them. */
function connectFailure(error: unknown, source: string): Failure {
  const reason = reasonOf(error)
  const isLogin = /authentication|passphrase|privateKey|decrypt|key/i.test(reason) && !/handshake/i.test(reason)
  return isLogin
    ? new Failure('source.unauthorized', { source, reason }, { cause: error })
    : sftpFailure(error, { source, file: '' })
}

function isKnown({ hostKey = '' }: SftpConfig, offered: string): boolean {
  return hostKey.split(/\s+/).some((known) => known.replace(/=$/, '') === offered)
}

/** As `ssh-keygen -l` prints it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}
