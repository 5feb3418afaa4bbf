import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Block, Selection } from './cell-block.ts'
import { blockOf } from './cell-block.ts'
import type { DrawnColumn } from './column-window.ts'
import styles from './DataGrid.module.css'
import { GridRow } from './GridRow.tsx'
import type { CellPlace, GridColumn } from './grid-types.ts'
import type { PageCache } from './page-cache.ts'

interface GridBodyProps {
  /** Of the grid: the beginning of the ids of its cells. */
  readonly id: string
  /** The row at the top with its fraction. */
  readonly first: number
  readonly lastRow: number
  readonly rowPx: number
  readonly viewPx: number
  readonly gutterPx: number
  readonly cache: PageCache
  readonly columns: readonly GridColumn[]
  readonly drawn: readonly DrawnColumn[]
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly onOpen: (place: CellPlace) => void
  readonly markOf: ((row: number, column: number) => string | undefined) | undefined
}

/** Rows stand still within a block of so many, so that scrolling moves one element and draws only the rows that come. */
const BLOCK_ROWS = 64

/** The rows in sight. */
export function GridBody(props: GridBodyProps) {
  const { id, first, lastRow, rowPx, viewPx, gutterPx, cache, columns, drawn, selection, markOf } = props
  const acts = useRef(props)
  useEffect(() => {
    acts.current = props
  })
  const block = useMemo((): Block => blockOf(selection), [selection])
  const select = useCallback((place: CellPlace, isExtending: boolean): void => {
    const { selection: now, onSelect } = acts.current
    onSelect({ anchor: isExtending ? now.anchor : place, focus: place })
  }, [])
  const open = useCallback((place: CellPlace): void => acts.current.onOpen(place), [])
  const firstRow = Math.floor(first)
  const base = Math.floor(firstRow / BLOCK_ROWS) * BLOCK_ROWS
  // A row takes the place of one that went out of sight: its elements are used again. As many as ever are in sight, with one at each end.
  const places = Math.ceil(viewPx / rowPx) + 2
  const rows = Array.from({ length: Math.max(0, lastRow - firstRow + 1) }, (_, offset) => firstRow + offset)
  return (
    <div role="presentation" className={styles['body']} style={{ height: viewPx }}>
      <div role="rowgroup" style={{ transform: `translateY(${(base - first) * rowPx}px)` }}>
        {rows.map((row) => (
          <GridRow
            key={row % places}
            id={id}
            row={row}
            top={(row - base) * rowPx}
            gutterPx={gutterPx}
            cells={cache.row(row)}
            columns={columns}
            drawn={drawn}
            block={row >= block.top && row <= block.bottom ? block : undefined}
            focusColumn={selection.focus.row === row ? selection.focus.column : undefined}
            onSelect={select}
            onOpen={open}
            markOf={markOf}
          />
        ))}
      </div>
    </div>
  )
}
