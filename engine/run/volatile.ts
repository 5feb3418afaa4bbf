import { cellText } from '../contract/cell-text.ts'
import type { Duck } from '../duck/duck.ts'
import { type Sql, sql } from '../sql/sql.ts'

/** What is volatile without being a function in DuckDB's list. */
const VOLATILE_WORDS = /\b(current_(date|time|timestamp)|localtime(stamp)?|using\s+sample|tablesample)\b/i

/** Every DuckDB of this process has the same functions, and asking for them takes longer than most previews. */
let volatileNames: ReadonlySet<string> | undefined

/**
 * Tells SQL that may give other rows when it is run again on the same input: random(), uuid(), now(), a sample.
 *
 * Looks for names, so a column called like a volatile function counts too: that only costs a table.
 */
export async function volatility(duck: Duck): Promise<(relation: Sql) => boolean> {
  volatileNames ??= await namesIn(duck)
  const names = volatileNames
  return ({ parts }) =>
    parts.some(
      (part) =>
        part.kind === 'text' &&
        (VOLATILE_WORDS.test(part.text) ||
          [...part.text.matchAll(/([a-z_]\w*)"?\s*\(/gi)].some(([, name]) => names.has((name ?? '').toLowerCase()))),
    )
}

async function namesIn(duck: Duck): Promise<ReadonlySet<string>> {
  const { rows } = await duck.rows(
    sql`SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE stability IS NOT NULL AND stability <> 'CONSISTENT'`,
  )
  return new Set(rows.map(([name]) => cellText(name)))
}
