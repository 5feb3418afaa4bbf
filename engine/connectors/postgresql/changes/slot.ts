import { setTimeout as sleep } from 'node:timers/promises'
import { printQualifiedName } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { ReaderState } from '../../api/changes.ts'
import { findTable } from '../catalogue/find-table.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { sqlState } from '../connection/postgres-failure.ts'
import { lsnText, parseLsn } from './lsn.ts'

const END_TIMEOUT_MS = 10_000
const END_POLL_MS = 20
const LONGEST_NAME = 63
/** No slot left, no right to make one, not built for it. */
const REFUSALS = new Set(['53400', '42501', '55000', '0A000'])

/** What slot and publication of a reader are called. PostgreSQL allows lower-case letters, digits and `_` in names of slots. */
export function slotName(reader: string): string {
  return `runnel_${reader.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')}`.slice(0, LONGEST_NAME)
}

interface PublishedTables {
  readonly source: string
  readonly datasets: readonly string[]
  readonly defaultSchema: string
}

/**
 * Publishes exactly these tables, with the changes of partitions under the name of their root.
 * @throws Failure `changes.unavailable`, `changes.no_identity`, `source.dataset_missing`
 */
export async function publish(
  connection: PostgresConnection,
  name: string,
  { source, datasets, defaultSchema }: PublishedTables,
  call: PostgresCall,
): Promise<void> {
  const level = await connection.value(sql`SHOW wal_level`, call)
  if (level !== 'logical')
    throw new Failure('changes.unavailable', { source, reason: `wal_level is ${level ?? 'unknown'}` })
  const tables = []
  for (const dataset of datasets) tables.push(await findTable(connection, { dataset, defaultSchema }, call))
  await assertIdentity(
    connection,
    tables.map(({ oid }) => oid),
    call,
  )
  const list = join(tables.map(({ schema, name: table }) => id(schema, table)))
  const exists = await connection.value(
    sql`SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = ${literal(name)}`,
    call,
  )
  await connection.run(
    exists === null
      ? sql`CREATE PUBLICATION ${id(name)} FOR TABLE ${list} WITH (publish_via_partition_root = true)`
      : sql`ALTER PUBLICATION ${id(name)} SET TABLE ${list}`,
    call,
  )
}

/** An update or delete of a published table without identity would fail at the source, for everybody. */
async function assertIdentity(
  connection: PostgresConnection,
  oids: readonly string[],
  call: PostgresCall,
): Promise<void> {
  if (oids.length === 0) return
  const list = join(oids.map((oid) => sql`${literal(oid)}::oid`))
  const rows = await connection.rows(
    sql`SELECT DISTINCT n.nspname, c.relname FROM pg_catalog.pg_class root
        CROSS JOIN LATERAL (SELECT root.oid AS relid UNION SELECT relid FROM pg_partition_tree(root.oid)) t
        JOIN pg_catalog.pg_class c ON c.oid = t.relid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE root.oid IN (${list}) AND (c.relreplident = 'n' OR c.relreplident = 'd'
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))
        ORDER BY 1, 2`,
    call,
  )
  if (rows.length === 0) return
  throw new Failure('changes.no_identity', {
    datasets: rows.map((parts) => printQualifiedName(parts.map((part) => part ?? ''))),
  })
}

/** The position from which the slot keeps changes; it is made when missing, which waits for transactions under way. */
export async function ensureSlot(
  connection: PostgresConnection,
  { source, name }: { readonly source: string; readonly name: string },
  call: PostgresCall,
): Promise<{ readonly position: string; readonly isNew: boolean }> {
  const [known] = await connection.rows(
    sql`SELECT confirmed_flush_lsn FROM pg_catalog.pg_replication_slots WHERE slot_name = ${literal(name)}`,
    call,
  )
  if (known?.[0] !== undefined && known[0] !== null) return { position: lsnText(parseLsn(known[0])), isNew: false }
  const lsn = await connection
    .value(sql`SELECT lsn FROM pg_create_logical_replication_slot(${literal(name)}, 'pgoutput')`, call)
    .catch((error: unknown) => {
      throw REFUSALS.has(sqlState(error) ?? '')
        ? new Failure('changes.unavailable', { source, reason: messageOf(error) }, { cause: error })
        : error
    })
  return { position: lsnText(parseLsn(lsn ?? '0/0')), isNew: true }
}

export async function slotState(
  connection: PostgresConnection,
  name: string,
  call: PostgresCall = {},
): Promise<ReaderState | undefined> {
  const [row] = await connection.rows(
    sql`SELECT confirmed_flush_lsn, coalesce(wal_status, ''), pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), safe_wal_size
        FROM pg_catalog.pg_replication_slots WHERE slot_name = ${literal(name)} AND database = current_database()`,
    call,
  )
  if (row === undefined) return undefined
  const [confirmed, status, lag, safe] = row
  const isLost = status === 'lost' || confirmed === null || confirmed === undefined
  return {
    position: lsnText(parseLsn(confirmed ?? '0/0')),
    isUsable: !isLost,
    ...(isLost ? { reason: `its wal_status is ${status ?? 'unknown'}` } : {}),
    lagBytes: Math.max(0, Number(lag ?? 0)),
    // Unknown where the server keeps its log without limit.
    ...(safe === null || safe === undefined ? {} : { headroomBytes: Math.max(0, Number(safe)) }),
  }
}

export async function currentPosition(connection: PostgresConnection, call: PostgresCall = {}): Promise<string> {
  return lsnText(parseLsn((await connection.value(sql`SELECT pg_current_wal_lsn()`, call)) ?? '0/0'))
}

export async function dropReader(connection: PostgresConnection, name: string, call: PostgresCall = {}): Promise<void> {
  await connection.run(dropSlot(name), call)
  await connection.run(sql`DROP PUBLICATION IF EXISTS ${id(name)}`, call)
}

/** A reader that was killed may hold its slot until the server notices: it is ended first. @throws Failure when it does not end */
export async function endReaders(connection: PostgresConnection, name: string, call: PostgresCall = {}): Promise<void> {
  const holder = sql`FROM pg_catalog.pg_replication_slots WHERE slot_name = ${literal(name)} AND active_pid IS NOT NULL`
  for (const giveUpAt = performance.now() + END_TIMEOUT_MS; ; await sleep(END_POLL_MS)) {
    const [held] = await connection.rows(sql`SELECT pg_terminate_backend(active_pid) ${holder}`, call)
    if (held === undefined || performance.now() > giveUpAt) return
  }
}

function messageOf(error: unknown): string {
  const cause = error instanceof Failure ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}

function dropSlot(name: string): Sql {
  return sql`SELECT pg_drop_replication_slot(slot_name) FROM pg_catalog.pg_replication_slots WHERE slot_name = ${literal(name)}`
}
