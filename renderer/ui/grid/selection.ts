export interface GridPlace {
  readonly row: number
  readonly column: number
}

/** A rectangle from where it was begun to where the focus stands. */
export interface Selection {
  readonly anchor: GridPlace
  readonly focus: GridPlace
}

/** Both ends included. */
export interface Range {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

export interface GridSize {
  readonly rowCount: number
  readonly columnCount: number
  readonly pageRows: number
}

export const START: Selection = { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } }

export function rangeOf({ anchor, focus }: Selection): Range {
  return {
    firstRow: Math.min(anchor.row, focus.row),
    lastRow: Math.max(anchor.row, focus.row),
    firstColumn: Math.min(anchor.column, focus.column),
    lastColumn: Math.max(anchor.column, focus.column),
  }
}

export function isInside({ firstRow, lastRow, firstColumn, lastColumn }: Range, row: number, column: number): boolean {
  return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn
}

/** A new selection of one cell, or the old one stretched to it. */
export function selectTo(selection: Selection, focus: GridPlace, isStretched: boolean): Selection {
  return isStretched ? { anchor: selection.anchor, focus } : { anchor: focus, focus }
}

/** The whole column, row or grid. */
export function selectAll(size: GridSize, row?: number, column?: number): Selection {
  return {
    anchor: { row: row ?? 0, column: column ?? 0 },
    focus: { row: row ?? Math.max(0, size.rowCount - 1), column: column ?? Math.max(0, size.columnCount - 1) },
  }
}

export interface PressedKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** Where a key moves the focus, after the grid pattern of the ARIA authoring practices; undefined when it does not. */
export function moved(selection: Selection, pressed: PressedKey, size: GridSize): Selection | undefined {
  const isFar = pressed.ctrlKey || pressed.metaKey
  if (isFar && pressed.key.toLowerCase() === 'a') return selectAll(size)
  const to = target(selection.focus, pressed.key, isFar, size)
  if (to === undefined) return undefined
  const row = Math.min(Math.max(0, size.rowCount - 1), Math.max(0, to.row))
  const column = Math.min(Math.max(0, size.columnCount - 1), Math.max(0, to.column))
  return selectTo(selection, { row, column }, pressed.shiftKey)
}

function target({ row, column }: GridPlace, key: string, isFar: boolean, size: GridSize): GridPlace | undefined {
  const moves: Record<string, GridPlace> = {
    ArrowUp: { row: isFar ? 0 : row - 1, column },
    ArrowDown: { row: isFar ? size.rowCount : row + 1, column },
    ArrowLeft: { row, column: isFar ? 0 : column - 1 },
    ArrowRight: { row, column: isFar ? size.columnCount : column + 1 },
    PageUp: { row: row - size.pageRows, column },
    PageDown: { row: row + size.pageRows, column },
    Home: isFar ? { row: 0, column: 0 } : { row, column: 0 },
    End: isFar ? { row: size.rowCount, column: size.columnCount } : { row, column: size.columnCount },
  }
  return Object.hasOwn(moves, key) ? moves[key] : undefined
}
