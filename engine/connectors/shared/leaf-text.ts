import { keepsDigits, parseDecimal, printDecimal } from './decimal-text.ts'

const INTEGER_BITS: Readonly<Record<string, { readonly bits: bigint; readonly isSigned: boolean }>> = {
  TINYINT: { bits: 8n, isSigned: true },
  SMALLINT: { bits: 16n, isSigned: true },
  INTEGER: { bits: 32n, isSigned: true },
  BIGINT: { bits: 64n, isSigned: true },
  HUGEINT: { bits: 128n, isSigned: true },
  UTINYINT: { bits: 8n, isSigned: false },
  USMALLINT: { bits: 16n, isSigned: false },
  UINTEGER: { bits: 32n, isSigned: false },
  UBIGINT: { bits: 64n, isSigned: false },
  UHUGEINT: { bits: 128n, isSigned: false },
}

const DATE = String.raw`(\d{1,6})-(\d{2})-(\d{2})`
const CLOCK = String.raw`([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,6})?)?`
const ZONE = String.raw`(?:Z|[+-]\d{2}(?::?\d{2})?)`
const ERA = String.raw`(?: \(BC\))?`

const TEMPORAL: Readonly<Record<string, RegExp>> = {
  DATE: new RegExp(`^${DATE}${ERA}$`),
  TIME: new RegExp(`^(?:${CLOCK}|24:00:00)$`),
  TIMESTAMP: new RegExp(`^${DATE}(?:[T ]${CLOCK})?${ERA}$`),
  'TIMESTAMP WITH TIME ZONE': new RegExp(`^${DATE}[T ]${CLOCK}${ERA} ?${ZONE}$`),
}

const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Types whose values `fitLeaf` can vouch for. */
export function isLeafType(type: string): boolean {
  return (
    type in INTEGER_BITS ||
    type in TEMPORAL ||
    /^(?:BOOLEAN|FLOAT|DOUBLE|VARCHAR|JSON|UUID|BLOB)$/.test(type) ||
    /^DECIMAL\(\d+,\d+\)$/.test(type)
  )
}

/**
 * The text that DuckDB casts to `type` without changing the value, or undefined when the value does not fit exactly.
 *
 * DuckDB's own casts round `1.5` to an integer, cut a DECIMAL's digits and take `t` for true; nothing of that passes here.
 * A BLOB is base64. A TIMESTAMP must not carry a zone, a TIMESTAMP WITH TIME ZONE must.
 */
export function fitLeaf(text: string, type: string): string | undefined {
  if (type === 'VARCHAR' || type === 'JSON') return text
  if (type === 'BOOLEAN') return text === 'true' || text === 'false' ? text : undefined
  const integer = INTEGER_BITS[type]
  if (integer !== undefined) return fitInteger(text, integer)
  if (type === 'DOUBLE' || type === 'FLOAT') return fitFloat(text, type)
  if (type === 'UUID') return UUID.test(text) ? text : undefined
  if (type === 'BLOB') return BASE64.test(text) ? text : undefined
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type)
  if (decimal !== null) return fitDecimal(text, Number(decimal[1]), Number(decimal[2]))
  return fitTemporal(text, type)
}

function fitInteger(text: string, { bits, isSigned }: { bits: bigint; isSigned: boolean }): string | undefined {
  if (/^[+-]?0\d/.test(text)) return undefined
  const decimal = parseDecimal(text)
  if (decimal === undefined || decimal.scale > 0 || decimal.digits.length > 40) return undefined
  if (decimal.digits === '') return '0'
  const value = BigInt(decimal.digits) * (decimal.isNegative ? -1n : 1n)
  const fits = (isSigned ? BigInt.asIntN(Number(bits), value) : BigInt.asUintN(Number(bits), value)) === value
  return fits ? String(value) : undefined
}

function fitFloat(text: string, type: string): string | undefined {
  if (/^-?(?:NaN|Infinity)$/.test(text)) return text
  if (!keepsDigits(text)) return undefined
  return type === 'DOUBLE' || Number.isFinite(Math.fround(Number(text))) ? text : undefined
}

function fitDecimal(text: string, width: number, scale: number): string | undefined {
  const decimal = parseDecimal(text)
  if (decimal === undefined || decimal.scale > scale) return undefined
  const wholeDigits = decimal.digits.length - decimal.scale
  return wholeDigits <= width - scale ? printDecimal(decimal) : undefined
}

function fitTemporal(text: string, type: string): string | undefined {
  if (type !== 'TIME' && /^-?infinity$/.test(text)) return text
  const match = TEMPORAL[type]?.exec(text)
  if (match === null || match === undefined) return undefined
  if (type === 'TIME') return text
  const [, year = '', month = '', day = ''] = match
  const isBefore = text.includes('(BC)')
  return isCalendarDay(isBefore ? 1 - Number(year) : Number(year), Number(month), Number(day)) ? text : undefined
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (days[month - 1] ?? 0)
}
