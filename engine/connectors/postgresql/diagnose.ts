import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import type { DiagnosisStage } from '../../contract/diagnosis.ts'
import { Failure } from '../../contract/failure.ts'
import { sql } from '../../sql/sql.ts'
import { stagedDiagnosis } from '../shared/staged-diagnosis.ts'
import type { PostgresAccess } from './connection/client-config.ts'
import { PostgresConnection } from './connection/postgres-connection.ts'
import { isTlsFailure, sqlState } from './connection/postgres-failure.ts'

/** The self-test. TLS and login are one exchange, so both stages report on the same attempt. */
export async function* diagnosePostgres(access: PostgresAccess): AsyncGenerator<DiagnosisStage> {
  const { config, name } = access
  let attempt: Promise<PostgresConnection> | undefined
  const connection = (): Promise<PostgresConnection> => {
    attempt ??= PostgresConnection.open(access)
    return attempt
  }
  try {
    yield* stagedDiagnosis({
      dns: async () => (await lookup(config.host, { all: true })).map(({ address }) => address).join(', '),
      tcp: () => reachPort(access),
      tls: async () => {
        const error = await connection().then(
          () => undefined,
          (reason: unknown) => reason,
        )
        if (isTlsFailure(error instanceof Failure ? error.cause : undefined)) throw error
        return config.tls.mode === 'disable'
          ? 'off by the settings: all but the password travels in clear'
          : config.tls.mode
      },
      authentication: async () =>
        (await (await connection()).value(sql`SELECT current_user || ' on ' || version()`)) ?? '',
      privileges: async () => checkPrivileges(await connection(), name),
      read: async () => {
        const count = await (await connection()).value(
          sql`SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')`,
        )
        return `${count ?? '0'} datasets can be read`
      },
      change_log: async () => checkChangeLog(await connection(), name),
    })
  } finally {
    await (await attempt?.catch(() => undefined))?.[Symbol.asyncDispose]()
  }
}

async function reachPort({ config: { host, port, connectTimeoutMs }, name }: PostgresAccess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = connect({ host, port, timeout: connectTimeoutMs })
  const fail = (reason: string): void => reject(new Failure('source.unavailable', { source: name, reason }))
  socket.once('connect', () => resolve(`port ${port} answers`))
  socket.once('timeout', () => fail(`port ${port} gives no answer in ${connectTimeoutMs} ms: a firewall?`))
  socket.once('error', (error) => fail('code' in error ? `${String(error.code)} on port ${port}` : error.message))
  return promise.finally(() => socket.destroy())
}

async function checkPrivileges(connection: PostgresConnection, name: string): Promise<string> {
  const [row] = await connection.rows(
    sql`SELECT has_database_privilege(current_database(), 'CONNECT'), has_database_privilege(current_database(), 'CREATE'),
               (SELECT string_agg(nspname, ', ' ORDER BY nspname) FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_'
                AND nspname <> 'information_schema' AND has_schema_privilege(oid, 'USAGE')),
               (SELECT string_agg(nspname, ', ' ORDER BY nspname) FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_'
                AND nspname <> 'information_schema' AND has_schema_privilege(oid, 'CREATE'))`,
  )
  const [, , usable, creatable] = row ?? []
  if (usable === null || usable === undefined) {
    throw new Failure('source.rejected', { source: name, reason: 'the user has USAGE on no schema' })
  }
  return `sees schemas ${usable}; may create tables in ${creatable ?? 'none'}`
}

async function checkChangeLog(connection: PostgresConnection, name: string): Promise<string> {
  const unfit = (reason: string): Failure =>
    new Failure('source.rejected', { source: name, reason: `changes cannot be captured: ${reason}` })
  try {
    const [row] = await connection.rows(
      sql`SELECT current_setting('wal_level'), (SELECT rolreplication OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user),
                 current_setting('max_replication_slots')::integer - (SELECT count(*) FROM pg_catalog.pg_replication_slots)`,
    )
    const [walLevel, mayReplicate, freeSlots] = row ?? []
    if (walLevel !== 'logical') throw unfit(`wal_level is ${walLevel ?? 'unknown'}, it must be logical`)
    if (mayReplicate !== 't') throw unfit('the user lacks the REPLICATION attribute')
    if (Number(freeSlots ?? 0) < 1) throw unfit('no replication slot is free; raise max_replication_slots')
    return `wal_level logical, ${freeSlots ?? '?'} replication slots free`
  } catch (error) {
    // A compatible database may have none of these settings.
    throw sqlState(error) === undefined ? error : unfit('the server does not tell its replication settings')
  }
}
