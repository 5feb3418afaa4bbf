import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import type { SqliteDatabase } from './database.ts'

/** What SQLite really stores in a column's first rows: its declared type is only a wish. */
export interface StorageSeen {
  readonly integer: boolean
  readonly real: boolean
  readonly text: boolean
  readonly blob: boolean
  /** Whether every text looks like a date or a date with a time; like a time of day. */
  readonly dates: boolean
  readonly times: boolean
}

const ROWS_LOOKED_AT = 1_000
const MEASURES = 6
const COLUMNS_PER_QUERY = 250

/** Looks at the first rows of a table, once for all columns. */
export function storageOf(database: SqliteDatabase, from: Sql, columns: readonly string[]): StorageSeen[] {
  const seen: StorageSeen[] = []
  for (let start = 0; start < columns.length; start += COLUMNS_PER_QUERY) {
    const names = columns.slice(start, start + COLUMNS_PER_QUERY)
    // SQLite takes "true" of a subquery for the keyword, even quoted; outside, the columns go by numbers.
    const some = names.map((_, i) => id(`c${i}`))
    const inner = names.map((name, i) => sql`${id(name)} AS ${id(`c${i}`)}`)
    const [row = []] = database.rows(
      sql`SELECT ${join(some.flatMap(measuresOf))} FROM (SELECT ${join(inner)} FROM ${from} LIMIT ${literal(ROWS_LOOKED_AT)})`,
    )
    const is = (column: number, measure: number): boolean => row[column * MEASURES + measure] === 1n
    some.forEach((_, i) =>
      seen.push({
        integer: is(i, 0),
        real: is(i, 1),
        text: is(i, 2),
        blob: is(i, 3),
        dates: is(i, 4),
        times: is(i, 5),
      }),
    )
  }
  return seen
}

function measuresOf(column: Sql): Sql[] {
  const isText = sql`typeof(${column}) = 'text'`
  const date = sql`${column} GLOB '*[0-9]-[0-9][0-9]-[0-9][0-9]*' OR ${column} IN ('infinity', '-infinity')`
  return [
    sql`max(typeof(${column}) = 'integer')`,
    sql`max(typeof(${column}) = 'real')`,
    sql`max(${isText})`,
    sql`max(typeof(${column}) = 'blob')`,
    sql`min(CASE WHEN ${isText} THEN ${date} END)`,
    sql`min(CASE WHEN ${isText} THEN ${column} GLOB '[0-9][0-9]:[0-9][0-9]*' END)`,
  ]
}
