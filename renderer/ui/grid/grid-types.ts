import type { Cell } from '../../../engine/contract/page.ts'

export interface GridColumn {
  readonly name: string
  /** DuckDB's. */
  readonly type: string
  readonly comment?: string
}

export interface GridPage {
  readonly rows: readonly (readonly Cell[])[]
  /** Cells of which only the beginning came: `row:column` with `row` counted from the page's first. */
  readonly cut?: ReadonlySet<string>
}

/** Rows that are asked for as they come into sight. Another object is another result: nothing of the old one is kept. */
export interface RowSource {
  /** Rows that can be paged to now. */
  readonly rowCount: number
  fetch(offset: number, limit: number, signal: AbortSignal): Promise<GridPage>
}

export interface CellPlace {
  readonly row: number
  readonly column: number
}
