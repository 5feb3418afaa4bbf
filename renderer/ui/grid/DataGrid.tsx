import type { Ref } from 'react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { toFailure } from '../../../engine/contract/failure.ts'
import type { Cell } from '../../../engine/contract/page.ts'
import { FailureNotice } from '../failure/FailureNotice.tsx'
import { gutterPx } from './column-window.ts'
import styles from './DataGrid.module.css'
import { GridBody } from './GridBody.tsx'
import { GridHead, type HeadOffers } from './GridHead.tsx'
import { GridMenu } from './GridMenu.tsx'
import type { CellPlace, GridColumn, GridHandle, RowSource } from './grid-types.ts'
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
}

/**
 * A grid over any number of rows: pages are asked for as they come into sight, and only cells in sight are drawn.
 *
 * One cell has the focus (`aria-activedescendant`); the grid itself is the one stop of the Tab key.
 */
export function DataGrid(props: DataGridProps) {
  const { columns, source, onOpenCell } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [fixed, setFixed] = useState(0)
  const gutter = gutterPx(source.rowCount)
  const table = useGridColumns(columns)
  const sizes = table.getVisibleLeafColumns().map((column) => column.getSize())
  const scroll = useRowScroll(scroller, source.rowCount, ROW_PX, HEAD_PX)
  const across = useDrawnColumns({ scroller, sizes, fixed, gutterPx: gutter })
  const firstRow = Math.floor(scroll.first)
  const lastRow = Math.min(source.rowCount - 1, Math.ceil(scroll.first + scroll.viewPx / ROW_PX))
  const { cache, error } = useRows(source, firstRow, lastRow)
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
  const keys = useGridKeys({
    selection,
    extent: { rows: source.rowCount, columns: columns.length, pageRows: Math.floor(scroll.viewPx / ROW_PX) },
    onSelect: select,
    onOpen: open,
    onCopy: () => copy('tsv'),
  })
  const body = {
    id,
    cache,
    columns,
    selection,
    lastRow,
    rowPx: ROW_PX,
    gutterPx: gutter,
    onSelect: select,
    onOpen: open,
  }
  return (
    <GridMenu onCopy={copy} place={selection.focus} fixed={fixed} onFix={setFixed} extra={props.menu}>
      <div
        ref={scroller}
        className={styles['grid']}
        tabIndex={0}
        onScroll={scroll.onScroll}
        onKeyDown={keys}
        {...gridRole(props, source.rowCount > 0 ? `${id}-${selection.focus.row}-${selection.focus.column}` : undefined)}
      >
        <div
          role="presentation"
          style={{ height: scroll.scale.heightPx + HEAD_PX, width: across.widthPx, minWidth: '100%' }}
        >
          <div
            role="presentation"
            className={styles['view']}
            style={{ height: scroll.viewPx + HEAD_PX, width: across.widthPx }}
          >
            <GridHead {...props} table={table} drawn={across.drawn} height={HEAD_PX} gutter={gutter} />
            <GridBody
              {...body}
              first={scroll.first}
              viewPx={scroll.viewPx}
              drawn={across.drawn}
              markOf={props.markOf}
            />
          </div>
        </div>
      </div>
      {error !== undefined && (
        <FailureNotice failure={toFailure(error)} onRetry={() => cache.want(firstRow, lastRow, source.rowCount)} />
      )}
    </GridMenu>
  )
}

/** What the grid says of itself: all of it, not only what is drawn. */
function gridRole({ label, columns, source }: DataGridProps, focusedId: string | undefined) {
  return {
    role: 'grid',
    'aria-label': label,
    'aria-rowcount': source.rowCount + 1,
    'aria-colcount': columns.length,
    'aria-multiselectable': true,
    ...(focusedId === undefined ? {} : { 'aria-activedescendant': focusedId }),
  } as const
}
