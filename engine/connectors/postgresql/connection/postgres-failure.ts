import { DatabaseError } from 'pg'
import { Failure } from '../../../contract/failure.ts'

export type Side = 'source' | 'target'

/** Classes of SQLSTATE after which the same call may succeed: connection lost, resources, operator, deadlock, serialisation. */
const PASSING = /^(08|53[023]|57P0[1-5]|40001|40P01|55P03)/
const LOGIN = /^28/
const DISK_FULL = '53100'
const CANCELLED = '57014'

const SOCKET_ERRORS = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/

export interface FailureContext {
  readonly connection: string
  readonly side: Side
  /** The signal of the call: when it is aborted, every error is its consequence. */
  readonly signal?: AbortSignal | undefined
}

/** Wraps an error of the driver or the server once. Neither ever contains the password. */
export function postgresFailure(error: unknown, { connection, side, signal }: FailureContext): Failure {
  if (signal?.aborted === true) return new Failure('work.cancelled', { what: connection }, { cause: error })
  if (error instanceof Failure) return error
  if (!(error instanceof DatabaseError)) return transportFailure(error, connection)
  const code = error.code ?? ''
  const reason = serverReason(error)
  if (LOGIN.test(code)) return new Failure('source.unauthorized', { source: connection, reason }, { cause: error })
  if (code === DISK_FULL) return new Failure('run.disk_full', { reason }, { cause: error })
  if (PASSING.test(code)) return new Failure('source.unavailable', { source: connection, reason }, { cause: error })
  if (code === CANCELLED && side === 'source') {
    return new Failure('source.rejected', { source: connection, reason }, { cause: error })
  }
  return side === 'source'
    ? new Failure('source.rejected', { source: connection, reason }, { cause: error })
    : new Failure('target.rejected', { target: connection, reason }, { cause: error })
}

/** SQLSTATE of the server behind a failure, if the server spoke at all. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof DatabaseError) return error.code
  return error instanceof Failure ? sqlState(error.cause) : undefined
}

/** Whether the connection was lost, so that what the server did last is unknown. */
export function isLost(error: unknown): boolean {
  return error instanceof Failure && error.code === 'source.unavailable'
}

export function isTlsFailure(error: unknown): boolean {
  const text = error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : ''
  return /CERT|SSL|TLS|certificate|self.signed|altname/i.test(text)
}

function serverReason(error: DatabaseError): string {
  const where = error.where === undefined ? undefined : error.where.split('\n')[0]
  const parts = [
    error.message,
    error.detail,
    error.constraint === undefined ? undefined : `constraint ${error.constraint}`,
    error.column === undefined ? undefined : `column ${error.column}`,
    where,
  ]
  return parts.filter((part) => part !== undefined && part !== '').join('; ')
}

function transportFailure(error: unknown, source: string): Failure {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = SOCKET_ERRORS.test(code) && !message.includes(code) ? `${code} ${message}` : message || code
  return new Failure('source.unavailable', { source, reason }, { cause: error })
}
