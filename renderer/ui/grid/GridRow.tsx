import { memo } from 'react'
import type { Cell } from '../../../engine/contract/page.ts'
import { type Block, isInside } from './cell-block.ts'
import { cellKind, cellLine } from './cell-text.ts'
import type { DrawnColumn } from './column-window.ts'
import styles from './DataGrid.module.css'
import type { CellPlace, GridColumn } from './grid-types.ts'

interface GridRowProps {
  /** Of the grid: the beginning of the ids of its cells. */
  readonly id: string
  readonly row: number
  readonly top: number
  readonly gutterPx: number
  readonly cells: readonly Cell[] | undefined
  readonly columns: readonly GridColumn[]
  readonly drawn: readonly DrawnColumn[]
  /** Undefined in rows that have no part in it. */
  readonly block: Block | undefined
  /** Set in the row that has the focus. */
  readonly focusColumn: number | undefined
  readonly onSelect: (place: CellPlace, isExtending: boolean) => void
  readonly onOpen: (place: CellPlace) => void
  readonly markOf: ((row: number, column: number) => string | undefined) | undefined
}

/** A cell is at most this long on the screen; the rest is seen when it is opened. */
const LONGEST = 300

/** One row; grey bars stand where its values have not come yet. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, row, top, gutterPx, cells, columns, drawn } = props
  return (
    <div role="row" aria-rowindex={row + 2} className={styles['row']} style={{ top }}>
      <div role="rowheader" aria-colindex={1} className={styles['gutter']} style={{ width: gutterPx }}>
        {row + 1}
      </div>
      {drawn.map(({ index, start, size, isFixed }) => (
        <GridCell
          key={index}
          {...props}
          cellId={`${id}-${row}-${index}`}
          column={index}
          value={cells?.[index]}
          isThere={cells !== undefined}
          type={columns[index]?.type ?? ''}
          left={start}
          width={size}
          isFixed={isFixed}
        />
      ))}
    </div>
  )
})

interface GridCellProps extends GridRowProps {
  readonly cellId: string
  readonly column: number
  readonly value: Cell | undefined
  readonly isThere: boolean
  readonly type: string
  readonly left: number
  readonly width: number
  readonly isFixed: boolean
}

function GridCell({ cellId, row, column, value, isThere, type, left, width, isFixed, ...more }: GridCellProps) {
  const { block, focusColumn, markOf, onSelect, onOpen } = more
  const isSelected = block !== undefined && isInside(block, row, column)
  const kind = cellKind(value, type)
  const mark = markOf?.(row, column)
  const text = kind === 'null' ? 'NULL' : kind === 'empty' ? '' : cellLine(value).slice(0, LONGEST)
  const place = { row, column }
  return (
    <div
      role="gridcell"
      id={cellId}
      aria-colindex={column + 2}
      aria-selected={isSelected}
      data-kind={isThere ? kind : 'waiting'}
      data-focus={focusColumn === column}
      data-fixed={isFixed}
      {...(mark === undefined ? {} : { 'data-mark': mark })}
      className={styles['cell']}
      style={{ left, width }}
      onMouseDown={(event) => (event.button === 0 || !isSelected) && onSelect(place, event.shiftKey)}
      onMouseEnter={(event) => event.buttons === 1 && onSelect(place, true)}
      onDoubleClick={() => onOpen(place)}
    >
      <bdi>{isThere ? text : ''}</bdi>
    </div>
  )
}
