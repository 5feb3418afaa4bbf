import type { Cell } from '../../../contract/page.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { WriteOutcome } from '../../api/writer.ts'
import { STATE_COLUMNS, STATE_TABLE } from '../../shared/load/load-tables.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { sqlState } from '../connection/postgres-failure.ts'

const UNIQUE_VIOLATION = '23505'
const DUPLICATE_TABLE = '42P07'

export interface CommittedLoad {
  readonly loadId: string
  readonly dataset: string
  readonly mode: string
  readonly state?: Cell | undefined
  readonly outcome: WriteOutcome
}

/** Creates the table of loads where it is missing. Two writers may do so at once. */
export async function ensureStateTable(
  connection: PostgresConnection,
  schema: string,
  call: PostgresCall,
): Promise<void> {
  const exists = await connection.value(
    sql`SELECT 1 FROM pg_catalog.pg_class WHERE relname = ${literal(STATE_TABLE)} AND relnamespace IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ${literal(schema)})`,
    call,
  )
  if (exists !== null) return
  try {
    await connection.run(
      sql`CREATE TABLE IF NOT EXISTS ${id(schema, STATE_TABLE)} (load_id text PRIMARY KEY, dataset text NOT NULL, mode text NOT NULL, state text,
          inserted bigint NOT NULL, updated bigint NOT NULL, deleted bigint NOT NULL, target_rows bigint, committed_at timestamptz NOT NULL)`,
      { ...call, side: 'target' },
    )
  } catch (error) {
    if (![UNIQUE_VIOLATION, DUPLICATE_TABLE].includes(sqlState(error) ?? '')) throw error
  }
}

export async function findCommitted(
  connection: PostgresConnection,
  schema: string,
  loadId: string,
  call: PostgresCall = {},
): Promise<WriteOutcome | undefined> {
  const [row] = await connection.rows(
    sql`SELECT inserted, updated, deleted, target_rows FROM ${id(schema, STATE_TABLE)} WHERE load_id = ${literal(loadId)}`,
    call,
  )
  if (row === undefined) return undefined
  const [inserted, updated, deleted, targetRows] = row
  return {
    inserted: BigInt(inserted ?? 0),
    updated: BigInt(updated ?? 0),
    deleted: BigInt(deleted ?? 0),
    ...(targetRows === null || targetRows === undefined ? {} : { targetRows: BigInt(targetRows) }),
  }
}

/** Writes the load's row in the transaction of the merge. */
export async function recordLoad(
  connection: PostgresConnection,
  schema: string,
  load: CommittedLoad,
  call: PostgresCall,
): Promise<void> {
  await connection.run(insertLoad(schema, load), { ...call, side: 'target' })
}

/**
 * Finds out whether a load whose reply to COMMIT was lost took effect. An insert of the same load id waits for a transaction that is
 * still committing; it meets its row exactly when that took effect.
 */
export async function settleLoad(
  connection: PostgresConnection,
  schema: string,
  load: CommittedLoad,
): Promise<WriteOutcome | undefined> {
  await connection.run(sql`BEGIN`)
  const inserted = await connection.run(sql`${insertLoad(schema, load)} ON CONFLICT (load_id) DO NOTHING`)
  await connection.run(sql`ROLLBACK`)
  return inserted === 0n ? findCommitted(connection, schema, load.loadId) : undefined
}

function insertLoad(schema: string, { loadId, dataset, mode, state, outcome }: CommittedLoad): Sql {
  const counts = [outcome.inserted, outcome.updated, outcome.deleted, outcome.targetRows ?? null].map(literal)
  const stored = state === undefined ? null : JSON.stringify(state)
  return sql`INSERT INTO ${id(schema, STATE_TABLE)} (${join(STATE_COLUMNS.map((name) => id(name)))})
    VALUES (${literal(loadId)}, ${literal(dataset)}, ${literal(mode)}, ${literal(stored)}, ${join(counts)}, now())`
}
