import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import type { Finding } from '../../contract/profile/finding.ts'
import { id, join, literal, sql, trusted } from '../../sql/sql.ts'
import { finite } from '../columns/kind.ts'
import { finding, inAllRows, inDetail, type Judged, replaced } from './finding-of.ts'

const NUMBER_SENTINELS = new Set(['-1', '-9', '-99', '-999', '-9999', '99999', '999999', '9999999', '99999999'])
const DATE_SENTINELS = /^(0001-01-01|1899-12-3[01]|1900-01-01|1970-01-01|2099-12-31|9999-12-31)/
const LEAST = 3
const MANY_OUTLIERS = 0.1

/** Numbers, dates and categories that stand apart. */
export function valueFindings(judged: Judged): Finding[] {
  return [
    ...extremes(judged),
    ...sentinels(judged),
    ...outliers(judged),
    ...gaps(judged),
    ...future(judged),
    ...constants(judged),
    ...rare(judged),
  ]
}

function extremes({ column: { name, type, exact }, profile }: Judged): Finding[] {
  const count = exact.extremes ?? 0
  if (count === 0) return []
  const condition = sql`${id(name)} IS NOT NULL AND ${finite(name, type)} IS NULL`
  return [
    finding('profile.extreme_numbers', [name], { harm: 'breaks_load', evidence: inAllRows(profile, count), condition }),
  ]
}

function sentinels({ column, profile }: Judged): Finding[] {
  const { name, type, kind, detail } = column
  const isOne = ({ value, count }: { value: string; count: number }): boolean => {
    if (count < LEAST) return false
    if (kind === 'number') return NUMBER_SENTINELS.has(value.replace(/\.0+$/, '')) && isApart(column, Number(value))
    return (kind === 'date' || kind === 'timestamp') && DATE_SENTINELS.test(value)
  }
  return detail.top.filter(isOne).map(({ value, count }) =>
    finding('profile.sentinel_values', [name], {
      harm: 'breaks_results',
      evidence: column.topIsExact ? inAllRows(profile, count) : inDetail(profile, count),
      parameters: { value },
      condition: sql`${id(name)} = CAST(${literal(value)} AS ${trusted(type)})`,
      fix: replaced(name, sql`nullif(${id(name)}, CAST(${literal(value)} AS ${trusted(type)}))`),
    }),
  )
}

/** Whether a value lies outside of where the others are: -1 among temperatures stands for itself. */
function isApart({ exact, detail }: ColumnProfile, value: number): boolean {
  const fence = detail.number?.outliers.iqr
  const isOnlyNegative =
    value < 0 && detail.top.filter((one) => Number(one.value) < 0).length === 1 && (exact.negatives ?? 0) > 0
  return isOnlyNegative || (fence !== undefined && (value < fence.low || value > fence.high))
}

function outliers({ column: { name, type, detail }, profile }: Judged): Finding[] {
  const found = detail.number?.outliers
  if (found === undefined || found.iqr.count === 0 || found.iqr.count > MANY_OUTLIERS * detail.values) return []
  const { low, high, count } = found.iqr
  if (low === high) return []
  const number = finite(name, type)
  return [
    finding('profile.outliers', [name], {
      harm: 'untidy',
      evidence: inDetail(profile, count),
      parameters: { low: rounded(low), high: rounded(high) },
      examples: found.examples.slice(0, 5).map(({ value }) => value),
      condition: sql`(${number} < ${literal(low)} OR ${number} > ${literal(high)})`,
      rule: { check: 'range', column: name, parameters: { min: rounded(low), max: rounded(high) } },
    }),
  ]
}

function gaps({ column: { name, detail }, profile }: Judged): Finding[] {
  const found = detail.time?.gaps
  const [longest] = found?.longest ?? []
  // A sample leaves days out by chance.
  if (found === undefined || longest === undefined || profile.basis.isSample) return []
  return [
    finding('profile.date_gaps', [name], {
      harm: 'breaks_results',
      evidence: { ...inDetail(profile, found.missing), rows: found.missing },
      parameters: { before: longest.before },
      examples: found.longest.map(({ after, before }) => `${after} … ${before}`),
    }),
  ]
}

function future({ column: { name, kind, exact }, profile }: Judged): Finding[] {
  if ((kind !== 'date' && kind !== 'timestamp') || exact.max === undefined) return []
  const today = profile.takenAt.slice(0, 10)
  if (!/^\d{4}-/.test(exact.max) || exact.max.slice(0, 10) <= today || DATE_SENTINELS.test(exact.max)) return []
  return [
    finding('profile.future_dates', [name], {
      harm: 'untidy',
      evidence: inAllRows(profile, 1),
      parameters: { value: exact.max },
      condition: sql`${id(name)} >= CAST(${literal(today)} AS DATE) + INTERVAL 1 DAY`,
    }),
  ]
}

function constants({ column: { name, exact, detail }, profile }: Judged): Finding[] {
  const [first] = detail.top
  const { rows } = profile.scope
  if (first === undefined || rows < LEAST || exact.nulls === rows) return []
  if (exact.distinct.count === 1 && exact.distinct.error === 0) {
    return [
      finding('profile.constant', [name], {
        harm: 'untidy',
        evidence: inAllRows(profile, rows - exact.nulls),
        parameters: { value: first.value },
      }),
    ]
  }
  const others = detail.values - first.count
  if (detail.values < 100 || others > 0.01 * detail.values || others <= 0) return []
  return [
    finding('profile.near_constant', [name], {
      harm: 'untidy',
      evidence: inDetail(profile, others),
      parameters: { value: first.value },
      condition: sql`CAST(${id(name)} AS VARCHAR) <> ${literal(first.value)}`,
    }),
  ]
}

function rare({ column: { name, kind, detail, topIsExact }, profile }: Judged): Finding[] {
  if (kind !== 'text' || detail.rare.length === 0) return []
  const values = detail.rare.map(({ value }) => value)
  const count = detail.rare.reduce((sum, each) => sum + each.count, 0)
  const common = detail.top.map(({ value }) => value).filter((value) => !values.includes(value))
  return [
    finding('profile.rare_categories', [name], {
      harm: 'untidy',
      evidence: inDetail(profile, count),
      examples: values,
      condition: sql`CAST(${id(name)} AS VARCHAR) IN (${join(values.map(literal))})`,
      ...(topIsExact ? { rule: { check: 'accepted', column: name, parameters: { values: common } } } : {}),
    }),
  ]
}

function rounded(value: number): number {
  return Number(value.toPrecision(6))
}
