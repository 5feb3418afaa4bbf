import { describe, expect, it } from 'vitest'
import type { Cell, Page } from '../../../../engine/contract/page.ts'
import { correspondenceOf, isSame, originsOf, placesBefore, sideBySide } from './align.ts'

const page = (names: string, ...rows: Cell[][]): Page => ({
  columns: names.split('').map((name) => ({ name, type: 'VARCHAR' })),
  rows,
})

const of = (type: string, ...fields: unknown[]) => ({ type, ...(fields.length === 0 ? {} : { fields }) })

describe('where each row was in the input', () => {
  it.each<[string, Page, Page, ReturnType<typeof of>, (number | undefined)[]]>([
    [
      'a map that copies, in another order',
      page('ak', ['1', 'k'], ['2', 'k']),
      page('b', ['2'], ['1']),
      of('map', { to: 'b', from: 'a' }),
      [1, 0],
    ],
    [
      'a map that copies nothing',
      page('a', ['1'], ['2']),
      page('b', ['x'], ['y']),
      of('map', { to: 'b', expr: 'f(a)' }),
      [0, 1],
    ],
    [
      'a cast is no copy',
      page('a', ['1'], ['2']),
      page('a', [1], [2]),
      of('map', { to: 'a', type: 'INTEGER' }),
      [0, 1],
    ],
    ['fewer rows before', page('a', ['1']), page('b', ['x'], ['y']), of('map', { to: 'b', expr: '1' }), [0, undefined]],
    ['a filter', page('a', ['1'], ['2'], ['3']), page('a', ['1'], ['3']), of('filter'), [0, 2]],
    ['equal rows each have their own', page('a', ['1'], ['1'], ['2']), page('a', ['1'], ['1']), of('filter'), [0, 1]],
    ['a row that was not looked at', page('a', ['1']), page('a', ['9'], ['1']), of('filter'), [undefined, 0]],
    ['no column in common', page('a', ['1']), page('b', ['1']), of('filter'), [undefined]],
    ['an aggregate', page('a', ['1']), page('a', ['1']), of('aggregate'), [undefined]],
  ])('%s', (_case, before, after, config, expected) => {
    expect(placesBefore(config, before, after)).toEqual(expected)
  })
})

it.each([
  ['map', 'same'],
  ['filter', 'some'],
  ['aggregate', 'none'],
  ['of a newer engine', 'none'],
  [undefined, 'none'],
])('%s puts rows beside their input: %s', (type, expected) => {
  expect(correspondenceOf(type)).toBe(expected)
})

it('knows what each field of a map takes', () => {
  const fields = [{ to: 'id', from: '编号' }, { to: 'same' }, { to: 'sum', expr: 'a+b' }, { to: 'one', value: 1 }, null]
  const origins = originsOf({ type: 'map', fields }, ['id', 'same', 'sum', 'one', 'rest'])
  expect([...origins]).toEqual([
    ['id', '编号'],
    ['same', 'same'],
    ['rest', 'rest'],
  ])
})

it('puts what changed beside what it was and shows the rest once', () => {
  const before = page('abc', ['1', 'x', 'k'], ['2', 'y', 'k'])
  const after = page('dbce', ['1', 'x', 'k', 'new'], ['2', 'Y', 'k', 'new'])
  const origins = new Map([
    ['d', 'a'],
    ['b', 'b'],
    ['c', 'c'],
  ])
  const shown = sideBySide(before, after, origins, [0, 1])
  expect(shown.columns.map(({ name, side }) => `${side} ${name}`)).toEqual([
    'before a',
    'after d',
    'before b',
    'after b',
    'after c',
    'after e',
  ])
  expect(shown.rows).toEqual([
    ['1', '1', 'x', 'x', 'k', 'new'],
    ['2', '2', 'y', 'Y', 'k', 'new'],
  ])
  expect([...shown.changed]).toEqual(['1:3'])
})

it.each<[Cell | undefined, Cell | undefined, boolean]>([
  [1, 1, true],
  [null, null, true],
  [null, '', false],
  ['1', 1, false],
  [[1, { a: 2 }], [1, { a: 2 }], true],
  [{ a: 1 }, { a: 2 }, false],
  [{ a: 1 }, null, false],
])('%j and %j are the same: %j', (one, other, expected) => {
  expect(isSame(one, other)).toBe(expected)
})
