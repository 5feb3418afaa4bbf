import type { ColumnKind } from '../../contract/profile/column-profile.ts'
import { id, type Sql, sql } from '../../sql/sql.ts'

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/\[\d*\]$|^(STRUCT|MAP|UNION|LIST|ARRAY)\b|^VARIANT$/, 'nested'],
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|BIGNUM|DECIMAL\b.*)$/, 'number'],
  [/^(VARCHAR|JSON|ENUM\b.*)/, 'text'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'timestamp'],
  [/^TIME\b/, 'time'],
  [/^BOOLEAN$/, 'boolean'],
]

/** What can be said about the values of a DuckDB type. */
export function kindOf(type: string): ColumnKind {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other'
}

/** Types whose every value is a whole number. */
export function isWholeNumberType(type: string): boolean {
  return /INT|^BIGNUM$|^DECIMAL\(\d+,0\)$/.test(type)
}

/** Whether values can be printed and put in order usefully. */
export function isOrdered(kind: ColumnKind, type: string): boolean {
  return kind !== 'nested' && !/^(BLOB|BIT|GEOMETRY)/.test(type)
}

/** Beyond this the square of a number, and so its deviation, may be beyond a DOUBLE. */
const EXTREME = sql`1e150`

/** A number as DOUBLE, NULL for NaN, infinities and what is beyond 1e150. */
export function finite(name: string, type: string): Sql {
  const column = id(name)
  return mayBeExtreme(type)
    ? sql`(CASE WHEN abs(${column}) < ${EXTREME} THEN CAST(${column} AS DOUBLE) END)`
    : sql`CAST(${column} AS DOUBLE)`
}

export function mayBeExtreme(type: string): boolean {
  return /^(FLOAT|DOUBLE|BIGNUM)$/.test(type)
}
