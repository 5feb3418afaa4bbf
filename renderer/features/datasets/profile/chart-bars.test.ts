import { describe, expect, it } from 'vitest'
import type { ColumnProfile } from '../../../../engine/contract/profile/column-profile.ts'
import { barsOf, countsSoFar, nextBins, shortEdge } from './chart-bars.ts'

describe('bars', () => {
  it('of a range have their edges, and one for none where there is any', () => {
    const range = { kind: 'range' as const, column: 'a', edges: ['0.0', '0.333333333', '1'] }
    expect(barsOf(range, [1, 2, 0], [3, 4, 0])).toEqual([
      { bin: 0, label: '0 … 0.333333', role: 'bin', count: 1, all: 3 },
      { bin: 1, label: '0.333333 … 1', role: 'bin', count: 2, all: 4 },
    ])
    expect(barsOf(range, [1, 2, 5], [3, 4, 6]).at(-1)).toEqual({
      bin: 2,
      label: undefined,
      role: 'none',
      count: 5,
      all: 6,
    })
  })

  it('of values tell the others apart from none', () => {
    const bars = barsOf({ kind: 'values', column: 'a', values: ['x'] }, [1, 2, 3], [1, 2, 3])
    expect(bars.map(({ label, role }) => [label, role])).toEqual([
      ['x', 'bin'],
      [undefined, 'other'],
      [undefined, 'none'],
    ])
  })
})

it('until all rows are counted the profile’s own counts are shown', () => {
  const column: ColumnProfile = {
    name: 'a',
    type: 'VARCHAR',
    kind: 'text',
    exact: { nulls: 4, distinct: { count: 3, error: 0 } },
    detail: {
      values: 10,
      top: [
        { value: 'x', count: 5 },
        { value: 'y', count: 3 },
      ],
      singles: 0,
      rare: [],
      semantic: [],
      histogram: [
        { from: '0', to: '1', count: 6 },
        { from: '1', to: '2', count: 4 },
      ],
    },
    topIsExact: true,
  }
  expect(countsSoFar({ kind: 'values', column: 'a', values: ['x', 'y'] }, column)).toEqual([5, 3, 2, 4])
  expect(countsSoFar({ kind: 'range', column: 'a', edges: ['0', '1', '2'] }, column)).toEqual([6, 4, 4])
  expect(countsSoFar({ kind: 'patterns', column: 'a', patterns: ['a'] }, column)).toEqual([0, 10, 4])
  expect(countsSoFar({ kind: 'condition', sql: 'true' }, column)).toEqual([])
})

it.each([
  ['2024-01-31 00:00:00', '2024-01-31'],
  ['2024-01-31 10:00:00.123', '2024-01-31 10:00:00'],
  ['12345678', '12345700'],
  ['x', 'x'],
  ['', ''],
])('shortens %s', (edge, shown) => expect(shortEdge(edge)).toBe(shown))

it.each([
  ['one', [], 3, false, [3]],
  ['another in its place', [3], 4, false, [4]],
  ['the same again', [3], 3, false, []],
  ['one of several alone', [3, 4], 3, false, [3]],
  ['one more', [4], 3, true, [3, 4]],
  ['one less', [3, 4], 3, true, [4]],
] as const)('a click chooses %s', (_case, bins, bin, isAdded, next) =>
  expect(nextBins(bins, bin, isAdded)).toEqual(next),
)
