import type { Fidelity } from '../../../contract/column.ts'
import { id, type Sql, sql } from '../../../sql/sql.ts'
import type { ServerField } from '../connection/server-field.ts'

/** How a value's bytes become text in a segment file. */
export type ByteForm = 'plain' | 'text' | 'hex' | 'date'

/** What becomes of a server column when it is read. */
export interface ReadType {
  /** DuckDB's type. */
  readonly type: string
  /** The type as the server would write it in DDL, without charset and attributes. */
  readonly sourceType: string
  readonly fidelity: Fidelity
  readonly form: ByteForm
  /** What the server is asked for. */
  readonly select: (column: Sql) => Sql
}

const UNSIGNED = 32
const ENUM = 256
const SET = 2048
const BINARY_CHARSET = 63
const NOT_FIXED_DECIMALS = 31

const EXACT: Fidelity = { kind: 'exact' }
const itself = (column: Sql): Sql => column

/** The mapping of a column of any MySQL or MariaDB type; undefined for a type this version does not know. */
export function readType(field: ServerField): ReadType | undefined {
  return integerType(field) ?? decimalOrFloat(field) ?? timeType(field) ?? bitOrSpatial(field) ?? textOrBytes(field)
}

/** Expression for a column of a relation, as the mapping asks for it. */
export function selectColumn(name: string, { select }: ReadType): Sql {
  return sql`${select(id('t', name))} AS ${id(name)}`
}

const INTEGERS: ReadonlyMap<number, readonly [name: string, signed: string, unsigned: string]> = new Map([
  [1, ['tinyint', 'TINYINT', 'UTINYINT']],
  [2, ['smallint', 'SMALLINT', 'USMALLINT']],
  [9, ['mediumint', 'INTEGER', 'UINTEGER']],
  [3, ['int', 'INTEGER', 'UINTEGER']],
  [8, ['bigint', 'BIGINT', 'UBIGINT']],
])

function integerType({ type, flags, length }: ServerField): ReadType | undefined {
  if (type === 13) return plain('year', 'USMALLINT', widening('a year is a number from 0 to 2155'))
  const names = INTEGERS.get(type)
  if (names === undefined) return undefined
  const [name, signed, unsigned] = names
  const isUnsigned = (flags & UNSIGNED) !== 0
  const base = type === 1 && length === 1 ? 'tinyint(1)' : name
  const fidelity = type === 9 ? widening('24 bits are kept in 32') : EXACT
  return plain(isUnsigned ? `${base} unsigned` : base, isUnsigned ? unsigned : signed, fidelity)
}

function decimalOrFloat({ type, flags, length, decimals }: ServerField): ReadType | undefined {
  const isUnsigned = (flags & UNSIGNED) !== 0
  const suffix = isUnsigned ? ' unsigned' : ''
  if (type === 0 || type === 246) {
    const precision = length - (decimals > 0 ? 1 : 0) - (isUnsigned ? 0 : 1)
    const sourceType = `decimal(${precision},${decimals})${suffix}`
    if (precision <= 38) return plain(sourceType, `DECIMAL(${Math.max(precision, 1)},${decimals})`, EXACT)
    return plain(sourceType, 'VARCHAR', widening('more than 38 digits are kept as text'))
  }
  // The server prints FLOAT with 6 digits and M,D types with D decimals; as a product it prints the value itself.
  if (type === 4) return { ...plain(`float${suffix}`, 'FLOAT', EXACT), select: (column) => sql`${column} * 1e0` }
  if (type !== 5) return undefined
  const double = plain(`double${suffix}`, 'DOUBLE', EXACT)
  return decimals >= NOT_FIXED_DECIMALS ? double : { ...double, select: (column) => sql`${column} * 1e0` }
}

function timeType({ type, decimals }: ServerField): ReadType | undefined {
  const fraction = decimals > 0 ? `(${decimals})` : ''
  switch (type) {
    case 10:
    case 14:
      return { ...plain('date', 'DATE', EXACT), form: 'date' }
    case 12:
      return { ...plain(`datetime${fraction}`, 'TIMESTAMP', EXACT), form: 'date' }
    case 7:
      return { ...plain(`timestamp${fraction}`, 'TIMESTAMP WITH TIME ZONE', EXACT), form: 'date' }
    case 11:
      return plain(`time${fraction}`, 'VARCHAR', widening('time runs from -838:59:59 to 838:59:59 and is kept as text'))
    default:
      return undefined
  }
}

function bitOrSpatial({ type, length, extended }: ServerField): ReadType | undefined {
  if (type === 16) {
    const bits = plain(`bit(${length})`, 'UBIGINT', widening('bits are kept as an unsigned number'))
    return { ...bits, select: (column) => sql`CAST(${column} AS UNSIGNED)` }
  }
  if (type !== 255) return undefined
  return {
    type: 'BLOB',
    sourceType: extended ?? 'geometry',
    fidelity: { kind: 'lossy', reason: 'geometry becomes WKB; its SRID is not kept' },
    form: 'hex',
    select: (column) => sql`ST_AsBinary(${column})`,
  }
}

const BLOB_TYPES = new Set([249, 250, 251, 252])
const CHAR_TYPES = new Set([15, 253, 254])

function textOrBytes({ type, flags, length, charset, extended }: ServerField): ReadType | undefined {
  if (extended === 'uuid') return text('uuid', 'UUID', EXACT)
  if (extended === 'inet6' || extended === 'inet4')
    return text(extended, 'VARCHAR', widening('an address is kept as text'))
  if (type === 245 || extended === 'json') return text('json', 'JSON', EXACT)
  if (type === 247 || (flags & ENUM) !== 0) return text('enum', 'VARCHAR', widening('the list of values is not kept'))
  if (type === 248 || (flags & SET) !== 0) return text('set', 'VARCHAR', widening('values separated by commas'))
  if (type === 6) return text('null', 'VARCHAR', EXACT)
  if (!BLOB_TYPES.has(type) && !CHAR_TYPES.has(type)) return undefined
  const isBinary = charset === BINARY_CHARSET
  if (extended !== undefined) return undefined
  if (!isBinary) return text(textName(type, length), 'VARCHAR', EXACT)
  return { type: 'BLOB', sourceType: binaryName(type, length), fidelity: EXACT, form: 'hex', select: itself }
}

/** Lengths come in bytes of utf8mb4, four to a character. */
function textName(type: number, length: number): string {
  if (type === 254) return `char(${length / 4})`
  if (!BLOB_TYPES.has(type)) return `varchar(${length / 4})`
  if (length <= 255 * 4) return 'tinytext'
  if (length <= 65_535 * 4) return 'text'
  return length <= 16_777_215 * 4 ? 'mediumtext' : 'longtext'
}

function binaryName(type: number, length: number): string {
  if (type === 254) return `binary(${length})`
  if (!BLOB_TYPES.has(type)) return `varbinary(${length})`
  if (length <= 255) return 'tinyblob'
  if (length <= 65_535) return 'blob'
  return length <= 16_777_215 ? 'mediumblob' : 'longblob'
}

function plain(sourceType: string, type: string, fidelity: Fidelity): ReadType {
  return { type, sourceType, fidelity, form: 'plain', select: itself }
}

function text(sourceType: string, type: string, fidelity: Fidelity): ReadType {
  return { type, sourceType, fidelity, form: 'text', select: itself }
}

function widening(reason: string): Fidelity {
  return { kind: 'widening', reason }
}
