import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isScaled,
  lastTop,
  type RowSpace,
  rowsInSight,
  scrollOfTop,
  spacerPx,
  topOfScroll,
  topToShow,
} from './row-window.ts'

const small: RowSpace = { rowCount: 1_000, rowPx: 26, viewPx: 520 }
const huge: RowSpace = { rowCount: 100_000_000, rowPx: 26, viewPx: 520 }

describe('scrolling', () => {
  it('is the browser’s own while the rows fit', () => {
    expect(isScaled(small)).toBe(false)
    expect(spacerPx(small)).toBe(26_000)
    expect(topOfScroll(small, 1_234)).toBe(1_234)
  })

  it('reaches both ends of a hundred million rows', () => {
    expect(isScaled(huge)).toBe(true)
    expect(spacerPx(huge)).toBeLessThanOrEqual(16_000_000)
    expect(rowsInSight(huge, topOfScroll(huge, 0)).first).toBe(0)
    expect(rowsInSight(huge, topOfScroll(huge, spacerPx(huge) - huge.viewPx)).last).toBe(99_999_999)
  })

  it('stands at the same place there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lastTop(huge) }), (top) => {
        expect(Math.abs(topOfScroll(huge, scrollOfTop(huge, top)) - top)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('rows in sight', () => {
  it.each([
    ['at the top', small, 0, { first: 0, last: 19 }],
    ['between two rows', small, 13, { first: 0, last: 20 }],
    ['at the end', small, 25_480, { first: 980, last: 999 }],
    ['of none', { ...small, rowCount: 0 }, 0, { first: 0, last: -1 }],
    ['of few', { ...small, rowCount: 3 }, 0, { first: 0, last: 2 }],
  ])('%s', (_case, space, top, rows) => {
    expect(rowsInSight(space, top)).toEqual(rows)
  })
})

describe('showing a row', () => {
  it.each([
    ['that is in sight moves nothing', 100, 10, 100],
    ['above', 1_000, 10, 260],
    ['below', 0, 40, 546],
    ['the last', 0, 999, 25_480],
  ])('%s', (_case, top, row, then) => {
    expect(topToShow(small, top, row)).toBe(then)
  })
})
