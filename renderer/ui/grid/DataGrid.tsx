import { useVirtualizer } from '@tanstack/react-virtual'
import type { Ref } from 'react'
import { type ReactNode, useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import { toFailure } from '../../../engine/contract/failure.ts'
import type { Cell } from '../../../engine/contract/page.ts'
import { FailureNotice } from '../failure/FailureNotice.tsx'
import { blockOf, type Selection } from './cell-block.ts'
import styles from './DataGrid.module.css'
import { GridHead, type HeadOffers } from './GridHead.tsx'
import { GridMenu } from './GridMenu.tsx'
import { GridRow } from './GridRow.tsx'
import type { CellPlace, GridColumn, RowSource } from './grid-types.ts'
import { useCopy } from './use-copy.ts'
import { useGridColumns } from './use-grid-columns.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useRows } from './use-rows.ts'

export const ROW_PX = 26
const HEAD_PX = 44
const GUTTER_PX = 64

export interface GridHandle {
  /** Brings a row to the top and selects its first cell. */
  goTo(row: number): void
}

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

const NOTHING: Selection = { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } }

/**
 * A grid over any number of rows: pages are asked for as they come into sight, and only cells in sight are drawn.
 *
 * One cell has the focus (`aria-activedescendant`); the grid itself is the one stop of the Tab key.
 */
export function DataGrid(props: DataGridProps) {
  const { label, columns, source, onOpenCell, onSelectRow, handle } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const table = useGridColumns(columns)
  const scroll = useRowScroll(scroller, source.rowCount, ROW_PX, HEAD_PX)
  const [selection, setSelection] = useState(NOTHING)
  const firstRow = Math.floor(scroll.first)
  const lastRow = Math.min(source.rowCount - 1, Math.ceil(scroll.first + scroll.viewPx / ROW_PX))
  const { cache, error } = useRows(source, firstRow, lastRow)
  const visible = table.getVisibleLeafColumns()
  const across = useVirtualizer({
    horizontal: true,
    count: visible.length,
    estimateSize: (index) => visible[index]?.getSize() ?? 100,
    getScrollElement: () => scroller.current,
    scrollPaddingStart: GUTTER_PX,
    overscan: 3,
  })
  const sizes = visible.map((column) => column.getSize()).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: widths that changed are measured anew
  useEffect(() => across.measure(), [sizes])
  const select = (next: Selection): void => {
    setSelection(next)
    scroll.show(next.focus.row)
    across.scrollToIndex(next.focus.column)
    if (next.focus.row !== selection.focus.row) onSelectRow?.(next.focus.row)
  }
  useImperativeHandle(handle, () => ({
    goTo: (row) => {
      scroll.jump(row)
      setSelection({ anchor: { row, column: 0 }, focus: { row, column: 0 } })
      scroller.current?.focus()
    },
  }))
  const copy = useCopy(columns, source, cache, selection)
  const openCell = (place: CellPlace): void => onOpenCell?.(place, cache.row(place.row)?.[place.column] ?? null)
  const keys = useGridKeys({
    selection,
    extent: { rows: source.rowCount, columns: columns.length, pageRows: Math.floor(scroll.viewPx / ROW_PX) },
    onSelect: select,
    onOpen: openCell,
    onCopy: () => copy('tsv'),
  })
  const drawn = across.getVirtualItems().flatMap(({ index, start, size }) => {
    const column = visible[index]
    return column === undefined ? [] : [{ index: Number(column.id), start: start + GUTTER_PX, size, column }]
  })
  const rows = Array.from({ length: Math.max(0, lastRow - firstRow + 1) }, (_, offset) => firstRow + offset)
  const width = across.getTotalSize() + GUTTER_PX
  return (
    <GridMenu onCopy={copy} place={selection.focus} {...(props.menu === undefined ? {} : { extra: props.menu })}>
      <div
        ref={scroller}
        className={styles['grid']}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={source.rowCount + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        {...(source.rowCount > 0
          ? { 'aria-activedescendant': `${id}-${selection.focus.row}-${selection.focus.column}` }
          : {})}
        onScroll={scroll.onScroll}
        onKeyDown={keys}
      >
        <div role="presentation" style={{ height: scroll.scale.heightPx + HEAD_PX, width, minWidth: '100%' }}>
          <div role="presentation" className={styles['view']} style={{ height: scroll.viewPx + HEAD_PX, width }}>
            <GridHead {...props} table={table} drawn={drawn} height={HEAD_PX} gutter={GUTTER_PX} />
            <div role="rowgroup" className={styles['body']} style={{ height: scroll.viewPx }}>
              {rows.map((row) => (
                <GridRow
                  key={row}
                  id={id}
                  row={row}
                  top={(row - scroll.first) * ROW_PX}
                  cells={cache.row(row)}
                  columns={columns}
                  drawn={drawn}
                  block={blockOf(selection)}
                  focus={selection.focus}
                  onSelect={(place, isExtending) =>
                    select({ anchor: isExtending ? selection.anchor : place, focus: place })
                  }
                  onOpen={openCell}
                  {...(props.markOf === undefined ? {} : { markOf: props.markOf })}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
      {error !== undefined && (
        <FailureNotice failure={toFailure(error)} onRetry={() => cache.want(firstRow, lastRow, source.rowCount)} />
      )}
    </GridMenu>
  )
}
