import type { Column, Fidelity } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import { id, type Sql, sql, trusted } from '../../sql/sql.ts'

export interface ParquetType {
  /** The DuckDB type the column is written as, and read back with. */
  readonly type: string
  readonly fidelity: Fidelity
}

/** DuckDB's writer turns these into something else without a word; what they are written as keeps every value. */
const WRITTEN_AS: Readonly<Record<string, { readonly type: string; readonly reason: string }>> = {
  HUGEINT: {
    type: 'DECIMAL(38,0)',
    reason: 'Parquet has no 128-bit integer; a value of more than 38 digits is refused',
  },
  UHUGEINT: {
    type: 'DECIMAL(38,0)',
    reason: 'Parquet has no 128-bit integer; a value of more than 38 digits is refused',
  },
  BIGNUM: { type: 'VARCHAR', reason: 'kept as text' },
  BIT: { type: 'VARCHAR', reason: 'kept as text' },
  INTERVAL: { type: 'VARCHAR', reason: 'a Parquet interval has milliseconds and no sign; kept as text' },
  'TIME WITH TIME ZONE': { type: 'VARCHAR', reason: 'Parquet drops the zone; kept as text' },
  TIMESTAMP_S: { type: 'TIMESTAMP', reason: 'kept in microseconds' },
  TIMESTAMP_MS: { type: 'TIMESTAMP', reason: 'kept in microseconds' },
  '"NULL"': { type: 'VARCHAR', reason: 'a column that is always NULL has no type' },
}

/** @throws Failure `type.unsupported` for what Parquet would change: unions, and such types inside nested ones. */
export function parquetType({ name, type }: Column): ParquetType {
  const other = WRITTEN_AS[type]
  if (other !== undefined) return { type: other.type, fidelity: { kind: 'widening', reason: other.reason } }
  if (type.startsWith('ENUM(')) {
    return { type: 'VARCHAR', fidelity: { kind: 'widening', reason: 'the list of values is not kept' } }
  }
  const isNested = type.endsWith(']') || /^(STRUCT|MAP)\(/.test(type)
  if (
    type.startsWith('UNION(') ||
    (isNested && /\b(U?HUGEINT|BIGNUM|BIT|INTERVAL|WITH TIME ZONE|UNION)\b/.test(type))
  ) {
    throw new Failure('type.unsupported', { column: name, type, reason: 'Parquet has nothing that keeps it' })
  }
  if (/\[\d+\]$/.test(type)) {
    const list = type.replace(/\[\d+\]$/, '[]')
    return { type: list, fidelity: { kind: 'widening', reason: 'the fixed length is not kept' } }
  }
  return { type, fidelity: { kind: 'exact' } }
}

/** The column as it is written. */
export function writtenValue(column: Column): Sql {
  const { type } = parquetType(column)
  return type === column.type
    ? id(column.name)
    : sql`CAST(${id(column.name)} AS ${trusted(type)}) AS ${id(column.name)}`
}
