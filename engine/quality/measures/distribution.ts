import { Failure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import type { Rule } from '../../contract/rule.ts'
import {
  type Distribution,
  distributionOf,
  kolmogorovSmirnov,
  populationStability,
} from '../../profile/compare/distribution.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { both, compileScope, type Measure, type MeasureScope } from '../rule-measure.ts'
import { bounds, wholeVerdict } from './dataset.ts'
import { measureMix } from './mix.ts'

type DistributionRule = Extract<Rule, { check: 'distribution' }>

/** Every 2 % of the values: the Kolmogorov-Smirnov statistic is that exact. */
const STEPS = 50
const SHARES = Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS)

const COMPARED = { psi: populationStability, ks: kolmogorovSmirnov } as const

/** How far a column moved since an earlier check, by the measure of the rule. */
export function measureDistribution(rule: DistributionRule, over: MeasureScope, name: string): Measure {
  return rule.measure === 'js'
    ? measureMix(rule, over, name)
    : measureSpread({ ...rule, measure: rule.measure }, over, name)
}

/**
 * How far the values of a column moved since an earlier check: population stability index, or the two-sample Kolmogorov-Smirnov
 * statistic. Both are told from quantiles, which are kept with the result. Without an earlier check it passes.
 */
function measureSpread(
  rule: DistributionRule & { readonly measure: keyof typeof COMPARED },
  over: MeasureScope,
  name: string,
): Measure {
  const { input, where, done } = compileScope(rule, over)
  const column = input.column('column', rule.column)
  done()
  const value = numberOf(column)
  if (value === undefined) {
    throw new Failure('rule.invalid', { field: 'column', reason: `${column.name} holds neither numbers nor times` })
  }
  const known = both(where, sql`${id(column.name)} IS NOT NULL AND isfinite(${value})`)
  return {
    columns: [column.name],
    scan: [sql`approx_quantile(${value}, [${join(SHARES.map((share) => literal(share)))}]) FILTER (WHERE ${known})`],
    judge: ([cell], { history }) => {
      const shape = numbersOf(cell)
      const now = shapeOf(shape)
      const earlier = history.flatMap(({ results }) => {
        const kept = results.find((result) => result.name === name)?.shape
        return kept === undefined || kept.length === 0 ? [] : [kept]
      })
      const before = shapeOf((rule.against === 'first' ? earlier.at(-1) : earlier[0]) ?? [])
      if (now === undefined || before === undefined) return { ...wholeVerdict(true, '0', ''), shape }
      const moved = COMPARED[rule.measure](before, now)
      const holds = moved <= rule.limit
      return { ...wholeVerdict(holds, String(Number(moved.toPrecision(4))), bounds(Number.NaN, rule.limit)), shape }
    },
  }
}

/** As a number that quantiles can be told of; undefined for what has no order in numbers. */
function numberOf({ name, type }: { readonly name: string; readonly type: string }): Sql | undefined {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|FLOAT|DOUBLE)$/.test(type))
    return sql`CAST(${id(name)} AS DOUBLE)`
  return /^(DATE|TIMESTAMP)/.test(type) && !type.endsWith(']') ? sql`epoch(${id(name)})` : undefined
}

function numbersOf(cell: Cell | undefined): number[] {
  return Array.isArray(cell) ? cell.map(Number).filter((value) => Number.isFinite(value)) : []
}

/** As many values between one quantile and the next. */
function shapeOf(quantiles: readonly number[]): Distribution | undefined {
  const bins = quantiles.slice(1).map((to, i) => ({ from: String(quantiles[i] ?? to), to: String(to), count: 1 }))
  return distributionOf(bins)
}
