import type { Column } from '../../contract/column.ts'
import type { LossKind, PreflightFinding, PreflightFix } from '../../contract/preflight.ts'
import { duckDialect } from '../../sql/dialects.ts'
import { id, literal, printSql, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { TargetLimits } from './target-limits.ts'

/** One way in which values may not fit, as a condition DuckDB counts. */
export interface ValueCheck {
  readonly kind: LossKind
  readonly effect: PreflightFinding['effect']
  /** True for a value that does not fit; may be NULL. */
  readonly broken: Sql
  /** What the worst value needs, for a wider type; as an aggregate. */
  readonly needs?: Sql
  readonly fixes: (needs: string | undefined) => PreflightFix[]
}

interface Checked {
  readonly column: Column
  readonly limits: TargetLimits
  /** Of the connector. */
  readonly kind: string
}

/** Everything that can be wrong with a value of the column in its target. NULL fits everywhere. */
export function valueChecks(checked: Checked): ValueCheck[] {
  return [...numberChecks(checked), ...textChecks(checked), ...timeChecks(checked)]
}

function numberChecks({ column, limits }: Checked): ValueCheck[] {
  const value = id(column.name)
  const isFloat = /^(FLOAT|DOUBLE)$/.test(column.type)
  const isNumber = isFloat || /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|BIGNUM)$/.test(column.type)
  if (!isNumber) return []
  const finite = isFloat ? sql`isfinite(${value}) AND ` : sql``
  const checks: ValueCheck[] = []
  if (limits.refusesNan === true && isFloat) {
    checks.push({
      kind: 'not_a_number',
      effect: 'fails',
      broken: sql`NOT isfinite(${value})`,
      fixes: () => [
        mapped(column, sql`CASE WHEN isfinite(${value}) THEN ${value} END`),
        rejected(column, sql`isfinite(${value})`),
      ],
    })
  }
  const range = limits.integers ?? decimalRange(limits)
  if (range !== undefined) {
    const inside = insideOf(value, limits, range)
    checks.push({
      kind: 'overflow',
      effect: 'fails',
      broken: sql`${finite}NOT (${inside})`,
      needs: sql`max(abs(CAST(${value} AS DOUBLE)))`,
      fixes: (needs) => [...widerNumber(limits, needs), rejected(column, inside)],
    })
  }
  const scale = limits.integers === undefined ? limits.decimal?.scale : 0
  const mayRound = isFloat || (scale !== undefined && scaleOf(column.type) > scale)
  if (scale !== undefined && mayRound) {
    const rounded = sql`round(${value}, ${literal(scale)})`
    checks.push({
      kind: 'precision',
      effect: 'changes',
      broken: sql`${finite}${value} <> ${rounded}`,
      fixes: () => [
        ...(isFloat ? [] : [{ kind: 'widen' as const, type: `numeric(38,${scaleOf(column.type)})` }]),
        mapped(column, rounded),
        rejected(column, sql`${value} = ${rounded}`),
      ],
    })
  }
  return checks
}

function textChecks({ column, limits, kind }: Checked): ValueCheck[] {
  if (column.type !== 'VARCHAR' && column.type !== 'BLOB') return []
  const value = id(column.name)
  const isText = column.type === 'VARCHAR'
  const checks: ValueCheck[] = []
  const { characters, bytes, charset } = limits
  if (characters !== undefined && isText) {
    const fits = sql`length(${value}) <= ${literal(characters)}`
    checks.push({
      kind: 'too_long',
      effect: 'fails',
      broken: sql`NOT (${fits})`,
      needs: sql`max(length(${value}))`,
      fixes: (needs) => [
        { kind: 'widen', type: `varchar(${needs ?? characters})` },
        rejected(column, fits),
        trimmed(column, sql`left(${value}, ${literal(characters)})`),
      ],
    })
  }
  if (bytes !== undefined) {
    const length = isText ? sql`strlen(${value})` : sql`octet_length(${value})`
    const fits = sql`${length} <= ${literal(bytes)}`
    checks.push({
      kind: 'too_many_bytes',
      effect: 'fails',
      broken: sql`NOT (${fits})`,
      needs: sql`max(${length})`,
      fixes: () => [{ kind: 'widen', type: isText ? 'longtext' : 'longblob' }, rejected(column, fits)],
    })
  }
  if (charset !== undefined && isText) {
    const fits = sql`regexp_full_match(${value}, ${literal(CHARSETS[charset])})`
    checks.push({
      kind: 'encoding',
      effect: 'fails',
      broken: sql`NOT (${fits})`,
      fixes: () => [
        { kind: 'widen', type: kind === 'mysql' ? 'longtext CHARACTER SET utf8mb4' : 'text' },
        rejected(column, fits),
      ],
    })
  }
  if (limits.refusesNul === true && isText) {
    const fits = sql`NOT contains(${value}, chr(0))`
    checks.push({
      kind: 'nul_character',
      effect: 'fails',
      broken: sql`contains(${value}, chr(0))`,
      fixes: () => [mapped(column, sql`replace(${value}, chr(0), '')`), rejected(column, fits)],
    })
  }
  return checks
}

/** As RE2 of the whole text. GBK is told by its blocks, not by its 23,940 characters. */
const CHARSETS: Readonly<Record<NonNullable<TargetLimits['charset']>, string>> = {
  ascii: String.raw`(?s)[\x00-\x7F]*`,
  latin1: String.raw`(?s)[\x00-\x7F\x{A0}-\x{FF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*`,
  gbk: String.raw`(?s)[\x00-\x7F\x{A4}\x{A7}\x{A8}\x{B0}\x{B1}\x{B7}\x{D7}\x{E0}-\x{FC}\p{Greek}\p{Cyrillic}\x{2010}-\x{2642}\x{3000}-\x{33D5}\x{4E00}-\x{9FA5}\x{F92C}-\x{FA29}\x{FE30}-\x{FFE5}]*`,
  utf8mb3: String.raw`(?s)[\x00-\x{FFFF}]*`,
}

function timeChecks({ column, limits }: Checked): ValueCheck[] {
  const { type, name } = column
  if (!/^(DATE|TIMESTAMP)/.test(type) || type.endsWith(']')) return []
  const value = id(name)
  const checks: ValueCheck[] = []
  const hasZone = type.includes('ZONE')
  if (limits.days !== undefined && !limits.days[0].includes('BC')) {
    const [first, last] = limits.days
    const day = hasZone ? sql`CAST(${value} AT TIME ZONE 'UTC' AS DATE)` : sql`CAST(${value} AS DATE)`
    const inside = sql`isfinite(${value}) AND ${day} BETWEEN CAST(${literal(first)} AS DATE) AND CAST(${literal(last)} AS DATE)`
    checks.push({
      kind: 'date_range',
      effect: 'fails',
      broken: sql`NOT (${inside})`,
      fixes: () => [mapped(column, sql`CASE WHEN ${inside} THEN ${value} END`), rejected(column, inside)],
    })
  }
  if (limits.isDay === true && type !== 'DATE') {
    const whole = sql`date_trunc('day', ${value})`
    checks.push({
      kind: 'precision',
      effect: 'changes',
      broken: sql`${value} <> ${whole}`,
      fixes: () => [{ kind: 'widen', type: 'timestamp' }, mapped(column, sql`CAST(${value} AS DATE)`)],
    })
  }
  if (limits.secondDigits !== undefined && type !== 'DATE' && limits.secondDigits < 6 && !/_(S|MS)$/.test(type)) {
    const step = 10 ** (6 - limits.secondDigits)
    checks.push({
      kind: 'precision',
      effect: 'changes',
      broken: sql`isfinite(${value}) AND epoch_us(${value}) % ${literal(step)} <> 0`,
      fixes: () => [{ kind: 'widen', type: 'timestamp(6)' }],
    })
  }
  if (limits.hasZone !== undefined && type !== 'DATE' && limits.hasZone !== hasZone) {
    checks.push({
      kind: 'time_zone',
      effect: 'changes',
      broken: sql`${value} IS NOT NULL`,
      fixes: () => [
        mapped(column, sql`${value} AT TIME ZONE 'UTC'`),
        { kind: 'widen', type: limits.hasZone === true ? 'timestamp' : 'timestamp with time zone' },
      ],
    })
  }
  return checks
}

/** A decimal rounds to its scale before it overflows. */
function insideOf(value: Sql, { decimal }: TargetLimits, [least, most]: readonly [bigint, bigint]): Sql {
  const kept = decimal === undefined ? sql`round(${value}, 0)` : sql`trunc(round(${value}, ${literal(decimal.scale)}))`
  return sql`${kept} >= ${number(least)} AND ${kept} <= ${number(most)}`
}

function decimalRange({ decimal }: TargetLimits): readonly [bigint, bigint] | undefined {
  if (decimal === undefined) return undefined
  const most = 10n ** BigInt(decimal.precision - decimal.scale) - 1n
  return [-most, most]
}

function widerNumber({ integers, decimal }: TargetLimits, needs: string | undefined): PreflightFix[] {
  const largest = Number(needs)
  if (!Number.isFinite(largest)) return []
  if (integers !== undefined) {
    const type = largest < 2 ** 31 ? 'integer' : largest < 2 ** 63 ? 'bigint' : 'numeric(38,0)'
    return [{ kind: 'widen', type }]
  }
  const digits = Math.max(1, Math.floor(largest).toString().length)
  const scale = decimal?.scale ?? 0
  return digits + scale > 38 ? [] : [{ kind: 'widen', type: `numeric(${digits + scale},${scale})` }]
}

function scaleOf(type: string): number {
  return Number(/^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1] ?? '0')
}

/** Beyond 64 bits a number is a decimal, which DuckDB compares with every number. */
function number(value: bigint): Sql {
  return trusted(String(value))
}

function rejected({ name }: Column, holds: Sql): PreflightFix {
  const rule = { check: 'expression', expr: printSql(holds, duckDialect), column: name }
  return { kind: 'reject', node: 'validate', config: { rules: [rule] } }
}

function mapped(column: Column, expr: Sql): PreflightFix {
  return { ...trimmed(column, expr), kind: 'map' }
}

function trimmed({ name }: Column, expr: Sql): Extract<PreflightFix, { node: string }> {
  const field = { to: name, expr: printSql(expr, duckDialect) }
  return { kind: 'trim', node: 'map', config: { fields: [field], rest: 'keep' } }
}
