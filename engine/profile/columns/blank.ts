import { id, type Sql, sql } from '../../sql/sql.ts'

/** What `trim` must take for a text to be blank: ASCII white space, no-break and full-width space. */
const SPACES = sql`concat(chr(9), chr(10), chr(11), chr(12), chr(13), ' ', chr(160), chr(12288))`

/** Whether a text has nothing but white space. NULL for NULL. The comparison spares nearly every value the trimming. */
export function isBlank(name: string): Sql {
  const text = sql`CAST(${id(name)} AS VARCHAR)`
  return sql`(CASE WHEN ${text} < '!' OR ${text} >= chr(160) THEN trim(${text}, ${SPACES}) = '' ELSE false END)`
}
