import { id, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { WriteOutcome, WriteRequest } from '../../api/writer.ts'
import { STATE_TABLE } from '../../shared/load/load-tables.ts'
import { storedOutcome } from '../../shared/load/outcome.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'

/**
 * The table of committed loads, with one column more than other systems have: `pending_stage`.
 *
 * MySQL commits before every DDL, so a table cannot be swapped in and noted in one transaction. A swap is noted first, with the
 * name of the stage that is about to become the table; while that stage still exists the swap did not happen, and RENAME
 * is atomic. NULL: the load is committed.
 */
export async function createStateTable(connection: MysqlConnection, schema: string): Promise<void> {
  await connection.execute(
    sql`CREATE TABLE IF NOT EXISTS ${statePath(schema)} (load_id VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY, dataset TEXT CHARACTER SET utf8mb4, mode VARCHAR(20) CHARACTER SET utf8mb4, state LONGTEXT CHARACTER SET utf8mb4, inserted BIGINT, updated BIGINT, deleted BIGINT, target_rows BIGINT, committed_at DATETIME(6), pending_stage VARCHAR(64) CHARACTER SET utf8mb4 NULL) ENGINE = InnoDB`,
  )
}

/** The note of a load, to be run in the transaction that merges it. */
export function insertState(
  schema: string,
  request: Pick<WriteRequest, 'loadId' | 'dataset' | 'mode' | 'state'>,
  outcome: WriteOutcome,
  pendingStage: string | null = null,
): Sql {
  const state = request.state === undefined ? null : JSON.stringify(request.state)
  return sql`INSERT INTO ${statePath(schema)} (load_id, dataset, mode, state, inserted, updated, deleted, committed_at, pending_stage) VALUES (${literal(request.loadId)}, ${literal(request.dataset)}, ${literal(request.mode)}, ${literal(state)}, ${literal(outcome.inserted)}, ${literal(outcome.updated)}, ${literal(outcome.deleted)}, UTC_TIMESTAMP(6), ${literal(pendingStage)})`
}

export function confirmState(schema: string, loadId: string): Sql {
  return sql`UPDATE ${statePath(schema)} SET pending_stage = NULL, committed_at = UTC_TIMESTAMP(6) WHERE load_id = ${literal(loadId)}`
}

/**
 * Decides swaps that were noted and not confirmed: the process died, or the reply was lost. Call before any stage is dropped:
 * a stage that is gone means that it became the table.
 */
export async function settlePending(
  connection: MysqlConnection,
  schema: string,
  which: { readonly dataset: string; readonly loadId?: string },
): Promise<void> {
  const ofLoad = which.loadId === undefined ? sql`` : sql` AND load_id = ${literal(which.loadId)}`
  const { rows } = await connection.rows(
    sql`SELECT load_id, pending_stage FROM ${statePath(schema)} WHERE pending_stage IS NOT NULL AND dataset = ${literal(which.dataset)}${ofLoad}`,
  )
  for (const [loadId, stage] of rows) {
    const stillThere = await connection.value(
      sql`SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(stage ?? '')}`,
    )
    const settle =
      stillThere === '0'
        ? confirmState(schema, loadId ?? '')
        : sql`DELETE FROM ${statePath(schema)} WHERE load_id = ${literal(loadId ?? '')}`
    await connection.execute(settle)
  }
}

/** The outcome of a load that was committed; undefined when it was not. Call after `settlePending`. */
export async function committedOutcome(
  connection: MysqlConnection,
  schema: string,
  loadId: string,
): Promise<WriteOutcome | undefined> {
  const { rows } = await connection.rows(
    sql`SELECT inserted, updated, deleted FROM ${statePath(schema)} WHERE load_id = ${literal(loadId)} AND pending_stage IS NULL`,
  )
  const [row] = rows
  return row === undefined ? undefined : storedOutcome(row)
}

function statePath(schema: string): Sql {
  return id(schema, STATE_TABLE)
}
