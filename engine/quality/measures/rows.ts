import { cellCount } from '../../contract/cell-text.ts'
import type { RowRule, Rule } from '../../contract/rule.ts'
import { between, compileRowRule } from '../../pipeline/rules/row-rule.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { both, compileScope, countOf, DATA, type Measure, type MeasureScope } from '../rule-measure.ts'

type RowCheck = Extract<Rule, { check: RowRule['check'] }>
type PlainCheck = Exclude<RowCheck, { check: 'unique' | 'functional_dependency' }>

/** A rule that each row keeps or breaks by itself: one more count in the scan. */
export function measureRows(rule: PlainCheck, over: MeasureScope): Measure {
  const { scope, where, done } = compileScope(rule, over)
  const { broken, holds, isWindow, value, references, column } = compileRowRule(scope, rule, '')
  done()
  const columns = column === undefined ? references : [column]
  const rows: Measure['rows'] = () => ({ broken: both(where, broken), isWindow, value })
  if (where === undefined && rule.check === 'not_null') return { columns, rows, ...nullCount(id(...columns)) }
  if (where === undefined && rule.check === 'range') {
    return { columns, rows, ...extremes(id(...columns), rule, broken) }
  }
  const violated = holds === undefined ? broken : sql`NOT (${holds})`
  return {
    columns,
    rows,
    scan: [countOf(where), countOf(both(where, violated))],
    judge: ([checked, violations]) => ({ checked: cellCount(checked), violations: cellCount(violations) }),
  }
}

/** Counting values is quicker than counting those that are missing. */
function nullCount(column: Sql): Pick<Measure, 'scan' | 'judge'> {
  return {
    scan: [sql`count(${column})`],
    judge: ([known], { rowCount }) => ({ checked: rowCount, violations: rowCount - cellCount(known) }),
  }
}

/** Where the least and the largest value are in the range, all are; only otherwise the others are counted. */
function extremes(
  column: Sql,
  { min, max }: Pick<Extract<Rule, { check: 'range' }>, 'min' | 'max'>,
  broken: Sql,
): Pick<Measure, 'scan' | 'judge'> {
  const inside = [
    ...(min === undefined ? [] : [between(sql`min(${column})`, min, undefined)]),
    ...(max === undefined ? [] : [between(sql`max(${column})`, undefined, max)]),
  ]
  return {
    scan: [sql`COALESCE(${join(inside, ' AND ')}, true)`],
    judge: async ([areInside], { rowCount, ask }) => {
      if (areInside === true) return { checked: rowCount, violations: 0n }
      const [violations] = await ask(sql`SELECT ${countOf(broken)} FROM ${id(DATA)}`)
      return { checked: rowCount, violations: cellCount(violations) }
    },
  }
}

/** The scan tells whether any value occurs twice; only then are the rows counted, by groups. */
export function measureUnique(rule: Extract<Rule, { check: 'unique' }>, over: MeasureScope): Measure {
  const { scope, where, done } = compileScope(rule, over)
  const { value, references } = compileRowRule(scope, rule, '')
  done()
  const names = references.map((name) => id(name))
  const known = both(where, allKnown(names))
  const distinct = names.length === 1 ? join(names) : sql`(${join(names)})`
  return {
    columns: references,
    scan: [countOf(known), sql`count(DISTINCT ${distinct}) FILTER (WHERE ${known})`],
    judge: async ([checked, values], { ask }) => {
      const asked = cellCount(checked)
      if (asked === cellCount(values)) return { checked: asked, violations: 0n }
      const [violations] = await ask(
        sql`SELECT COALESCE(sum(n), 0)::BIGINT FROM (SELECT count(*) AS n FROM ${id(DATA)} WHERE ${known} GROUP BY ${join(names)} HAVING count(*) > 1) AS groups`,
      )
      return { checked: asked, violations: cellCount(violations) }
    },
    rows: () => ({
      // Only rows that are asked about count as one another's doubles.
      broken: sql`(${known} AND count(*) FILTER (WHERE ${known}) OVER (PARTITION BY ${join(names)}) > 1)`,
      isWindow: true,
      value,
    }),
  }
}

export function measureDependency(
  rule: Extract<Rule, { check: 'functional_dependency' }>,
  over: MeasureScope,
): Measure {
  const { scope, where, done } = compileScope(rule, over)
  const { value, references } = compileRowRule(scope, rule, '')
  done()
  const [column, ...by] = references.map((name) => id(name))
  const group = join(by)
  const known = both(where, allKnown(by))
  const decided = column ?? sql`NULL`
  return {
    columns: references,
    scan: [countOf(known)],
    judge: async ([checked], { ask }) => {
      const [violations] = await ask(
        sql`SELECT COALESCE(sum(n), 0)::BIGINT FROM (SELECT count(*) AS n FROM ${id(DATA)} WHERE ${known} GROUP BY ${group} HAVING min(${decided}) <> max(${decided})) AS groups`,
      )
      return { checked: cellCount(checked), violations: cellCount(violations) }
    },
    rows: () => ({
      broken: sql`(${known} AND COALESCE(min(${decided}) FILTER (WHERE ${known}) OVER (PARTITION BY ${group}) <> max(${decided}) FILTER (WHERE ${known}) OVER (PARTITION BY ${group}), false))`,
      isWindow: true,
      value,
    }),
  }
}

function allKnown(names: readonly Sql[]): Sql {
  return sql`(${join(
    names.map((name) => sql`${name} IS NOT NULL`),
    ' AND ',
  )})`
}
