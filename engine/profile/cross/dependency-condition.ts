import { cellText } from '../../contract/cell-text.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { duckDialect } from '../../sql/dialects.ts'
import { id, join, literal, printSql, type Sql, sql } from '../../sql/sql.ts'

/** A condition of more groups would be longer than anybody reads. */
const MOST_GROUPS = 2_000

/**
 * The rows that break "`by` decides `column`", as a condition over one row: those that have not the commonest value of their
 * group. NULL is a value of the decided column; rows without a deciding value break nothing. Where more than 2,000 groups are
 * broken, those with the most such rows, which is told.
 */
export async function dependencyCondition(
  duck: Duck,
  { from, by, column }: { readonly from: Sql; readonly by: string; readonly column: string },
  call: DuckCall,
): Promise<{ readonly sql: string; readonly isCut: boolean }> {
  const { rows } = await duck.rows(
    sql`SELECT CAST(b AS VARCHAR) AS told, CAST(first(c ORDER BY n DESC, c) AS VARCHAR), sum(n) - max(n) AS broken FROM (SELECT ${id(by)} AS b, ${id(column)} AS c, count(*) AS n FROM ${from} WHERE ${id(by)} IS NOT NULL GROUP BY ALL) GROUP BY b HAVING count(*) > 1 ORDER BY broken DESC, told LIMIT ${literal(MOST_GROUPS + 1)}`,
    call,
  )
  if (rows.length === 0) return { sql: 'false', isCut: false }
  const group = sql`CAST(${id(by)} AS VARCHAR)`
  const groups = rows.slice(0, MOST_GROUPS).map(([value, usual]) => ({
    value: literal(cellText(value ?? null)),
    usual: usual === null || usual === undefined ? sql`NULL` : literal(cellText(usual)),
  }))
  const usual = join(
    groups.map((one) => sql`WHEN ${one.value} THEN ${one.usual}`),
    ' ',
  )
  const condition = sql`${group} IN (${join(groups.map(({ value }) => value))}) AND CAST(${id(column)} AS VARCHAR) IS DISTINCT FROM CASE ${group} ${usual} END`
  return { sql: printSql(condition, duckDialect), isCut: rows.length > MOST_GROUPS }
}
