import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { DIAGNOSIS_STAGES, type DiagnosisStage } from '../../contract/diagnosis.ts'
import { describeFailure, toFailure } from '../../contract/failure.ts'
import { literal, sql } from '../../sql/sql.ts'
import { listTables } from './catalogue/list-tables.ts'
import type { MysqlConfig } from './config.ts'
import { type MysqlAccess, MysqlConnection } from './connection/mysql-connection.ts'
import { isTlsFailure } from './connection/mysql-failure.ts'

type Stage = DiagnosisStage['stage']
type Finding = Pick<DiagnosisStage, 'outcome' | 'cause' | 'next'>

/**
 * The self-test. TLS and login are one exchange in this protocol, so both stages report on the same attempt; the change log
 * is independent of `read` and its failure only means that changes cannot be captured.
 */
export async function* diagnoseMysql(config: MysqlConfig, access: MysqlAccess): AsyncGenerator<DiagnosisStage> {
  let connection: MysqlConnection | undefined
  let loginError: unknown
  let failedAt: Stage | undefined
  const checks: Readonly<Record<Stage, () => Promise<Finding>>> = {
    dns: () => checkName(config),
    tcp: () => checkPort(config),
    tls: async () => {
      connection = await MysqlConnection.open(access).catch((error: unknown) => {
        loginError = error
        return undefined
      })
      return tlsFinding(config, connection, loginError)
    },
    authentication: () => (connection === undefined ? Promise.reject(toFailure(loginError)) : whoAmI(connection)),
    privileges: () => checkPrivileges(ready(connection)),
    read: () => checkRead(ready(connection), config),
    change_log: () => checkChangeLog(ready(connection)),
  }
  try {
    for (const stage of DIAGNOSIS_STAGES) {
      const started = performance.now()
      const finding =
        failedAt === undefined || (stage === 'change_log' && connection !== undefined)
          ? await checks[stage]().catch(failedFinding)
          : { outcome: 'skipped' as const, cause: `stage ${failedAt} failed` }
      if (finding.outcome === 'failed') failedAt ??= stage
      yield { stage, elapsedMs: Math.round(performance.now() - started), ...finding }
    }
  } finally {
    await connection?.[Symbol.asyncDispose]()
  }
}

function ready(connection: MysqlConnection | undefined): MysqlConnection {
  if (connection === undefined) throw new TypeError('a stage ran without a connection')
  return connection
}

function failedFinding(error: unknown): Finding {
  const failure = toFailure(error)
  const { message, next } = describeFailure(failure, 'en')
  return { outcome: 'failed', cause: message, next }
}

async function checkName({ host }: MysqlConfig): Promise<Finding> {
  try {
    const found = await lookup(host, { all: true })
    return { outcome: 'ok', cause: found.map(({ address }) => address).join(', ') }
  } catch {
    return {
      outcome: 'failed',
      cause: `the name ${host} is not known here`,
      next: 'Check the spelling, the DNS server and whether a VPN is needed.',
    }
  }
}

function checkPort({ host, port, connectTimeoutMs }: MysqlConfig): Promise<Finding> {
  const { promise, resolve } = Promise.withResolvers<Finding>()
  const socket = connect({ host, port, timeout: connectTimeoutMs })
  const fail = (cause: string): void =>
    resolve({
      outcome: 'failed',
      cause,
      next: `Check that the server listens on port ${port} (bind-address, skip-networking) and that no firewall is between.`,
    })
  socket.once('connect', () => resolve({ outcome: 'ok' }))
  socket.once('timeout', () => fail('no answer in time'))
  socket.once('error', (error) => fail('code' in error ? String(error.code) : error.message))
  return promise.finally(() => socket.destroy())
}

async function tlsFinding(
  { tls }: MysqlConfig,
  connection: MysqlConnection | undefined,
  error: unknown,
): Promise<Finding> {
  if (tls === 'off') return { outcome: 'skipped', cause: 'tls is off: everything but the password travels in clear' }
  if (connection !== undefined) {
    const version = await connection.rows(sql`SHOW SESSION STATUS LIKE 'Ssl_version'`)
    return {
      outcome: 'ok',
      cause: `${version.rows[0]?.[1] ?? ''}${tls === 'require' ? ', certificate not checked' : ''}`,
    }
  }
  if (!isTlsFailure(error)) return { outcome: 'ok' }
  const failure = toFailure(error)
  return {
    outcome: 'failed',
    cause: failure.message,
    next: 'Give the server a certificate that this machine trusts for this host name, or set tls to require or off.',
  }
}

async function whoAmI(connection: MysqlConnection): Promise<Finding> {
  const { rows } = await connection.rows(sql`SELECT CURRENT_USER(), VERSION()`)
  return { outcome: 'ok', cause: rows[0]?.join(', ') ?? '' }
}

async function checkPrivileges(connection: MysqlConnection): Promise<Finding> {
  const { rows } = await connection.rows(sql`SHOW GRANTS FOR CURRENT_USER`)
  // A grant may show a password hash.
  const grants = rows.map(([grant]) => (grant ?? '').replace(/ IDENTIFIED .*$/i, ''))
  if (grants.some((grant) => /\b(SELECT|ALL PRIVILEGES)\b/i.test(grant))) {
    return { outcome: 'ok', cause: grants.join('; ') }
  }
  return { outcome: 'failed', cause: 'the user may read nothing', next: 'GRANT SELECT on the tables to read.' }
}

async function checkRead(connection: MysqlConnection, { database }: MysqlConfig): Promise<Finding> {
  const tables = await listTables(connection, { database })
  await connection.rows(sql`SELECT ${literal(1)}`)
  return { outcome: 'ok', cause: `${tables.length} tables and views` }
}

/** What change capture needs of the binary log. */
async function checkChangeLog(connection: MysqlConnection): Promise<Finding> {
  const { rows } = await connection.rows(
    sql`SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format', 'binlog_row_image', 'binlog_row_metadata', 'gtid_mode', 'gtid_current_pos', 'expire_logs_days', 'binlog_expire_logs_seconds')`,
  )
  const settings = new Map(rows.map(([name, value]) => [name ?? '', value ?? '']))
  const wanted = [
    ['log_bin', /^(ON|1)$/i, 'ON'],
    ['binlog_format', /^ROW$/i, 'ROW'],
    ['binlog_row_image', /^FULL$/i, 'FULL'],
    ['binlog_row_metadata', /^FULL$/i, 'FULL'],
  ] as const
  const wrong = wanted.filter(([name, good]) => !good.test(settings.get(name) ?? ''))
  const cause = [...settings].map(([name, value]) => `${name}=${value}`).join(', ')
  if (wrong.length === 0) return { outcome: 'ok', cause }
  const next = `Set ${wrong.map(([name, , value]) => `${name}=${value}`).join(', ')} to capture changes; loads do not need it.`
  return { outcome: 'failed', cause, next }
}
