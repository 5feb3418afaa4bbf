import { sql } from '../../../sql/sql.ts'
import type { ArrangingDialect } from '../../shared/arranged-rows.ts'

/** MySQL knows no NULLS LAST: whether a value is NULL is the first thing it orders by. */
export const MYSQL_ARRANGING: ArrangingDialect = {
  text: (column) => sql`CAST(${column} AS CHAR)`,
  place: (text, part) => sql`LOCATE(${part}, ${text})`,
  matches: (text, pattern) => sql`${text} REGEXP ${pattern}`,
  differs: (column, value) => sql`NOT (${column} <=> ${value})`,
  nullsLast: (column, direction) =>
    direction === 'ascending' ? sql`${column} IS NULL, ${column} ASC` : sql`${column} IS NULL, ${column} DESC`,
}
