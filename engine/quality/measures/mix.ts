import { cellText } from '../../contract/cell-text.ts'
import { Failure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import type { CountedValue } from '../../contract/profile/column-profile.ts'
import type { Rule } from '../../contract/rule.ts'
import { jensenShannon, mixOf } from '../../profile/compare/distribution.ts'
import { id, literal, sql } from '../../sql/sql.ts'
import { both, compileScope, DATA, type Measure, type MeasureScope } from '../rule-measure.ts'
import { bounds, wholeVerdict } from './dataset.ts'

type DistributionRule = Extract<Rule, { check: 'distribution' }>

/** More are no categories, and would fill the history. */
const MOST_CATEGORIES = 200

/**
 * How far the shares of a column's categories moved since an earlier check, by Jensen and Shannon. The counts are kept with the
 * result. Without an earlier check it passes.
 * @throws Failure `rule.invalid` from `judge` for a column with more than 200 values
 */
export function measureMix(rule: DistributionRule, over: MeasureScope, name: string): Measure {
  const { input, where, done } = compileScope(rule, over)
  const column = input.column('column', rule.column)
  done()
  const value = sql`CAST(${id(column.name)} AS VARCHAR)`
  const known = both(where, sql`${id(column.name)} IS NOT NULL`)
  return {
    columns: [column.name],
    scan: [],
    judge: async (_cells, { history, ask }) => {
      const counted = sql`SELECT ${value} AS v, count(*) AS n FROM ${id(DATA)} WHERE ${known} GROUP BY v LIMIT ${literal(MOST_CATEGORIES + 1)}`
      const [cell] = await ask(sql`SELECT list([v, CAST(n AS VARCHAR)] ORDER BY v) FROM (${counted})`)
      const mix = countsOf(cell)
      if (mix.length > MOST_CATEGORIES) {
        const reason = `${column.name} has more than ${MOST_CATEGORIES} values`
        throw new Failure('rule.invalid', { field: 'column', reason })
      }
      const earlier = history.flatMap(({ results }) => {
        const kept = results.find((result) => result.name === name)?.mix
        return kept === undefined || kept.length === 0 ? [] : [kept]
      })
      const before = rule.against === 'first' ? earlier.at(-1) : earlier[0]
      if (before === undefined || mix.length === 0) return { ...wholeVerdict(true, '0', ''), mix }
      const moved = jensenShannon(mixOf(before), mixOf(mix))
      const verdict = wholeVerdict(
        moved <= rule.limit,
        String(Number(moved.toPrecision(4))),
        bounds(Number.NaN, rule.limit),
      )
      return { ...verdict, mix }
    },
  }
}

function countsOf(cell: Cell | undefined): CountedValue[] {
  if (!Array.isArray(cell)) return []
  return cell.flatMap((pair) =>
    Array.isArray(pair) ? [{ value: cellText(pair[0] ?? null), count: Number(pair[1]) }] : [],
  )
}
