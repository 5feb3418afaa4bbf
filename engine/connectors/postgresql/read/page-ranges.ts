import { literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { FoundTable } from '../catalogue/find-table.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'

/** From this version on a range of ctid reads only its pages. */
const TID_RANGE_SCAN_VERSION = 140_000
/** A range smaller than this is not worth a connection. */
const MIN_RANGE_PAGES = 2_048

/**
 * WHERE clauses over physical pages that together hold every row of a heap table once, at most one per stream.
 * Valid in the transaction that asked: the last range is open, so pages added since are in it and hold nothing visible.
 */
export async function pageRanges(
  connection: PostgresConnection,
  table: FoundTable,
  { streams, call }: { streams: number; call: PostgresCall },
): Promise<readonly Sql[]> {
  if (streams === 1 || (table.kind !== 'r' && table.kind !== 'm')) return [sql``]
  const [row] = await connection.rows(
    sql`SELECT pg_relation_size(c.oid) / current_setting('block_size')::bigint,
               current_setting('server_version_num')::integer >= ${trusted(String(TID_RANGE_SCAN_VERSION))}
                 AND am.amname = 'heap' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid)
        FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam WHERE c.oid = ${literal(table.oid)}::oid`,
    call,
  )
  const pages = Number(row?.[0] ?? 0)
  const count = Math.min(streams, Math.floor(pages / MIN_RANGE_PAGES))
  if (row?.[1] !== 't' || count < 2) return [sql``]
  const bounds = Array.from({ length: count - 1 }, (_, i) => `(${Math.floor((pages * (i + 1)) / count)},0)`)
  return Array.from({ length: count }, (_, i) => {
    const conditions = [
      ...(i === 0 ? [] : [sql`t.ctid >= ${literal(bounds[i - 1] ?? '')}::tid`]),
      ...(i === count - 1 ? [] : [sql`t.ctid < ${literal(bounds[i] ?? '')}::tid`]),
    ]
    const [first = sql`true`, second] = conditions
    return second === undefined ? sql`WHERE ${first}` : sql`WHERE ${first} AND ${second}`
  })
}
