/** Browsers lay out at most about 17 million pixels (Firefox) and 33 million (Chromium); beyond, scrolling is scaled. */
const MOST_PX = 8_000_000

export interface RowSpace {
  readonly rowCount: number
  readonly rowPx: number
  /** Height of the part in which rows are drawn. */
  readonly viewPx: number
}

/** The height of the element that is scrolled over. */
export function spacerPx({ rowCount, rowPx }: RowSpace): number {
  return Math.min(MOST_PX, rowCount * rowPx)
}

/** Pixels from the first row's top to the view's top when the last row is in sight. */
export function lastTop({ rowCount, rowPx, viewPx }: RowSpace): number {
  return Math.max(0, rowCount * rowPx - viewPx)
}

export function isScaled(space: RowSpace): boolean {
  return space.rowCount * space.rowPx > MOST_PX
}

/** Where the rows stand for a place of the scroll bar. */
export function topOfScroll(space: RowSpace, scrollPx: number): number {
  if (!isScaled(space)) return clamp(scrollPx, 0, lastTop(space))
  const most = spacerPx(space) - space.viewPx
  return most <= 0 ? 0 : Math.round(clamp(scrollPx / most, 0, 1) * lastTop(space))
}

/** Where the scroll bar stands for a place among the rows. */
export function scrollOfTop(space: RowSpace, top: number): number {
  if (!isScaled(space)) return clamp(top, 0, lastTop(space))
  return (clamp(top, 0, lastTop(space)) / lastTop(space)) * (spacerPx(space) - space.viewPx)
}

/** The first and last row of which a pixel is in sight; last is before first when there are none. */
export function rowsInSight({ rowCount, rowPx, viewPx }: RowSpace, top: number): { first: number; last: number } {
  const first = clamp(Math.floor(top / rowPx), 0, Math.max(0, rowCount - 1))
  return { first, last: Math.min(rowCount - 1, Math.floor((top + viewPx - 1) / rowPx)) }
}

/** The least scrolling that brings a row wholly into sight. */
export function topToShow(space: RowSpace, top: number, row: number): number {
  const above = row * space.rowPx
  const below = (row + 1) * space.rowPx - space.viewPx
  return clamp(Math.max(Math.min(top, above), below), 0, lastTop(space))
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
