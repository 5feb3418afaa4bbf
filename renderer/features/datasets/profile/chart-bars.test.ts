import { describe, expect, it } from 'vitest'
import { barsOf, nextBins, shortEdge } from './chart-bars.ts'

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
