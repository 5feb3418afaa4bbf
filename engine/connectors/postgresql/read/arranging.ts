import { sql } from '../../../sql/sql.ts'
import type { ArrangingDialect } from '../../shared/arranged-rows.ts'

export const POSTGRES_ARRANGING: ArrangingDialect = {
  text: (column) => sql`${column}::text`,
  place: (text, part) => sql`strpos(${text}, ${part})`,
  matches: (text, pattern) => sql`${text} ~* ${pattern}`,
  differs: (column, value) => sql`${column} IS DISTINCT FROM ${value}`,
  nullsLast: (column, direction) =>
    direction === 'ascending' ? sql`${column} ASC NULLS LAST` : sql`${column} DESC NULLS LAST`,
}
