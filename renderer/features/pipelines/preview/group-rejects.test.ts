import { expect, it } from 'vitest'
import { groupRejects } from './group-rejects.ts'

const reject = (rule: string, column: string | null, locator: string) => ({
  rule,
  column,
  value: null,
  reason: '',
  locator,
  raw: null,
})

it('groups by rule and column, the largest first, each in its order', () => {
  const rejects = [reject('a', null, '1'), reject('b', 'x', '2'), reject('b', 'y', '3'), reject('b', 'x', '4')]
  const groups = groupRejects(rejects)
  expect(groups.map(({ rule, column, members }) => [rule, column, ...members.map(({ locator }) => locator)])).toEqual([
    ['b', 'x', '2', '4'],
    ['a', undefined, '1'],
    ['b', 'y', '3'],
  ])
})
