import { cellCount, cellText } from '../../contract/cell-text.ts'
import { Failure } from '../../contract/failure.ts'
import type { Rule } from '../../contract/rule.ts'
import { nodeContext } from '../../pipeline/node-context.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { compileScope, countOf, DATA, type Measure, type MeasureScope, type Verdict } from '../rule-measure.ts'

type Of<Check extends Rule['check']> = Extract<Rule, { check: Check }>

export function measureRowCount(rule: Of<'row_count'>, over: MeasureScope): Measure {
  const { where, done } = compileScope(rule, over)
  done()
  const { min, max, change } = rule
  if (min === undefined && max === undefined && change === undefined) {
    throw new Failure('rule.invalid', { field: 'check', reason: 'row_count needs min, max or change' })
  }
  return {
    columns: [],
    scan: [countOf(where)],
    judge: ([cell], { history }) => {
      const found = cellCount(cell)
      const before = history.flatMap(({ results, rowCount }) => {
        const known = results.find(({ name }) => name === rule.name)?.found
        return [Number(known ?? rowCount)]
      })[0]
      const [low, high] =
        change === undefined || before === undefined ? [] : [before * (1 - change), before * (1 + change)]
      const lows = [min, low].filter((bound) => bound !== undefined)
      const highs = [max, high].filter((bound) => bound !== undefined)
      const isIn = lows.every((bound) => Number(found) >= bound) && highs.every((bound) => Number(found) <= bound)
      return wholeVerdict(isIn, String(found), bounds(Math.max(...lows), Math.min(...highs)))
    },
  }
}

export function measureFreshness(rule: Of<'freshness'>, over: MeasureScope): Measure {
  const { input, where, done } = compileScope(rule, over)
  const { name } = input.column('column', rule.column)
  done()
  const filter = where === undefined ? sql`` : sql` FILTER (WHERE ${where})`
  const latest = sql`max(CAST(${id(name)} AS TIMESTAMP))${filter}`
  return {
    columns: [name],
    scan: [sql`epoch_ms(${latest})`, sql`CAST(${latest} AS VARCHAR)`],
    judge: ([ms, text], { now }) => {
      const isFresh = ms !== null && ms !== undefined && now - Number(cellText(ms)) <= minutesOf(rule.within) * 60_000
      return wholeVerdict(isFresh, cellText(text), `≤ ${rule.within}`)
    },
  }
}

/** A figure, in a range or equal to that of another dataset. The difference is found by DuckDB in the type of the figures. */
export function measureAggregate(rule: Of<'aggregate'>, over: MeasureScope): Measure {
  const { input, where, done } = compileScope(rule, over)
  const figure = input.expression('expr', rule.expr)
  const other = rule.equals === undefined ? undefined : otherFigure(rule.equals, over)
  done()
  const { min, max, difference } = rule
  if (min === undefined && max === undefined && other === undefined) {
    throw new Failure('rule.invalid', { field: 'check', reason: 'aggregate needs min, max or equals' })
  }
  const own = where === undefined ? figure.sql : sql`(SELECT ${figure.sql} FROM ${id(DATA)} WHERE ${where})`
  const conditions = [
    ...(min === undefined ? [] : [sql`${own} >= ${literal(min)}`]),
    ...(max === undefined ? [] : [sql`${own} <= ${literal(max)}`]),
    ...(other === undefined ? [] : [sql`abs(${own} - ${other}) <= ${literal(difference)}`]),
  ]
  return {
    columns: figure.references,
    scan: [
      sql`COALESCE(${join(conditions, ' AND ')}, false)`,
      sql`CAST(${own} AS VARCHAR)`,
      sql`CAST(${other ?? sql`NULL`} AS VARCHAR)`,
    ],
    judge: ([isIn, found, wanted]) => {
      const expected =
        other === undefined ? bounds(min ?? -Infinity, max ?? Infinity) : `${cellText(wanted)} ± ${difference}`
      return wholeVerdict(isIn === true, cellText(found), expected)
    },
  }
}

/** A query whose rows are the violations. */
export function measureQuery(rule: Of<'sql'>, over: MeasureScope): Measure {
  const { input, done } = compileScope(rule, over)
  const query = input.query('query', rule.query, [DATA])
  done()
  return {
    columns: [],
    scan: [],
    judge: async (_cells, { ask, rowCount }) => {
      const [violations] = await ask(sql`SELECT count(*) FROM (${query}\n) AS violations`)
      return { checked: rowCount, violations: cellCount(violations) }
    },
  }
}

export function wholeVerdict(holds: boolean, found: string, wanted: string): Verdict {
  return { checked: 1n, violations: holds ? 0n : 1n, found, wanted }
}

export function bounds(low: number, high: number): string {
  if (!Number.isFinite(low) && !Number.isFinite(high)) return ''
  if (!Number.isFinite(low)) return `≤ ${rounded(high)}`
  return Number.isFinite(high) ? `${rounded(low)} – ${rounded(high)}` : `≥ ${rounded(low)}`
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(8)))
}

function otherFigure(equals: NonNullable<Of<'aggregate'>['equals']>, over: MeasureScope): Sql {
  const reference = over.reference(equals.dataset)
  if (reference === undefined)
    throw new Failure('rule.reference_missing', { rule: 'aggregate', dataset: equals.dataset })
  const relation = { ref: { node: equals.dataset, output: 'out' }, sql: reference.relation, columns: reference.columns }
  const context = nodeContext({ node: over.rules, inputs: [relation], parameters: new Map() })
  const figure = context.input.expression('equals.expr', equals.expr)
  const where = equals.where === undefined ? undefined : context.input.expression('equals.where', equals.where)
  const [problem] = context.problems
  if (problem !== undefined) {
    const reason = 'reason' in problem.detail ? problem.detail.reason : problem.code
    throw new Failure('rule.invalid', { field: problem.detail.field, reason })
  }
  return sql`(SELECT ${figure.sql} FROM ${reference.relation}${where === undefined ? sql`` : sql` WHERE ${where.sql}`})`
}

function minutesOf(text: string): number {
  const units: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440 }
  return Number.parseInt(text, 10) * (units[text.slice(-1)] ?? 1)
}
