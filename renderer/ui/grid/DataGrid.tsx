import { type KeyboardEvent, type ReactNode, type Ref, type RefObject, useId, useRef, useState } from 'react'
import { toFailure } from '../../../engine/contract/failure.ts'
import type { Cell } from '../../../engine/contract/page.ts'
import { FailureNotice } from '../failure/FailureNotice.tsx'
import { gutterFor } from './column-window.ts'
import styles from './DataGrid.module.css'
import { GridBody } from './GridBody.tsx'
import { GridHead, type HeadOffers } from './GridHead.tsx'
import { GridMenu } from './GridMenu.tsx'
import type { CellPlace, GridColumn, GridHandle, HeldColumns, RowSource } from './grid-types.ts'
import { useColumnKeys } from './use-column-keys.ts'
import { useCopy } from './use-copy.ts'
import { useDrawnColumns } from './use-drawn-columns.ts'
import { useGridColumns } from './use-grid-columns.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useRows } from './use-rows.ts'
import { useSelection } from './use-selection.ts'

const ROW_PX = 26
const HEAD_PX = 44

export interface DataGridProps extends HeadOffers {
  readonly label: string
  readonly columns: readonly GridColumn[]
  readonly source: RowSource
  /** Enter or a double click on a cell. */
  readonly onOpenCell?: (place: CellPlace, value: Cell) => void
  /** The row of the selected cell, as it moves. */
  readonly onSelectRow?: (row: number) => void
  /** A mark on a cell: `changed` and the like, as its `data-mark`. */
  readonly markOf?: (row: number, column: number) => string | undefined
  /** Entries of the context menu beside copying. */
  readonly menu?: (
    place: CellPlace,
  ) => readonly { readonly key: string; readonly label: ReactNode; readonly onClick: () => void }[]
  readonly handle?: Ref<GridHandle>
  readonly held?: HeldColumns
}

/**
 * A grid over any number of rows: pages are asked for as they come into sight, and only cells in sight are drawn.
 *
 * One cell has the focus (`aria-activedescendant`); the grid itself is the one stop of the Tab key.
 */
export function DataGrid(props: DataGridProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [own, setOwn] = useState(0)
  const fixed = props.held?.fixed ?? own
  const { table, scroll, across, rows, selection, ...acts } = useGrid(props, scroller, fixed)
  const { focus } = selection
  const width = across.widthPx
  return (
    <GridMenu onCopy={acts.copy} place={focus} fixed={fixed} onFix={props.held?.onFix ?? setOwn} extra={props.menu}>
      <div
        ref={scroller}
        className={styles['grid']}
        onScroll={scroll.onScroll}
        onKeyDown={acts.keys}
        {...gridRole(props, props.source.rowCount > 0 ? `${id}-${focus.row}-${focus.column}` : undefined)}
      >
        <div role="presentation" style={{ height: scroll.scale.heightPx + HEAD_PX, width, minWidth: '100%' }}>
          <div role="presentation" className={styles['view']} style={{ height: scroll.viewPx + HEAD_PX, width }}>
            <GridHead
              {...offersOf(props)}
              columns={props.columns}
              table={table}
              drawn={across.drawn}
              height={HEAD_PX}
              gutter={across.gutterPx}
              {...(props.held === undefined ? {} : { onMove: props.held.onMove })}
            />
            <GridBody
              id={id}
              first={scroll.first}
              lastRow={rows.last}
              rowPx={ROW_PX}
              viewPx={scroll.viewPx}
              gutterPx={across.gutterPx}
              cache={rows.cache}
              columns={props.columns}
              drawn={across.drawn}
              selection={selection}
              onSelect={acts.select}
              onOpen={acts.open}
              markOf={props.markOf}
            />
          </div>
        </div>
      </div>
      {rows.error !== undefined && <FailureNotice failure={toFailure(rows.error)} onRetry={rows.retry} />}
    </GridMenu>
  )
}

/** Those alone that the head has: what else changes does not draw it anew. */
function offersOf({ sort, onSort, filtered, filterOf, noteOf }: DataGridProps): HeadOffers {
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(onSort === undefined ? {} : { onSort }),
    ...(filtered === undefined ? {} : { filtered }),
    ...(filterOf === undefined ? {} : { filterOf }),
    ...(noteOf === undefined ? {} : { noteOf }),
  }
}

/** What the parts of a grid share: the columns and rows in sight, the selected block, and what can be done with it. */
function useGrid(props: DataGridProps, scroller: RefObject<HTMLDivElement | null>, fixed: number) {
  const { columns, source, onOpenCell } = props
  const gutterPx = gutterFor(source.rowCount)
  const table = useGridColumns(columns, props.held)
  const sizes = table.getVisibleLeafColumns().map((column) => column.getSize())
  const scroll = useRowScroll(scroller, source.rowCount, ROW_PX, HEAD_PX)
  const across = useDrawnColumns({ scroller, sizes, fixed, gutterPx })
  const first = Math.floor(scroll.first)
  const last = Math.min(source.rowCount - 1, Math.ceil(scroll.first + scroll.viewPx / ROW_PX))
  const { cache, error } = useRows(source, first, last)
  const [selection, select] = useSelection({
    scroller,
    handle: props.handle,
    showRow: scroll.show,
    jumpTo: scroll.jump,
    showColumn: across.show,
    onSelectRow: props.onSelectRow,
  })
  const copy = useCopy(columns, source, cache, selection)
  const open = (place: CellPlace): void => onOpenCell?.(place, cache.row(place.row)?.[place.column] ?? null)
  const keysOfColumns = useColumnKeys({
    table,
    count: columns.length,
    column: selection.focus.column,
    held: props.held,
    onFollow: (column) => {
      const place = { row: selection.focus.row, column }
      select({ anchor: place, focus: place })
    },
  })
  const keysOfCells = useGridKeys({
    selection,
    extent: { rows: source.rowCount, columns: columns.length, pageRows: Math.floor(scroll.viewPx / ROW_PX) },
    onSelect: select,
    onOpen: open,
    onCopy: () => copy('tsv'),
    onHome: () => scroller.current?.scrollTo({ left: 0 }),
  })
  const keys = (event: KeyboardEvent<HTMLElement>): void => {
    if (!keysOfColumns(event)) keysOfCells(event)
  }
  const rows = { last, cache, error, retry: () => cache.want(first, last, source.rowCount) }
  return { table, scroll, across: { ...across, gutterPx }, rows, selection, select, open, copy, keys }
}

/** What the grid says of itself: all of it, not only what is drawn. */
function gridRole({ label, columns, source }: DataGridProps, focusedId: string | undefined) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-label': label,
    'aria-rowcount': source.rowCount + 1,
    // The numbers of the rows are a column too, the first.
    'aria-colcount': columns.length + 1,
    'aria-multiselectable': true,
    ...(focusedId === undefined ? {} : { 'aria-activedescendant': focusedId }),
  } as const
}
