import { describe, expect, it } from 'vitest'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import { conditionOf, operatorsFor, takesValue, withCondition, withSql, writtenValue } from './filtering.ts'
import { nextSort, type SortKey } from './sorting.ts'

const up = (column: string): SortKey => ({ column, direction: 'ascending' })
const down = (column: string): SortKey => ({ column, direction: 'descending' })

describe('a click on a header', () => {
  it.each<[string, SortKey[], boolean, SortKey[]]>([
    ['sorts', [], false, [up('a')]],
    ['turns the order', [up('a')], false, [down('a')]],
    ['takes the order away', [down('a')], false, []],
    ['drops other columns', [up('b')], false, [up('a')]],
    ['adds to other columns', [up('b')], true, [up('b'), up('a')]],
    ['turns one of several in its place', [up('a'), up('b')], true, [down('a'), up('b')]],
    ['takes one of several away', [down('a'), up('b')], true, [up('b')]],
  ])('%s', (_case, sort, isAdded, then) => {
    expect(nextSort(sort, 'a', isAdded)).toEqual(then)
  })
})

describe('the operators', () => {
  it.each([
    ['VARCHAR', 'contains', true],
    ['DECIMAL(10,2)', 'equal', false],
    ['DATE', 'equal', false],
    ['BOOLEAN', 'equal', false],
    ['JSON', 'contains', false],
  ])('of %s begin with %s', (type, first, hasEmptiness) => {
    const operators = operatorsFor(type)
    expect(operators[0]).toBe(first)
    expect(operators.includes('is_empty')).toBe(hasEmptiness)
    expect(new Set(operators).size).toBe(operators.length)
  })
})

describe('a condition', () => {
  it.each<[string, Parameters<typeof conditionOf>, ReturnType<typeof conditionOf>]>([
    ['of a value', ['a', 'equal', '007'], { column: 'a', operator: 'equal', value: '007' }],
    ['of a list', ['a', 'in', 'x\n\ny z\n'], { column: 'a', operator: 'in', value: ['x', 'y z'] }],
    ['without a value', ['a', 'is_null', 'left over'], { column: 'a', operator: 'is_null' }],
    ['that lacks its value', ['a', 'less', ''], undefined],
    ['of an empty list', ['a', 'in', '\n'], undefined],
  ])('%s', (_case, [column, operator, written], condition) => {
    expect(conditionOf(column, operator, written)).toEqual(condition)
  })
})

it.each(['007', 'x\ny z'])('shows a condition on %j as it was written', (written) => {
  const operator = written.includes('\n') ? 'in' : 'equal'
  const condition = conditionOf('a', operator, written)
  expect(condition === undefined ? undefined : writtenValue(condition)).toBe(written)
})

it('knows which comparisons take no value', () => {
  expect([takesValue('is_null'), takesValue('equal')]).toEqual([false, true])
})

describe('the filters', () => {
  const filters: Filter[] = [{ column: 'a', operator: 'is_null' }, { sql: 'b > 1' }]
  it.each<[string, Filter[], Filter[]]>([
    [
      'get a column’s other condition',
      withCondition(filters, 'a', { column: 'a', operator: 'is_not_null' }),
      [{ sql: 'b > 1' }, { column: 'a', operator: 'is_not_null' }],
    ],
    ['lose a column’s condition', withCondition(filters, 'a', undefined), [{ sql: 'b > 1' }]],
    ['get another condition in SQL', withSql(filters, ' c '), [{ column: 'a', operator: 'is_null' }, { sql: 'c' }]],
    ['lose the condition in SQL', withSql(filters, ' '), [{ column: 'a', operator: 'is_null' }]],
  ])('%s', (_case, then, expected) => {
    expect(then).toEqual(expected)
  })
})
