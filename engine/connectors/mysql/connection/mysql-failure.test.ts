import { expect, it } from 'vitest'
import { isConnectionLost, mysqlFailure } from './mysql-failure.ts'

const driverError = (code: string, errno = 0): Error => Object.assign(new Error('driver words'), { code, errno })

it.each([
  [driverError('ECONNREFUSED', -111), 'source', 'source.unavailable'],
  [driverError('ENOTFOUND'), 'source', 'source.unavailable'],
  [driverError('PROTOCOL_CONNECTION_LOST'), 'target', 'source.unavailable'],
  [driverError('HANDSHAKE_NO_SSL_SUPPORT'), 'source', 'source.unavailable'],
  [driverError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'source', 'source.unavailable'],
  [driverError('ER_CON_COUNT_ERROR', 1040), 'source', 'source.unavailable'],
  [driverError('ER_LOCK_DEADLOCK', 1213), 'target', 'source.unavailable'],
  [driverError('ER_ACCESS_DENIED_ERROR', 1045), 'source', 'source.unauthorized'],
  [driverError('ER_TABLEACCESS_DENIED_ERROR', 1142), 'target', 'source.unauthorized'],
  [driverError('ER_RECORD_FILE_FULL', 1114), 'target', 'run.disk_full'],
  [driverError('ER_DUP_ENTRY', 1062), 'target', 'target.rejected'],
  [driverError('ER_PARSE_ERROR', 1064), 'source', 'source.rejected'],
  [driverError('ER_QUERY_INTERRUPTED', 1317), 'source', 'work.cancelled'],
] as const)('%o on the %s', (error, side, code) => {
  expect(mysqlFailure(error, { name: 'erp', side }).code).toBe(code)
})

it('calls whatever an abort broke cancelled, and wraps once', () => {
  const failure = mysqlFailure(driverError('ECONNRESET'), { name: 'erp', side: 'source', aborted: true })
  expect(failure.code).toBe('work.cancelled')
  expect(mysqlFailure(failure, { name: 'other', side: 'target' })).toBe(failure)
})

it.each([
  [driverError('ECONNRESET'), true],
  [driverError('PROTOCOL_CONNECTION_LOST'), true],
  [driverError('ER_CONNECTION_KILLED', 1927), true],
  [driverError('ER_DUP_ENTRY', 1062), false],
  [driverError('ECONNREFUSED'), true],
])('%o breaks the connection: %s', (error, isLost) => {
  expect(isConnectionLost(mysqlFailure(error, { name: 'erp', side: 'target' }))).toBe(isLost)
})
