import type { Column, Fidelity } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import type { ServerFlavour } from './flavour.ts'

const EXACT: Fidelity = { kind: 'exact' }

const PLAIN: Readonly<Record<string, string>> = {
  TINYINT: 'TINYINT',
  UTINYINT: 'TINYINT UNSIGNED',
  SMALLINT: 'SMALLINT',
  USMALLINT: 'SMALLINT UNSIGNED',
  INTEGER: 'INT',
  UINTEGER: 'INT UNSIGNED',
  BIGINT: 'BIGINT',
  UBIGINT: 'BIGINT UNSIGNED',
  HUGEINT: 'DECIMAL(39,0)',
  UHUGEINT: 'DECIMAL(39,0)',
  FLOAT: 'FLOAT',
  DOUBLE: 'DOUBLE',
  VARCHAR: 'LONGTEXT',
  JSON: 'JSON',
  BLOB: 'LONGBLOB',
  DATE: 'DATE',
  TIME: 'TIME(6)',
  TIMESTAMP: 'DATETIME(6)',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP(6)',
}

const AS_TEXT: Readonly<Record<string, string>> = {
  INTERVAL: 'an interval is kept as text',
  BIT: 'bits are kept as text of 0 and 1',
  'TIME WITH TIME ZONE': 'a time with a zone is kept as text',
  TIMESTAMP_NS: 'nanoseconds are kept as text',
  BIGNUM: 'digits are kept as text',
}

/** What MySQL keeps of a key: text keys have at most this many characters, so that an index can hold them. */
const KEY_CHARACTERS = 255

export interface NewType {
  readonly type: string
  readonly fidelity: Fidelity
}

/**
 * The type of a column that Runnel creates. Values beyond what MySQL's dates and numbers hold (infinity, BC, NaN, instants
 * outside 1970 to 2038) refuse the load.
 * @throws Failure `type.unsupported`
 */
export function newType(column: Column, { flavour, isKey }: { flavour: ServerFlavour; isKey: boolean }): NewType {
  const { type } = column
  if (isKey && (type === 'VARCHAR' || type.startsWith('ENUM(') || type in AS_TEXT)) {
    // Keys that DuckDB tells apart must stay apart.
    const text = `VARCHAR(${KEY_CHARACTERS}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`
    return { type: text, fidelity: type === 'VARCHAR' ? EXACT : widening('kept as text') }
  }
  if (isKey && type === 'BLOB') return { type: `VARBINARY(${KEY_CHARACTERS})`, fidelity: EXACT }
  const plain = PLAIN[type]
  if (plain !== undefined) return { type: plain, fidelity: EXACT }
  if (/^DECIMAL\(\d+,\d+\)$/.test(type)) return decimal(column)
  const reason = AS_TEXT[type]
  if (reason !== undefined) return { type: 'LONGTEXT', fidelity: widening(reason) }
  if (type === 'BOOLEAN') return { type: 'TINYINT(1)', fidelity: widening('true is 1, false is 0') }
  if (type === 'UUID') {
    return flavour.hasUuid
      ? { type: 'UUID', fidelity: EXACT }
      : { type: 'CHAR(36) CHARACTER SET ascii', fidelity: widening('kept as text') }
  }
  if (type === 'TIMESTAMP_S' || type === 'TIMESTAMP_MS') {
    return { type: 'DATETIME(6)', fidelity: widening('the fraction is wider') }
  }
  if (type.startsWith('ENUM(')) return { type: 'LONGTEXT', fidelity: widening('the list of values is not kept') }
  if (isNested(type)) return { type: 'JSON', fidelity: widening('nested values are kept as JSON') }
  throw new Failure('type.unsupported', { column: column.name, type, reason: 'MySQL has no type for it' })
}

/** Lists, structs, maps, arrays, unions. */
export function isNested(type: string): boolean {
  return type.endsWith(']') || /^(STRUCT|MAP|UNION)\(/.test(type)
}

/** MySQL allows 30 digits after the point. */
function decimal({ name, type }: Column): NewType {
  const scale = Number(/,(\d+)\)$/.exec(type)?.[1])
  if (scale <= 30) return { type, fidelity: EXACT }
  throw new Failure('type.unsupported', { column: name, type, reason: 'MySQL keeps at most 30 digits after the point' })
}

function widening(reason: string): Fidelity {
  return { kind: 'widening', reason }
}
