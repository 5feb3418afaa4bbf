import type { Cell } from '../../../engine/contract/page.ts'

export interface GridColumn {
  readonly name: string
  /** DuckDB's. */
  readonly type: string
  readonly comment?: string
  /** In pixels; by name and type when absent. */
  readonly width?: number
}

export interface GridPage {
  readonly rows: readonly (readonly Cell[])[]
  /** Cells of which only the beginning came: `row:column` with `row` counted from the page's first. */
  readonly cut?: ReadonlySet<string>
}

/** Rows that are asked for as they come into sight. Another `fetch` is another result: nothing of the old one is kept. */
export interface RowSource {
  /** Rows that can be paged to now; may grow. */
  readonly rowCount: number
  readonly fetch: (offset: number, limit: number, signal: AbortSignal) => Promise<GridPage>
  /** One value, whole. Needed where pages have cells of which only the beginning came. */
  readonly cell?: (row: number, column: number, signal: AbortSignal) => Promise<Cell>
}

/** Rows that are all here already: a preview, a list of rejects. Keep the result: another one is other rows. */
export function fixedRows(rows: readonly (readonly Cell[])[]): RowSource {
  return {
    rowCount: rows.length,
    fetch: (offset, limit) => Promise.resolve({ rows: rows.slice(offset, offset + limit) }),
  }
}

/** What the owner of a grid keeps of its columns. Without an owner widths and fixed columns last as long as the grid. */
export interface HeldColumns {
  /** How many stay at the left. */
  readonly fixed: number
  readonly onFix: (columns: number) => void
  /** In pixels, by column id (column-ids.ts), of those that were changed; what they are at the beginning. */
  readonly widths: Readonly<Record<string, number>>
  readonly onWidths: (widths: Readonly<Record<string, number>>) => void
  /** Places among the columns that are shown. */
  readonly onMove: (from: number, to: number) => void
}

export interface GridHandle {
  /** Brings a row to the top and selects its first cell. */
  goTo(row: number): void
}

export interface CellPlace {
  readonly row: number
  readonly column: number
}
