import { expect, it } from 'vitest'
import { barHeights } from './sparkline.ts'

it.each([
  [[], []],
  [
    [0, 0],
    [0, 0],
  ],
  [
    [1, 4, 2],
    [0.25, 1, 0.5],
  ],
])('%j as bars', (values, expected) => {
  expect(barHeights(values)).toEqual(expected)
})
