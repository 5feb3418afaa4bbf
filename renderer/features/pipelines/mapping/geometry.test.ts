import { expect, it } from 'vitest'
import { curve, type Link, linesInView, ROW_PX } from './geometry.ts'

const view = { leftScrollPx: 0, rightScrollPx: 0, heightPx: 10 * ROW_PX, widthPx: 100 }

it.each<[string, Link, Partial<typeof view>, boolean]>([
  ['both ends in sight', { left: 0, right: 3 }, {}, true],
  ['the left end out of sight', { left: 500, right: 3 }, {}, true],
  ['both ends below', { left: 500, right: 600 }, {}, false],
  ['both ends above', { left: 0, right: 1 }, { leftScrollPx: 900, rightScrollPx: 900 }, false],
  ['ends on either side out of sight', { left: 0, right: 500 }, { leftScrollPx: 900 }, false],
  ['scrolled to', { left: 500, right: 900 }, { rightScrollPx: 898 * ROW_PX }, true],
])('%s', (_case, link, scrolled, isDrawn) => {
  expect(linesInView([link], { ...view, ...scrolled })).toHaveLength(isDrawn ? 1 : 0)
})

it('draws only what is in sight of a thousand', () => {
  const links = Array.from({ length: 1_000 }, (_, place) => ({ left: place, right: place }))
  expect(linesInView(links, view).map(({ left }) => left)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

it('leaves and arrives level', () => {
  expect(curve(14, 42, 100)).toBe('M0 14 C50 14 50 42 100 42')
})
