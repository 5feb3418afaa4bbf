/** A column that is drawn now. */
export interface DrawnColumn {
  /** Of the column in the data. */
  readonly index: number
  /** Pixels from the left edge of the rows to that of the column. */
  readonly start: number
  readonly size: number
  /** Stays at the left while the others scroll. */
  readonly isFixed: boolean
}

/** The fixed columns, which are always drawn, then those in sight. */
export function drawnColumns(
  sizes: readonly number[],
  fixed: number,
  inSight: readonly number[],
  gutterPx: number,
): readonly DrawnColumn[] {
  const starts = startsOf(sizes, gutterPx)
  const drawn = (index: number): DrawnColumn => ({
    index,
    start: starts[index] ?? 0,
    size: sizes[index] ?? 0,
    isFixed: index < fixed,
  })
  const first = sizes.slice(0, fixed).map((_, index) => drawn(index))
  return [...first, ...inSight.filter((index) => index >= fixed && index < sizes.length).map(drawn)]
}

function startsOf(sizes: readonly number[], gutterPx: number): readonly number[] {
  let start = gutterPx
  return sizes.map((size) => {
    start += size
    return start - size
  })
}

/** Room for the numbers of that many rows. */
export function gutterFor(rowCount: number): number {
  return Math.max(48, String(rowCount).length * 8 + 24)
}
