import type { Cell, Page } from '../../../engine/contract/page.ts'

export type Row = Page['rows'][number]

/** A cell of which a page holds only the beginning. `row` counts from the page's first. */
export interface CutCell {
  readonly row: number
  readonly column: number
  readonly characters: number
}

export interface RowPage {
  /** Fewer than asked for at the end, or where reading has not come so far yet. */
  readonly rows: readonly Row[]
  readonly cut?: readonly CutCell[]
  /** Rows that can be paged to now. */
  readonly rowCount: number
  /** More may come: the count is asked for again after a while. */
  readonly isReading: boolean
}

/** Where a grid's rows come from. A change of the object is other rows. */
export interface RowSource {
  /** One at a time; the grid ends a call it needs no longer before it makes another. */
  readonly fetch: (offset: number, limit: number, signal: AbortSignal) => Promise<RowPage>
  /** One value, whole. Without it the pages hold whole values. */
  readonly cell?: (row: number, column: number, signal: AbortSignal) => Promise<Cell>
  /** How many rows are known to be there before the first page came. */
  readonly knownRows: number
}

/** Rows that are all here already: a preview, a list of rejects. */
export function fixedRows(rows: readonly Row[]): RowSource {
  return {
    knownRows: rows.length,
    fetch: (offset, limit) =>
      Promise.resolve({ rows: rows.slice(offset, offset + limit), rowCount: rows.length, isReading: false }),
  }
}
