import { describe, expect, it } from 'vitest'
import { drawnColumns, gutterFor } from './column-window.ts'

const sizes = [100, 50, 80, 120]

describe('the drawn columns', () => {
  it.each([
    [
      'in sight only',
      0,
      [1, 2],
      [
        [1, 160, false],
        [2, 210, false],
      ],
    ],
    [
      'fixed and in sight',
      1,
      [2, 3],
      [
        [0, 60, true],
        [2, 210, false],
        [3, 290, false],
      ],
    ],
    [
      'fixed ones once',
      2,
      [0, 1, 2],
      [
        [0, 60, true],
        [1, 160, true],
        [2, 210, false],
      ],
    ],
    ['of a grid that has fewer by now', 0, [3, 4, 5], [[3, 290, false]]],
  ])('%s', (_case, fixed, inSight, drawn) => {
    expect(drawnColumns(sizes, fixed, inSight, 60).map(({ index, start, isFixed }) => [index, start, isFixed])).toEqual(
      drawn,
    )
  })
})

it.each([
  [0, 48],
  [1_000, 56],
  [100_000_000, 96],
])('makes room for the number %i', (rows, px) => {
  expect(gutterFor(rows)).toBe(px)
})
