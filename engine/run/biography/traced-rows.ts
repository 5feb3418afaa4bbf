import type { TracedRows } from '../../contract/biography.ts'
import { cellText } from '../../contract/cell-text.ts'
import { LOCATOR_COLUMN } from '../../contract/column.ts'
import type { Cell } from '../../contract/page.ts'
import { relationName } from '../../pipeline/compiled.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import { numbers } from './links.ts'
import { OWN, type Trace, type TracedOutput, traceTable } from './open-trace.ts'

const SHOWN_ROWS = 20

/** The first of some rows of an output, with where they come from. */
export async function showRows(
  { duck, call }: Trace,
  output: TracedOutput,
  own: readonly string[],
): Promise<TracedRows> {
  const list = output.columns.map(({ name }) => id(name))
  const locator = output.hasLocator ? id(LOCATOR_COLUMN) : sql`NULL`
  const { rows } = await duck.rows(
    sql`SELECT ${join([...list, locator])} FROM ${id(traceTable(output.ref))} WHERE ${id(OWN)} IN (${numbers(own.slice(0, SHOWN_ROWS))}) ORDER BY ${id(OWN)}`,
    call,
  )
  return {
    output: relationName(output.ref),
    columns: output.columns.map(({ name }) => name),
    rows: rows.map((row) => row.slice(0, -1)),
    locators: rows.map((row) => (row.at(-1) == null ? null : cellText(row.at(-1)))),
    rowCount: String(own.length),
  }
}

/**
 * Numbers of the rows that have these values, in order. A value is one that travelled, or one that a person typed: equal as text, or as
 * what the text means for the type of its column (5 is 5.00).
 */
export async function findRows(
  { duck, call }: Trace,
  output: TracedOutput,
  key: Readonly<Record<string, Cell>>,
  limit = 100,
): Promise<string[]> {
  const conditions = Object.entries(key).map(([name, value]) => isValue(output, name, value))
  const where = conditions.length === 0 ? sql`true` : join(conditions, ' AND ')
  const { rows } = await duck.rows(
    sql`SELECT ${id(OWN)} FROM ${id(traceTable(output.ref))} WHERE ${where} ORDER BY 1 LIMIT ${literal(limit)}`,
    call,
  )
  return rows.map(([number]) => cellText(number))
}

function isValue({ columns }: TracedOutput, name: string, value: Cell): Sql {
  const column = id(name)
  if (value === null) return sql`${column} IS NULL`
  if (typeof value === 'object') return sql`CAST(to_json(${column}) AS VARCHAR) = ${literal(JSON.stringify(value))}`
  const text = literal(String(value))
  const type = columns.find((one) => one.name === name)?.type ?? 'VARCHAR'
  const isText = sql`CAST(${column} AS VARCHAR) = ${text}`
  return type === 'VARCHAR' ? isText : sql`(${isText} OR ${column} = TRY_CAST(${text} AS ${trusted(type)}))`
}
