import { cellCount, cellText } from '../../contract/cell-text.ts'
import type { Cell } from '../../contract/page.ts'
import type { Rule } from '../../contract/rule.ts'
import { id, literal, type Sql, sql } from '../../sql/sql.ts'
import { both, compileScope, countOf, DATA, type Measure, type MeasureScope } from '../rule-measure.ts'
import { bounds, wholeVerdict } from './dataset.ts'

type Of<Check extends Rule['check']> = Extract<Rule, { check: Check }>

/** Tukey's fences; 3.5 of the modified z-score (Iglewicz and Hoaglin 1993), whose 0.6745 scales the MAD; three deviations. */
const FENCES = { iqr: 1.5, mad: 3.5 / 0.6745, zscore: 3 } as const

/** The scan gives the middle and the spread; a second statement counts what lies beyond. */
export function measureOutliers(rule: Of<'outliers'>, over: MeasureScope): Measure {
  const { input, where, done } = compileScope(rule, over)
  const { name } = input.column('column', rule.column)
  done()
  const value = sql`CAST(${id(name)} AS DOUBLE)`
  const known = both(where, sql`${id(name)} IS NOT NULL AND isfinite(${value})`)
  const filter = sql` FILTER (WHERE ${known})`
  const spread =
    rule.method === 'iqr'
      ? [sql`quantile_cont(${value}, 0.25)${filter}`, sql`quantile_cont(${value}, 0.75)${filter}`]
      : rule.method === 'mad'
        ? [sql`median(${value})${filter}`, sql`mad(${value})${filter}`]
        : [sql`avg(${value})${filter}`, sql`stddev_samp(${value})${filter}`]
  const brokenBy = (cells: readonly Cell[]): { broken: Sql; wanted: string } => {
    const [low, high] = fences(rule.method, numberOf(cells[1]), numberOf(cells[2]))
    return {
      broken: both(known, sql`(${value} < ${literal(low)} OR ${value} > ${literal(high)})`),
      wanted: bounds(low, high),
    }
  }
  return {
    columns: [name],
    scan: [countOf(known), ...spread],
    judge: async (cells, { ask }) => {
      const checked = cellCount(cells[0])
      if (checked === 0n) return { checked, violations: 0n }
      const { broken, wanted } = brokenBy(cells)
      const [violations] = await ask(sql`SELECT ${countOf(broken)} FROM ${id(DATA)}`)
      return { checked, violations: cellCount(violations), wanted }
    },
    rows: (cells) => ({ broken: brokenBy(cells).broken, isWindow: false, value: sql`CAST(${id(name)} AS VARCHAR)` }),
  }
}

/** A figure against the mean of the same figure in the last checks. Without any it passes, and is remembered. */
export function measureDrift(rule: Of<'drift'>, over: MeasureScope, name: string): Measure {
  const { input, where, done } = compileScope(rule, over)
  const column = id(input.column('column', rule.column).name)
  done()
  const filter = where === undefined ? sql`` : sql` FILTER (WHERE ${where})`
  const figures: Readonly<Record<typeof rule.figure, Sql>> = {
    null_share: sql`avg(CASE WHEN ${column} IS NULL THEN 1.0 ELSE 0.0 END)${filter}`,
    distinct: sql`count(DISTINCT ${column})${filter}`,
    mean: sql`avg(${column})${filter}`,
    min: sql`min(${column})${filter}`,
    max: sql`max(${column})${filter}`,
    sum: sql`sum(${column})${filter}`,
  }
  return {
    columns: [rule.column],
    scan: [sql`CAST(${figures[rule.figure]} AS DOUBLE)`],
    judge: ([cell], { history }) => {
      const now = numberOf(cell)
      const before = history
        .flatMap(({ results }) => results.filter((result) => result.name === name && result.found !== undefined))
        .slice(0, rule.last)
        .map(({ found }) => Number(found))
        .filter((figure) => Number.isFinite(figure))
      if (before.length === 0) return wholeVerdict(true, String(now), '')
      const mean = before.reduce((sum, figure) => sum + figure, 0) / before.length
      // A share moves by so much of the whole; a figure that was 0 has no relative change.
      const allowed = rule.figure === 'null_share' ? rule.limit : Math.abs(mean) * rule.limit
      return wholeVerdict(Math.abs(now - mean) <= allowed, String(now), bounds(mean - allowed, mean + allowed))
    },
  }
}

function fences(method: Of<'outliers'>['method'], a: number, b: number): [number, number] {
  const reach = FENCES[method]
  return method === 'iqr' ? [a - reach * (b - a), b + reach * (b - a)] : [a - reach * b, a + reach * b]
}

function numberOf(cell: Cell | undefined): number {
  return cell === null || cell === undefined ? 0 : Number(cellText(cell))
}
