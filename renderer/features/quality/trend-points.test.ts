import { expect, it } from 'vitest'
import { trendPoints } from './trend-points.ts'

it.each([
  [[100, 50, 0], '0.0,0.0 60.0,12.0 120.0,24.0'],
  [[75], '0.0,6.0'],
])('%j lies at %s', (scores, points) => {
  expect(trendPoints(scores, { width: 120, height: 24 })).toBe(points)
})
