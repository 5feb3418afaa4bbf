/** Browsers stop placing things right somewhere between 16 and 33 million pixels; this is well below. */
const HIGHEST_PX = 8_000_000

export interface ScrollScale {
  /** Height of what is scrolled. */
  readonly heightPx: number
  /** The row at the top of the view, with its fraction, when the bar stands at `scrollTop`. */
  rowAt(scrollTop: number): number
  /** Where the bar stands when `row` is at the top. */
  topOf(row: number): number
  /** The last row that can be at the top. */
  readonly lastFirst: number
}

/**
 * Places any number of rows on a bar of limited height: one to one while they fit, else in proportion. In proportion a pixel of the
 * bar is many rows, so the wheel must move by rows and not by the bar.
 */
export function scrollScale(rows: number, rowPx: number, viewPx: number): ScrollScale {
  const truePx = rows * rowPx
  const heightPx = Math.min(truePx, HIGHEST_PX)
  const lastFirst = Math.max(0, rows - viewPx / rowPx)
  const rangePx = Math.max(1, heightPx - viewPx)
  const isScaled = truePx > HIGHEST_PX
  return {
    heightPx,
    lastFirst,
    rowAt: (scrollTop) => clamp(isScaled ? (scrollTop / rangePx) * lastFirst : scrollTop / rowPx, lastFirst),
    topOf: (row) => {
      const first = clamp(row, lastFirst)
      return isScaled ? (lastFirst === 0 ? 0 : (first / lastFirst) * rangePx) : first * rowPx
    },
  }
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}
