import type { Column } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import { durationMs } from '../../contract/job-file.ts'
import type { Duck } from '../../duck/duck.ts'
import { id, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { TableSettings } from './table-settings.ts'
import { wallClock } from './wall-clock.ts'

export interface Now {
  readonly ms: number
  /** Of times that name none. */
  readonly timeZone: string
}

const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|UINTEGER|DECIMAL.*|DOUBLE|FLOAT)$/
const TIME = /^(?:DATE|TIMESTAMP.*)$/

/**
 * The cursor column of a table.
 * @throws Failure `sync.cursor_missing`; `sync.cursor_unfit` for a type without an order that every system shares
 */
export function cursorColumn(dataset: string, columns: readonly Column[], { cursor }: TableSettings): Column {
  const column = cursor.map((name) => columns.find((one) => one.name === name)).find((one) => one !== undefined)
  if (column === undefined) throw new Failure('sync.cursor_missing', { dataset, cursor: [...cursor] })
  if (!NUMBER.test(column.type) && !TIME.test(column.type)) {
    throw new Failure('sync.cursor_unfit', { dataset, column: column.name, type: column.type })
  }
  return column
}

/** From where rows are read again: `lookBack` before the cursor. @throws Failure `sync.look_back_unfit` */
export async function lookBackFrom(
  duck: Duck,
  {
    column,
    cursor,
    lookBack,
  }: { readonly column: Column; readonly cursor: string; readonly lookBack: TableSettings['lookBack'] },
): Promise<string> {
  if (lookBack === undefined) return cursor
  const isTime = TIME.test(column.type)
  if (isTime !== (typeof lookBack === 'string')) {
    throw new Failure('sync.look_back_unfit', { column: column.name, type: column.type, lookBack: String(lookBack) })
  }
  const value = typed(column, cursor)
  const earlier =
    typeof lookBack === 'string'
      ? sql`${value} - to_milliseconds(${literal(durationMs(lookBack))})`
      : sql`${value} - ${literal(lookBack)}`
  return (await duck.value(sql`SELECT CAST(${earlier} AS ${trusted(column.type)})::VARCHAR`)) ?? cursor
}

/**
 * The highest value of the column among rows, and never below `cursor`. A time after now counts as now: the clock that wrote it was ahead,
 * and what others write until then must not be passed over.
 */
export async function highestCursor(
  duck: Duck,
  rows: Sql,
  { column, cursor, now }: { readonly column: Column; readonly cursor?: string | undefined; readonly now: Now },
): Promise<string | undefined> {
  const highest = sql`max(${id(column.name)})`
  // DuckDB's least and greatest pass over NULL.
  const capped = TIME.test(column.type)
    ? sql`CASE WHEN ${highest} IS NOT NULL THEN least(${highest}, ${nowAs(column, now)}) END`
    : highest
  const kept = cursor === undefined ? capped : sql`greatest(${capped}, ${typed(column, cursor)})`
  return (await duck.value(sql`SELECT CAST(${kept} AS ${trusted(column.type)})::VARCHAR FROM ${rows}`)) ?? undefined
}

function nowAs(column: Column, now: Now): Sql {
  return sql`CAST(${literal(textOf(column, now))} AS ${trusted(column.type)})`
}

/** Now as a cursor of this column would have it; undefined for numbers. */
export function nowText({ now }: { readonly now: Now }, column: Column): string | undefined {
  return TIME.test(column.type) ? textOf(column, now) : undefined
}

/** Times without a zone are what a clock on the wall shows. */
function textOf({ type }: Column, { ms, timeZone }: Now): string {
  const isInstant = type.includes('WITH TIME ZONE')
  const text = wallClock(ms, isInstant ? 'UTC' : timeZone)
  return type === 'DATE' ? text.slice(0, 10) : isInstant ? `${text}+00` : text
}

function typed(column: Column, value: string): Sql {
  return sql`CAST(${literal(value)} AS ${trusted(column.type)})`
}
