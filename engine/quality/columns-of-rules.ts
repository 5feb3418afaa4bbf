import type { Column } from '../contract/column.ts'
import type { Rule } from '../contract/rule.ts'
import { findColumn } from '../pipeline/names.ts'
import { compileScope } from './rule-measure.ts'

/** The columns that rules look at, in the dataset's order: what a reader may leave out is the rest. All for a query of a person. */
export function columnsOfRules(
  rules: readonly Rule[],
  columns: readonly Column[],
  key: readonly string[],
): readonly string[] {
  const names = columns.map(({ name }) => name)
  if (rules.some(({ check }) => check === 'sql')) return names
  const wanted = new Set(
    [...key, ...rules.flatMap((rule) => namesIn(rule, columns))].flatMap(
      (name) => findColumn(columns, name)?.name ?? [],
    ),
  )
  const needed = names.filter((name) => wanted.has(name))
  // A reader cannot read no column at all, even when only the number of rows matters.
  return needed.length === 0 ? names.slice(0, 1) : needed
}

function namesIn(rule: Rule, columns: readonly Column[]): string[] {
  const { input } = compileScope({ ...rule, where: undefined }, { rules: '', columns })
  const texts = [rule.where, 'expr' in rule ? rule.expr : undefined].filter((text) => text !== undefined)
  return [
    ...('columns' in rule ? rule.columns : []),
    ...('column' in rule && rule.column !== undefined ? [rule.column] : []),
    ...('by' in rule ? rule.by : []),
    ...texts.flatMap((text) => input.expression('', text).references),
  ]
}
