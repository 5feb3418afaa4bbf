import type { Filter } from '../../../../engine/contract/cursor.ts'
import { isNumeric } from '../../../ui/grid/cell-text.ts'

export type ColumnCondition = Extract<Filter, { column: string }>
export type Operator = ColumnCondition['operator']

/** For which values an operator makes sense, in the order offered. */
const OPERATORS = {
  contains: 'text',
  equal: 'all',
  not_equal: 'all',
  less: 'ordered',
  at_most: 'ordered',
  greater: 'ordered',
  at_least: 'ordered',
  not_contains: 'text',
  starts_with: 'text',
  ends_with: 'text',
  matches: 'text',
  in: 'all',
  is_null: 'all',
  is_not_null: 'all',
  is_empty: 'empty',
  is_not_empty: 'empty',
} as const satisfies Record<Operator, 'all' | 'ordered' | 'text' | 'empty'>

const WITHOUT_VALUE: ReadonlySet<Operator> = new Set(['is_null', 'is_not_null', 'is_empty', 'is_not_empty'])

/** The operators that make sense for values of a DuckDB type, the most usual one first. */
export function operatorsFor(type: string): readonly Operator[] {
  const kinds = kindsFor(type)
  // The keys of a constant are its operators.
  const all = Object.keys(OPERATORS) as Operator[]
  return all.filter((operator) => kinds.includes(OPERATORS[operator]) && !(type === 'BOOLEAN' && operator === 'in'))
}

function kindsFor(type: string): readonly string[] {
  if (type === 'VARCHAR' || type.startsWith('ENUM')) return ['all', 'ordered', 'text', 'empty']
  if (type === 'BOOLEAN') return ['all']
  return isNumeric(type) || /^(?:DATE|TIME)/.test(type) ? ['all', 'ordered'] : ['all', 'text']
}

export function takesValue(operator: Operator): boolean {
  return !WITHOUT_VALUE.has(operator)
}

/** The condition that a person wrote; undefined while a value is missing. A list for `in` stands one value to a line. */
export function conditionOf(column: string, operator: Operator, written: string): ColumnCondition | undefined {
  if (!takesValue(operator)) return { column, operator }
  if (operator === 'in') {
    const values = written.split(/\r?\n/).filter((line) => line !== '')
    return values.length === 0 ? undefined : { column, operator, value: values }
  }
  return written === '' ? undefined : { column, operator, value: written }
}

/** What stands in the input for a condition. */
export function writtenValue({ value }: ColumnCondition): string {
  if (value === undefined) return ''
  return Array.isArray(value) ? value.join('\n') : String(value)
}

/** The filters with this one in the place of the column's; without it when undefined. */
export function withCondition(
  filters: readonly Filter[],
  column: string,
  condition: ColumnCondition | undefined,
): Filter[] {
  const others = filters.filter((filter) => !('column' in filter) || filter.column !== column)
  return condition === undefined ? others : [...others, condition]
}

/** The filters with this condition in SQL in the place of the one before; without it when empty. */
export function withSql(filters: readonly Filter[], sql: string): Filter[] {
  const others = filters.filter((filter) => 'column' in filter)
  return sql.trim() === '' ? others : [...others, { sql: sql.trim() }]
}
