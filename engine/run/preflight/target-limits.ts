/** What a type of a target system can hold; what it says nothing about has no limit. */
export interface TargetLimits {
  /** Whole numbers in this range, both ends included. */
  readonly integers?: readonly [least: bigint, most: bigint]
  readonly decimal?: { readonly precision: number; readonly scale: number }
  readonly characters?: number
  readonly bytes?: number
  /** Digits after the point of a second. */
  readonly secondDigits?: number
  /** Days as ISO text, both included. */
  readonly days?: readonly [first: string, last: string]
  readonly hasZone?: boolean
  readonly isDay?: boolean
  /** Characters outside of this class are lost. */
  readonly charset?: 'latin1' | 'ascii' | 'gbk' | 'utf8mb3'
  /** U+0000 cannot be part of a text. */
  readonly refusesNul?: boolean
  /** NaN and infinity are refused. */
  readonly refusesNan?: boolean
  /** Text keys that differ in case, accents or trailing spaces only are one key. */
  readonly collation?: string
}

const BITS: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  int2: 16,
  mediumint: 24,
  int: 32,
  integer: 32,
  int4: 32,
  bigint: 64,
  int8: 64,
  utinyint: 8,
  usmallint: 16,
  uinteger: 32,
  ubigint: 64,
  hugeint: 128,
}
const TEXT_BYTES: Readonly<Record<string, number>> = {
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  tinyblob: 255,
  blob: 65_535,
  mediumblob: 16_777_215,
}

/**
 * Limits of a type as the target prints it: PostgreSQL (`character varying(20)`), MySQL (`varchar(20) CHARACTER SET utf8mb4 COLLATE …`),
 * DuckDB and Parquet (`DECIMAL(9,2)`).
 * @param kind of the connector
 */
export function limitsOf(printed: string, kind: string): TargetLimits {
  const type = printed.toLowerCase()
  const [, base = ''] = /^([a-z0-9_]+(?: (?:varying|precision))?)/.exec(type) ?? []
  const [first, second] = (/\(([\d, ]+)\)/.exec(type)?.[1] ?? '').split(',').map((text) => Number.parseInt(text, 10))
  const size = first === undefined || Number.isNaN(first) ? undefined : first
  if (type.endsWith(']')) return {}
  if (BITS[base] !== undefined) return { ...integerLimits(BITS[base], isUnsigned(type)), refusesNan: true }
  if (base === 'decimal' || base === 'numeric') {
    const isOpen = size === undefined && kind === 'postgresql'
    return isOpen ? {} : { decimal: { precision: size ?? 10, scale: second ?? 0 }, refusesNan: kind !== 'postgresql' }
  }
  if (/^(float|real|double|double precision)$/.test(base)) return { refusesNan: kind === 'mysql' }
  return textLimits(type, base, { kind, size }) ?? timeLimits(type, base, { kind, size }) ?? {}
}

interface Context {
  readonly kind: string
  readonly size: number | undefined
}

function textLimits(type: string, base: string, { kind, size }: Context): TargetLimits | undefined {
  const isText =
    /^(character varying|varchar|character|char|bpchar|nvarchar|nchar|text|tinytext|mediumtext|longtext|citext|json|jsonb|name)$/.test(
      base,
    )
  if (/^(binary|varbinary)$/.test(base)) return size === undefined ? {} : { bytes: size }
  const bytes = kind === 'mysql' ? TEXT_BYTES[base] : undefined
  if (!isText) return bytes === undefined ? undefined : { bytes }
  const isSized = size !== undefined && !/^(text|json|jsonb)$/.test(base)
  const charset = charsetOf(/character set (\w+)/.exec(type)?.[1])
  const collation = /collate (\w+)/.exec(type)?.[1]
  return {
    ...(isSized && size !== undefined
      ? { characters: size }
      : base === 'char' || base === 'character'
        ? { characters: 1 }
        : {}),
    ...(bytes === undefined ? {} : { bytes }),
    ...(charset === undefined ? {} : { charset }),
    ...(collation === undefined || /_bin$|_cs$/.test(collation) ? {} : { collation }),
    refusesNul: kind === 'postgresql' || kind === 'excel',
  }
}

function timeLimits(type: string, base: string, { kind, size }: Context): TargetLimits | undefined {
  if (base === 'date') return { isDay: true, ...daysOf(kind, base) }
  if (!/^(timestamp|timestamptz|datetime|timestamp_s|timestamp_ms|timestamp_ns)$/.test(base)) return undefined
  const digits = { timestamp_s: 0, timestamp_ms: 3, timestamp_ns: 9 }[base] ?? size ?? (kind === 'mysql' ? 0 : 6)
  const hasZone = /with time zone|timestamptz/.test(type) || (kind === 'mysql' && base === 'timestamp')
  return { secondDigits: digits, hasZone, ...daysOf(kind, base) }
}

/** MySQL 8.4 reference manual 13.2.2; PostgreSQL 18 documentation 8.5. */
function daysOf(kind: string, base: string): TargetLimits {
  if (kind === 'mysql')
    return { days: base === 'timestamp' ? ['1970-01-02', '2038-01-18'] : ['1000-01-01', '9999-12-31'] }
  return kind === 'postgresql' && base !== 'date' ? { days: ['4713-01-01 (BC)', '294276-12-31'] } : {}
}

function charsetOf(name: string | undefined): TargetLimits['charset'] {
  if (name === 'latin1' || name === 'ascii' || name === 'gbk') return name
  return name === 'utf8' || name === 'utf8mb3' ? 'utf8mb3' : undefined
}

function isUnsigned(type: string): boolean {
  return type.includes('unsigned') || type.startsWith('u')
}

function integerLimits(bits: number, unsigned: boolean): TargetLimits {
  const all = 1n << BigInt(bits)
  return { integers: unsigned ? [0n, all - 1n] : [-(all / 2n), all / 2n - 1n] }
}
