import { Failure, isFailure } from '../../../contract/failure.ts'

interface DriverError {
  readonly code: string
  readonly errno: number
  readonly message: string
}

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'HANDSHAKE_SSL_ERROR',
])

/** Server errors that end when the server has recovered: too many connections, shutdown, killed, gone, read-only failover. */
const SERVER_AWAY = new Set([
  1040, 1053, 1077, 1079, 1080, 1081, 1152, 1153, 1159, 1161, 1203, 1226, 1927, 1290, 1836, 4031,
])
const LOGIN_REFUSED = new Set([1044, 1045, 1130, 1251, 1524, 1698, 1820, 1862, 3118, 4151])
const DENIED = new Set([1142, 1143, 1227, 1370])
const DISK_FULL = new Set([1021, 1114])
const BUSY = new Set([1205, 1213, 3572, 1412])
/** LOAD DATA LOCAL is off on the server, MySQL 8's default. */
const LOCAL_INFILE_OFF = new Set([1148, 3948, 4166])
/** ER_QUERY_INTERRUPTED and MariaDB's statement timeout. */
const INTERRUPTED = new Set([1317])

/** What the connection was doing, so that the same error reads right on either side. */
export interface FailureContext {
  /** The connection's name. */
  readonly name: string
  readonly side: 'source' | 'target'
  /** The call was aborted by its own signal. */
  readonly aborted?: boolean
}

/** Wraps an error of the driver or the server once. Driver messages never hold the password. */
export function mysqlFailure(error: unknown, { name, side, aborted = false }: FailureContext): Failure {
  if (isFailure(error)) return error
  const { code, errno, message } = driverError(error)
  const cause = { cause: error }
  if (aborted || INTERRUPTED.has(errno)) return new Failure('work.cancelled', { what: name }, cause)
  const reason = code === '' ? message : `${message} (${code})`
  if (LOGIN_REFUSED.has(errno) || DENIED.has(errno)) {
    return new Failure('source.unauthorized', { source: name, reason }, cause)
  }
  if (NETWORK.has(code) || SERVER_AWAY.has(errno) || isTlsError(code)) {
    return new Failure('source.unavailable', { source: name, reason }, cause)
  }
  if (BUSY.has(errno)) return new Failure('source.unavailable', { source: name, reason }, cause)
  if (DISK_FULL.has(errno)) return new Failure('run.disk_full', { reason: `${name}: ${reason}` }, cause)
  if (LOCAL_INFILE_OFF.has(errno)) {
    const hint = 'loads need local_infile: SET GLOBAL local_infile = 1 on the server'
    return new Failure('target.rejected', { target: name, reason: `${reason}; ${hint}` }, cause)
  }
  if (side === 'target') return new Failure('target.rejected', { target: name, reason }, cause)
  return new Failure('source.rejected', { source: name, reason }, cause)
}

/** Whether the connection broke, so that what it was doing may or may not have happened. */
export function isConnectionLost(error: unknown): boolean {
  const { code, errno } = driverError(error)
  return NETWORK.has(code) || errno === 1053 || errno === 1927 || /closed state/.test(driverError(error).message)
}

/** Whether a connection failed on TLS: none offered, a certificate not trusted, another host name. */
export function isTlsFailure(error: unknown): boolean {
  return isTlsError(driverError(error).code)
}

function driverError(error: unknown): DriverError {
  if (!(error instanceof Error)) return { code: '', errno: 0, message: String(error) }
  const source = isFailure(error) && error.cause instanceof Error ? error.cause : error
  const code = 'code' in source && typeof source.code === 'string' ? source.code : ''
  const errno = 'errno' in source && typeof source.errno === 'number' && source.errno > 0 ? source.errno : 0
  // Several addresses were tried; the first tells.
  const message = source instanceof AggregateError ? errorText(source.errors[0]) : source.message
  return { code, errno, message }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isTlsError(code: string): boolean {
  return /CERT|TLS|SSL|SELF_SIGNED/.test(code)
}
