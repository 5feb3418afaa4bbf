import type { Column } from '../../../contract/column.ts'
import { join, literal, sql } from '../../../sql/sql.ts'
import { baseTypeOf } from '../catalogue/base-type.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { mapSourceType } from './source-type.ts'

/** What format_type() can print: words, a dotted or quoted name, a modifier, brackets. Nothing else may become DDL. */
const PRINTED = /^([a-z_][\w ."]*?)(\((\d+)(?:,(-?\d+))?\))?( with(?:out)? time zone)?(\[\])?$/i
const QUOTES_BALANCED = /^[^"]*("[^"]*"[^"]*)*$/
/** Other systems write widths behind types that have none here: `bigint(20)`. */
const TAKES_DIGITS = new Set([
  'numeric',
  'varchar',
  'bpchar',
  'bit',
  'varbit',
  'time',
  'timetz',
  'timestamp',
  'timestamptz',
  'interval',
])
/** Types of several words; what other systems call so (`text collate …`) is no name that the server could look up. */
const SEVERAL_WORDS = /^(double precision|(character|bit) varying|interval [a-z ]+)$/i

/**
 * Columns whose own source type this server has too, with the same meaning: a new table takes it instead of what DuckDB's type
 * alone would give (varchar(20) stays varchar(20), inet stays inet).
 */
export async function sharedSourceTypes(
  connection: PostgresConnection,
  columns: readonly Column[],
  call: PostgresCall,
): Promise<ReadonlyMap<string, string>> {
  const parsed = columns.flatMap((column) => {
    const match = column.sourceType === undefined ? null : PRINTED.exec(column.sourceType)
    if (match === null || !QUOTES_BALANCED.test(match[0])) return []
    const [printed, base = '', , digits, scale = '0', zone = '', brackets = ''] = match
    if (base.replaceAll(/"[^"]*"/g, '').includes(' ') && !SEVERAL_WORDS.test(base)) return []
    return [{ column, printed, name: `${base}${zone}${brackets}`, modifier: modifierOf(base, digits, scale) }]
  })
  if (parsed.length === 0) return new Map()
  const list = join(parsed.map(({ name, modifier }, i) => sql`(${literal(i)}, ${literal(name)}, ${literal(modifier)})`))
  const rows = await connection.rows(
    sql`SELECT f.position, base.typname, base.typtype, r.modifier, el.oid IS NOT NULL FROM (VALUES ${list}) f(position, name, modifier)
        ${baseTypeOf(sql`to_regtype(f.name)::oid`, sql`f.modifier`)} WHERE to_regtype(f.name) IS NOT NULL`,
    call,
  )
  const shared = new Map<string, string>()
  for (const [position, base, kind, modifier, isArray] of rows) {
    const found = parsed[Number(position)]
    if (found === undefined) continue
    const type = {
      printed: found.printed,
      base: base ?? '',
      kind: kind ?? 'b',
      modifier: Number(modifier ?? -1),
      isArray: isArray === 't',
    }
    if (mapSourceType(type).type === found.column.type)
      shared.set(found.column.name, TAKES_DIGITS.has(type.base) ? found.printed : found.name)
  }
  return shared
}

/** Only that of numeric decides how a value is carried. */
function modifierOf(base: string, digits: string | undefined, scale: string): number {
  if (digits === undefined || base !== 'numeric') return -1
  return ((Number(digits) << 16) | (Number(scale) & 0x7ff)) + 4
}
