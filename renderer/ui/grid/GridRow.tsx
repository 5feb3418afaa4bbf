import { memo } from 'react'
import type { Cell } from '../../../engine/contract/page.ts'
import { type Block, isInside } from './cell-block.ts'
import { cellKind, cellLine } from './cell-text.ts'
import styles from './DataGrid.module.css'
import type { DrawnColumn } from './GridHead.tsx'
import type { CellPlace, GridColumn } from './grid-types.ts'

interface GridRowProps {
  /** Of the grid: the beginning of the ids of its cells. */
  readonly id: string
  readonly row: number
  readonly top: number
  readonly cells: readonly Cell[] | undefined
  readonly columns: readonly GridColumn[]
  readonly drawn: readonly DrawnColumn[]
  readonly block: Block
  readonly focus: CellPlace
  readonly onSelect: (place: CellPlace, isExtending: boolean) => void
  readonly onOpen: (place: CellPlace) => void
  readonly markOf?: (row: number, column: number) => string | undefined
}

/** A cell is at most this long on the screen; the rest is seen when it is opened. */
const LONGEST = 300

/** One row; grey bars stand where its values have not come yet. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, row, top, cells, columns, drawn } = props
  return (
    <div role="row" aria-rowindex={row + 2} className={styles['row']} style={{ transform: `translateY(${top}px)` }}>
      <div role="rowheader" className={styles['gutter']}>
        {row + 1}
      </div>
      {drawn.map(({ index, start, size }) => (
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
}

function GridCell({ cellId, row, column, value, isThere, type, left, width, block, focus, ...acts }: GridCellProps) {
  const kind = cellKind(value, type)
  const mark = acts.markOf?.(row, column)
  const text = kind === 'null' ? 'NULL' : kind === 'empty' ? '' : cellLine(value).slice(0, LONGEST)
  const place = { row, column }
  return (
    <div
      role="gridcell"
      id={cellId}
      aria-colindex={column + 1}
      aria-selected={isInside(block, row, column)}
      data-kind={isThere ? kind : 'waiting'}
      data-focus={focus.row === row && focus.column === column}
      {...(mark === undefined ? {} : { 'data-mark': mark })}
      className={styles['cell']}
      style={{ left, width }}
      onMouseDown={(event) =>
        (event.button === 0 || !isInside(block, row, column)) && acts.onSelect(place, event.shiftKey)
      }
      onMouseEnter={(event) => event.buttons === 1 && acts.onSelect(place, true)}
      onDoubleClick={() => acts.onOpen(place)}
    >
      {isThere && <bdi>{text}</bdi>}
    </div>
  )
}
