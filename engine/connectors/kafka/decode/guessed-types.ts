import { NumberText, Unfit, type Value } from './decoded.ts'
import { printJson } from './parse-json.ts'

/** Types that values without a schema may have. */
export type GuessedType = 'BOOLEAN' | 'BIGINT' | 'DOUBLE' | 'JSON' | 'VARCHAR'

const INT64 = 2n ** 63n

/** The narrowest type of a value; undefined for NULL, which fits all. */
export function typeOf(value: Value): GuessedType | undefined {
  if (typeof value === 'boolean') return 'BOOLEAN'
  if (typeof value === 'number') return Number.isInteger(value) && !Object.is(value, -0) ? 'BIGINT' : 'DOUBLE'
  if (typeof value === 'bigint') return value >= -INT64 && value < INT64 ? 'BIGINT' : 'VARCHAR'
  if (typeof value === 'string') return 'VARCHAR'
  if (value === null) return undefined
  return value instanceof NumberText || Buffer.isBuffer(value) ? 'VARCHAR' : 'JSON'
}

/** A type that keeps the values of both: whole numbers among fractions, else the text of either. */
export function commonType(a: string, b: GuessedType | undefined): string {
  if (b === undefined || a === b) return a
  if (a === 'DOUBLE' && b === 'BIGINT') return 'DOUBLE'
  if (a === 'BIGINT' && b === 'DOUBLE') return 'DOUBLE'
  return 'VARCHAR'
}

/** The value as DuckDB's text of a type. @throws Unfit when the type would change it */
export function textOf(value: Value, type: string): string | undefined {
  if (value === null) return undefined
  const own = typeOf(value)
  if (type === 'VARCHAR') return typeof value === 'string' ? value : printJson(value)
  if (own === type) return printJson(value)
  // Beyond this a double has no room for every whole number.
  if (type === 'DOUBLE' && typeof value === 'number') return String(value)
  throw new Unfit(`${short(value)} is no ${type}`)
}

function short(value: Value): string {
  const text = printJson(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
