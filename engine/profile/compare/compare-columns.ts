import type { ColumnProfile } from '../../contract/profile/column-profile.ts'
import type { Change, Thresholds } from '../../contract/profile/comparison.ts'
import { grouped, percent } from '../../contract/profile/finding-texts.ts'
import {
  distributionOf,
  jensenShannon,
  kolmogorovSmirnov,
  mixOf,
  populationStability,
  position,
} from './distribution.ts'

interface Side {
  readonly column: ColumnProfile
  readonly rows: number
}

const CATEGORY_KINDS = new Set(['text', 'boolean'])
/** Columns with more values than their list of top values can name have no categories to compare. */
const CATEGORIES = 20
const SHOWN = 5

/** Every measure of one column's drift. */
export function compareColumns(before: Side, after: Side, thresholds: Thresholds): Change[] {
  const measure = measured(after.column.name)
  const found = [
    nullShare(before, after, thresholds, measure),
    distinct(before.column, after.column, thresholds, measure),
    range(before.column, after.column, measure),
  ]
  if (before.column.kind !== after.column.kind) return found.flat()
  return [
    ...found,
    spread(before.column, after.column, thresholds, measure),
    categories(before.column, after.column, thresholds, measure),
  ].flat()
}

type Measure = (code: Change['code'], value: number, threshold: number, parameters?: Change['parameters']) => Change

function measured(column: string): Measure {
  return (code, value, threshold, parameters = {}) => ({
    code,
    column,
    value,
    threshold,
    isBeyond: value > threshold,
    parameters,
  })
}

function nullShare(before: Side, after: Side, { nullShare: threshold }: Thresholds, measure: Measure): Change[] {
  const share = ({ column, rows }: Side): number => (rows === 0 ? 0 : column.exact.nulls / rows)
  const [was, is] = [share(before), share(after)]
  return [measure('compare.null_share', Math.abs(is - was), threshold, { before: percent(was), after: percent(is) })]
}

/** An estimate counts as changed only beyond what it may be off by on both sides. */
function distinct(
  before: ColumnProfile,
  after: ColumnProfile,
  { distinct: threshold }: Thresholds,
  measure: Measure,
): Change[] {
  const [was, is] = [before.exact.distinct, after.exact.distinct]
  const noise = 2 * (was.error + is.error)
  const value = was.count === 0 ? Number(is.count > 0) : Math.abs(is.count - was.count) / was.count
  return [
    measure('compare.distinct', value, threshold + noise, { before: grouped(was.count), after: grouped(is.count) }),
  ]
}

function range(before: ColumnProfile, after: ColumnProfile, measure: Measure): Change[] {
  const [was, is] = [ends(before), ends(after)]
  if (after.kind === 'text' || was === undefined || is === undefined || was === is) return []
  // That a column of times goes on is what is expected of it.
  return [{ ...measure('compare.range', 1, 1, { before: was, after: is }), isBeyond: false }]
}

function ends({ exact: { min, max } }: ColumnProfile): string | undefined {
  return min === undefined || max === undefined ? undefined : `${min} … ${max}`
}

function spread(before: ColumnProfile, after: ColumnProfile, thresholds: Thresholds, measure: Measure): Change[] {
  const [was, is] = [distributionOf(before.detail.histogram ?? []), distributionOf(after.detail.histogram ?? [])]
  if (was === undefined || is === undefined) return []
  const changes = [
    measure('compare.population_stability', populationStability(was, is), thresholds.populationStability),
    measure('compare.kolmogorov_smirnov', kolmogorovSmirnov(was, is), thresholds.kolmogorovSmirnov),
  ]
  const shift = medianShift(before, after)
  return shift === undefined
    ? changes
    : [...changes, measure('compare.quantile_shift', shift.value, thresholds.quantileShift, shift.parameters)]
}

function medianShift(
  before: ColumnProfile,
  after: ColumnProfile,
): { value: number; parameters: Change['parameters'] } | undefined {
  const [was, is] = [quartiles(before), quartiles(after)]
  if (was === undefined || is === undefined) return undefined
  const width = position(was[2]) - position(was[0])
  const moved = Math.abs(position(is[1]) - position(was[1]))
  const value = moved === 0 ? 0 : width === 0 ? 1 : moved / width
  return { value, parameters: { before: was[1], after: is[1] } }
}

function quartiles({ detail }: ColumnProfile): [string, string, string] | undefined {
  const list = (detail.number ?? detail.time)?.quantiles
  const at = (share: number): string | undefined => list?.find((quantile) => quantile.at === share)?.value
  const [low, middle, high] = [at(0.25), at(0.5), at(0.75)]
  return low === undefined || middle === undefined || high === undefined ? undefined : [low, middle, high]
}

function categories(before: ColumnProfile, after: ColumnProfile, thresholds: Thresholds, measure: Measure): Change[] {
  if (!CATEGORY_KINDS.has(after.kind) || [before, after].some(({ exact }) => exact.distinct.count > CATEGORIES))
    return []
  const [was, is] = [mixOf(before.detail.top), mixOf(after.detail.top)]
  const only = (one: typeof was, other: typeof was): [string, number][] => [...one].filter(([name]) => !other.has(name))
  const [fresh, lost] = [only(is, was), only(was, is)]
  return [
    measure('compare.jensen_shannon', jensenShannon(was, is), thresholds.jensenShannon),
    ...(fresh.length === 0
      ? []
      : [measure('compare.new_categories', sum(fresh), thresholds.categories, examples(fresh))]),
    ...(lost.length === 0
      ? []
      : [measure('compare.lost_categories', sum(lost), thresholds.categories, examples(lost))]),
  ]
}

function sum(list: readonly (readonly [string, number])[]): number {
  return list.reduce((total, [, share]) => total + share, 0)
}

function examples(list: readonly (readonly [string, number])[]): Change['parameters'] {
  return {
    examples: list
      .slice(0, SHOWN)
      .map(([name]) => name)
      .join(', '),
  }
}
