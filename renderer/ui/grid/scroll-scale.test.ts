import { describe, expect, it } from 'vitest'
import { scrollScale } from './scroll-scale.ts'

describe.each([
  ['few rows', 100],
  ['a million', 1_000_000],
  ['a hundred million', 100_000_000],
])('%s', (_case, rows) => {
  const [rowPx, viewPx] = [24, 600]
  const scale = scrollScale(rows, rowPx, viewPx)

  it('fit on the bar', () => {
    expect(scale.heightPx).toBeLessThanOrEqual(8_000_000)
  })
  it('begin at the first and end with the last in view', () => {
    expect(scale.rowAt(0)).toBe(0)
    expect(scale.rowAt(scale.heightPx - viewPx)).toBeCloseTo(rows - viewPx / rowPx, 3)
  })
  it.each([0, 0.25, 0.5, 0.999, 1])('are found again at %d of the way', (share) => {
    const row = share * scale.lastFirst
    expect(scale.rowAt(scale.topOf(row))).toBeCloseTo(row, 3)
  })
  it('do not go beyond either end', () => {
    expect(scale.rowAt(-50)).toBe(0)
    expect(scale.topOf(rows * 2)).toBeLessThanOrEqual(scale.heightPx - viewPx + 0.001)
  })
})

it.each([
  [0, 24, 600],
  [3, 24, 600],
])('%i rows that are all in view do not scroll', (rows, rowPx, viewPx) => {
  const scale = scrollScale(rows, rowPx, viewPx)
  expect(scale.lastFirst).toBe(0)
  expect(scale.rowAt(500)).toBe(0)
})
