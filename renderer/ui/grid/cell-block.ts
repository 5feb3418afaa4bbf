import type { CellPlace } from './grid-types.ts'

/** From where a range was begun to where it is now; both the same for one cell. */
export interface Selection {
  readonly anchor: CellPlace
  readonly focus: CellPlace
}

export interface Block {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export function blockOf({ anchor, focus }: Selection): Block {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
  }
}

export function isInside({ top, bottom, left, right }: Block, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right
}

interface Extent {
  readonly rows: number
  readonly columns: number
  /** Rows of a view, for the page keys. */
  readonly pageRows: number
}

interface Pressed {
  readonly key: string
  readonly isExtending: boolean
  /** Ctrl, or ⌘ on a Mac. */
  readonly isFar: boolean
}

/** Where a key takes the selection, after the grid pattern of the ARIA authoring practices; undefined when it is no such key. */
export function moved(
  selection: Selection,
  { key, isExtending, isFar }: Pressed,
  extent: Extent,
): Selection | undefined {
  const { row, column } = selection.focus
  const [lastRow, lastColumn] = [extent.rows - 1, extent.columns - 1]
  const targets: Record<string, CellPlace> = {
    ArrowUp: { row: isFar ? 0 : row - 1, column },
    ArrowDown: { row: isFar ? lastRow : row + 1, column },
    ArrowLeft: { row, column: isFar ? 0 : column - 1 },
    ArrowRight: { row, column: isFar ? lastColumn : column + 1 },
    PageUp: { row: row - extent.pageRows, column },
    PageDown: { row: row + extent.pageRows, column },
    Home: { row: isFar ? 0 : row, column: 0 },
    End: { row: isFar ? lastRow : row, column: lastColumn },
  }
  const target = targets[key]
  if (target === undefined || extent.rows === 0 || extent.columns === 0) return undefined
  const focus = { row: within(target.row, lastRow), column: within(target.column, lastColumn) }
  return { anchor: isExtending ? selection.anchor : focus, focus }
}

function within(value: number, last: number): number {
  return Math.min(last, Math.max(0, value))
}
