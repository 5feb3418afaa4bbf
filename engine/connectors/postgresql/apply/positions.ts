import { Failure } from '../../../contract/failure.ts'
import { id, literal, sql } from '../../../sql/sql.ts'
import type { ApplierRequest } from '../../api/change-applier.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { sqlState } from '../connection/postgres-failure.ts'

/** Table in the schema of the target with one row for each reader of changes: what was applied, and who may go on. */
const POSITION_TABLE = '_runnel_positions'

const ALREADY_THERE = new Set(['23505', '42P07'])

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
  connection: PostgresConnection,
  { schema, reader, claim }: Owned & Pick<ApplierRequest, 'claim'>,
  call: PostgresCall,
): Promise<{ readonly fence: string; readonly position: string | undefined }> {
  const table = id(schema, POSITION_TABLE)
  try {
    await connection.run(
      sql`CREATE TABLE IF NOT EXISTS ${table} (reader text PRIMARY KEY, position text, fence bigint NOT NULL, updated_at timestamptz NOT NULL)`,
      call,
    )
  } catch (error) {
    // Two appliers may create it at once.
    if (!ALREADY_THERE.has(sqlState(error) ?? '')) throw error
  }
  if (claim !== undefined) {
    const [kept] = await connection.rows(
      sql`UPDATE ${table} SET fence = fence + 1, updated_at = now()
          WHERE reader = ${literal(reader)} AND fence = ${literal(claim)}::bigint RETURNING fence, position`,
      call,
    )
    if (kept === undefined) throw new Failure('sync.taken_over', { reader })
    return { fence: kept[0] ?? '', position: kept[1] ?? undefined }
  }
  const [row] = await connection.rows(
    sql`INSERT INTO ${table} AS p (reader, fence, updated_at) VALUES (${literal(reader)}, 1, now())
        ON CONFLICT (reader) DO UPDATE SET fence = p.fence + 1, updated_at = now() RETURNING fence, position`,
    call,
  )
  return { fence: row?.[0] ?? '1', position: row?.[1] ?? undefined }
}

/** @throws Failure `sync.taken_over` when another applier was opened since. */
export async function storePosition(
  connection: PostgresConnection,
  { schema, reader, fence, position }: Owned & { readonly fence: string; readonly position: string | undefined },
  call: PostgresCall,
): Promise<void> {
  const table = id(schema, POSITION_TABLE)
  const stored = await connection.run(
    sql`UPDATE ${table} SET position = coalesce(${literal(position ?? null)}, position), updated_at = now()
        WHERE reader = ${literal(reader)} AND fence = ${literal(fence)}::bigint`,
    call,
  )
  if (stored !== 1n) throw new Failure('sync.taken_over', { reader })
}
