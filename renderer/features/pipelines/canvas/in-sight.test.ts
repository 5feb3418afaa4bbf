import { expect, it } from 'vitest'
import { isInSight } from './in-sight.ts'

const WINDOW = { x: 100, y: 50, width: 400, height: 300 }

it.each([
  ['in the middle', { x: 200, y: 100, width: 190, height: 44 }, true],
  ['at the edges', WINDOW, true],
  ['over the right edge', { x: 400, y: 100, width: 190, height: 44 }, false],
  ['over the left edge', { x: 90, y: 100, width: 190, height: 44 }, false],
  ['over the top', { x: 200, y: 40, width: 190, height: 44 }, false],
  ['over the bottom', { x: 200, y: 320, width: 190, height: 44 }, false],
  ['far away', { x: 2_000, y: 2_000, width: 190, height: 44 }, false],
])('a box %s', (_case, box, expected) => {
  expect(isInSight(box, WINDOW)).toBe(expected)
})
