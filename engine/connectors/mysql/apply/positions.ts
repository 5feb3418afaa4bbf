import { Failure } from '../../../contract/failure.ts'
import { id, literal, sql } from '../../../sql/sql.ts'
import type { ApplierRequest } from '../../api/change-applier.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'

/** Table in the database of the target with one row for each reader of changes: what was applied, and who may go on. */
const POSITION_TABLE = '_runnel_positions'

interface Owned {
  readonly schema: string
  readonly reader: string
}

/**
 * Takes the position over from whoever had it, or back with a `claim`: gives the number that its commits must carry from now on, and
 * what is stored.
 * @throws Failure `sync.taken_over` when the claim is not the newest
 */
export async function takeOver(
  connection: MysqlConnection,
  { schema, reader, claim }: Owned & Pick<ApplierRequest, 'claim'>,
  signal: AbortSignal | undefined,
): Promise<{ readonly fence: string; readonly position: string | undefined }> {
  const table = id(schema, POSITION_TABLE)
  await connection.execute(
    sql`CREATE TABLE IF NOT EXISTS ${table} (reader VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY, ${id('position')} TEXT CHARACTER SET utf8mb4 NULL, fence BIGINT NOT NULL, updated_at DATETIME(6) NOT NULL) ENGINE = InnoDB`,
    signal,
  )
  const isMine = claim === undefined ? sql`` : sql` AND fence = ${literal(claim)}`
  const which = sql`reader = ${literal(reader)}`
  await connection.execute(
    sql`INSERT IGNORE INTO ${table} (reader, fence, updated_at) VALUES (${literal(reader)}, 0, UTC_TIMESTAMP(6))`,
    signal,
  )
  await connection.execute(sql`START TRANSACTION`, signal)
  // Waits for a commit under way, so that the position read afterwards is final.
  const { affectedRows } = await connection.execute(
    sql`UPDATE ${table} SET fence = fence + 1, updated_at = UTC_TIMESTAMP(6) WHERE ${which}${isMine}`,
    signal,
  )
  if (affectedRows !== 1n) throw new Failure('sync.taken_over', { reader })
  const { rows } = await connection.rows(sql`SELECT fence, ${id('position')} FROM ${table} WHERE ${which}`, signal)
  await connection.execute(sql`COMMIT`, signal)
  return { fence: rows[0]?.[0] ?? '', position: rows[0]?.[1] ?? undefined }
}

/** @throws Failure `sync.taken_over` when another applier was opened since. */
export async function storePosition(
  connection: MysqlConnection,
  { schema, reader, fence, position }: Owned & { readonly fence: string; readonly position: string | undefined },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { affectedRows } = await connection.execute(
    sql`UPDATE ${id(schema, POSITION_TABLE)} SET ${id('position')} = COALESCE(${literal(position ?? null)}, ${id('position')}), updated_at = UTC_TIMESTAMP(6) WHERE reader = ${literal(reader)} AND fence = ${literal(fence)}`,
    signal,
  )
  // Matched rows are counted, whether or not their values changed.
  if (affectedRows !== 1n) throw new Failure('sync.taken_over', { reader })
}
