import { expect, it } from 'vitest'
import { columnIds } from './column-ids.ts'

it.each([
  [[], []],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [
    ['a', 'a', 'b', 'a'],
    ['a', 'a\u00002', 'b', 'a\u00003'],
  ],
])('of %j', (names, ids) => {
  expect(columnIds(names.map((name) => ({ name })))).toEqual(ids)
})
