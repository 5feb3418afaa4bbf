import { type DeclaredField, NumberText, Unfit, type Value } from './decoded.ts'
import { printJson } from './parse-json.ts'

/** What a schema says of a value: its plain type, and what that stands for. */
export interface ValueSchema {
  readonly plain:
    | 'boolean'
    | 'int8'
    | 'int16'
    | 'int32'
    | 'int64'
    | 'float32'
    | 'float64'
    | 'string'
    | 'bytes'
    | 'nested'
  readonly meaning?: Meaning
  readonly precision?: number
  readonly scale?: number
}

export type Meaning =
  | 'date'
  | 'time-millis'
  | 'time-micros'
  | 'time-nanos'
  | 'timestamp-millis'
  | 'timestamp-micros'
  | 'timestamp-nanos'
  | 'instant-millis'
  | 'instant-micros'
  | 'instant-nanos'
  | 'instant-text'
  | 'decimal'
  | 'uuid'
  | 'json'

type Reader = Pick<DeclaredField, 'type' | 'read'>

/** How values of a schema are read. */
export function declaredField(name: string, schema: ValueSchema): DeclaredField {
  const reader = schema.meaning === undefined ? PLAIN[schema.plain] : meaningReader(schema.meaning, schema)
  return { name, type: reader.type, read: (value) => (value === null ? undefined : reader.read(value)) }
}

const PLAIN: Readonly<Record<ValueSchema['plain'], Reader>> = {
  boolean: { type: 'BOOLEAN', read: (value) => (typeof value === 'boolean' ? String(value) : unfit(value, 'boolean')) },
  int8: { type: 'TINYINT', read: whole },
  int16: { type: 'SMALLINT', read: whole },
  int32: { type: 'INTEGER', read: whole },
  int64: { type: 'BIGINT', read: whole },
  float32: { type: 'FLOAT', read: fraction },
  float64: { type: 'DOUBLE', read: fraction },
  string: { type: 'VARCHAR', read: text },
  bytes: { type: 'BLOB', read: (value) => bytesOf(value).toString('base64') },
  nested: { type: 'JSON', read: printJson },
}

function meaningReader(meaning: Meaning, { precision, scale = 0 }: ValueSchema): Reader {
  switch (meaning) {
    case 'date':
      return { type: 'DATE', read: (value) => dayText(integer(value)) }
    case 'time-millis':
    case 'time-micros':
    case 'time-nanos':
      return { type: 'TIME', read: (value) => clockText(micros(value, meaning)) }
    case 'timestamp-millis':
    case 'timestamp-micros':
    case 'timestamp-nanos':
      return { type: 'TIMESTAMP', read: (value) => momentText(micros(value, meaning)) }
    case 'instant-millis':
    case 'instant-micros':
    case 'instant-nanos':
      return { type: 'TIMESTAMP WITH TIME ZONE', read: (value) => `${momentText(micros(value, meaning))}+00` }
    case 'instant-text':
      return { type: 'TIMESTAMP WITH TIME ZONE', read: (value) => instantText(text(value)) }
    case 'decimal': {
      const fits = precision !== undefined && precision <= 38 && scale >= 0 && scale <= precision
      return { type: fits ? `DECIMAL(${precision},${scale})` : 'VARCHAR', read: (value) => decimalText(value, scale) }
    }
    case 'uuid':
      return { type: 'UUID', read: text }
    case 'json':
      return { type: 'JSON', read: (value) => (typeof value === 'string' ? value : printJson(value)) }
  }
}

function unfit(value: Value, wanted: string): never {
  throw new Unfit(`${printJson(value).slice(0, 60)} is no ${wanted}`)
}

function whole(value: Value): string {
  return String(integer(value))
}

function integer(value: Value): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  return unfit(value, 'whole number')
}

function fraction(value: Value): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (value instanceof NumberText) return value.text
  return typeof value === 'string' && /^-?(NaN|Infinity)$/.test(value) ? value : unfit(value, 'number')
}

function text(value: Value): string {
  return typeof value === 'string' ? value : unfit(value, 'text')
}

/** JSON has bytes as base64. */
function bytesOf(value: Value): Buffer {
  if (Buffer.isBuffer(value)) return value
  return typeof value === 'string' ? Buffer.from(value, 'base64') : unfit(value, 'bytes')
}

/** Unscaled, two's complement, highest byte first; or a number, or its text. */
function decimalText(value: Value, scale: number): string {
  if (value instanceof NumberText) return value.text
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'string' && /^-?\d+\.\d*$|^-?\d{1,3}$/.test(value)) return value
  const bytes = bytesOf(value)
  const unscaled = bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`))
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  const sign = unscaled < 0n ? '-' : ''
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Nanoseconds beyond microseconds would be lost: only zeros pass. */
function micros(value: Value, meaning: Meaning): bigint {
  const count = integer(value)
  if (meaning.endsWith('millis')) return count * 1_000n
  if (meaning.endsWith('micros')) return count
  return count % 1_000n === 0n ? count / 1_000n : unfit(value, 'time of whole microseconds')
}

const DAY_MS = 86_400_000
const SECOND = 1_000_000n

function dayText(days: bigint): string {
  return dateText(Number(days) * DAY_MS)
}

/** @throws Unfit for years that have other than four digits */
function dateText(ms: number): string {
  const date = new Date(ms)
  const year = date.getUTCFullYear()
  if (Number.isNaN(year) || year < 1 || year > 9999) throw new Unfit(`${ms} ms is no day of a year of four digits`)
  return date.toISOString().slice(0, 10)
}

function momentText(count: bigint): string {
  const day = floorDiv(count, SECOND * 86_400n)
  return `${dayText(day)} ${clockText(count - day * SECOND * 86_400n)}`
}

function clockText(count: bigint): string {
  const seconds = count / SECOND
  const clock = `${twoDigits(seconds / 3_600n)}:${twoDigits((seconds / 60n) % 60n)}:${twoDigits(seconds % 60n)}`
  const rest = count % SECOND
  return rest === 0n ? clock : `${clock}.${String(rest).padStart(6, '0')}`
}

function twoDigits(value: bigint): string {
  return String(value).padStart(2, '0')
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}

/** ISO 8601 with a zone, made UTC; more than microseconds would be lost. */
function instantText(value: string): string {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/.exec(value)
  if (match === null) throw new Unfit(`${value} is no ISO time with a zone`)
  const [, seconds = '', fractionText = '', zone = 'Z'] = match
  const ms = Date.parse(`${seconds}${zone}`)
  const padded = fractionText.padEnd(9, '0')
  if (Number.isNaN(ms) || !padded.endsWith('000')) throw new Unfit(`${value} is no time of whole microseconds`)
  return `${momentText(BigInt(ms) * 1_000n + BigInt(padded.slice(0, 6)))}+00`
}
