import type { Cell } from '../../contract/page.ts'
import type { ColumnProfile, ORDERS } from '../../contract/profile/column-profile.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import type { ProfiledColumn } from './profiled-column.ts'

type Order = NonNullable<ColumnProfile['order']>

const KINDS = new Set(['number', 'date', 'timestamp', 'text'])

/** Whether values rise or fall from row to row in the order of the source, NULL passed over; by column name. */
export async function columnOrders(
  duck: Duck,
  { from, columns, limitRows }: { from: Sql; columns: readonly ProfiledColumn[]; limitRows: number },
  call: DuckCall,
): Promise<Map<string, Order>> {
  const ordered = columns.filter(({ kind }) => KINDS.has(kind))
  if (ordered.length === 0) return new Map()
  const steps = ordered.flatMap(({ name }, i) => [
    sql`${id(name)} AS ${id(`v${i}`)}`,
    sql`lag(${id(name)} IGNORE NULLS) OVER () AS ${id(`b${i}`)}`,
  ])
  const counts = ordered.map(
    (_, i) =>
      sql`[count_if(${id(`v${i}`)} > ${id(`b${i}`)}), count_if(${id(`v${i}`)} < ${id(`b${i}`)}), count_if(${id(`v${i}`)} = ${id(`b${i}`)})]`,
  )
  const { rows } = await duck.rows(
    sql`SELECT ${join(counts)} FROM (SELECT ${join(steps)} FROM (FROM ${from} LIMIT ${literal(limitRows)}))`,
    call,
  )
  return new Map(ordered.map(({ name }, i) => [name, orderOf(rows[0]?.[i])]))
}

function orderOf(cell: Cell | undefined): Order {
  const [rises = 0, falls = 0, stays = 0] = Array.isArray(cell) ? cell.map(Number) : []
  return { direction: directionOf(rises, falls, stays), rows: rises + falls + stays }
}

function directionOf(rises: number, falls: number, stays: number): (typeof ORDERS)[number] {
  if (rises > 0 && falls === 0) return stays === 0 ? 'increasing' : 'not_decreasing'
  if (falls > 0 && rises === 0) return stays === 0 ? 'decreasing' : 'not_increasing'
  return 'none'
}
