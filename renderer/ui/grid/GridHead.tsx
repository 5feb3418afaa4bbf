import { ArrowDownOutlined, ArrowUpOutlined, FilterFilled, FilterOutlined } from '@ant-design/icons'
import { Popover } from 'antd'
import { type DragEvent, memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DrawnColumn } from './column-window.ts'
import styles from './DataGrid.module.css'
import type { GridColumn } from './grid-types.ts'
import { nameInSql } from './name-in-sql.ts'
import { type ColumnDrag, useColumnDrag } from './use-column-drag.ts'
import type { useGridColumns } from './use-grid-columns.ts'

type Table = ReturnType<typeof useGridColumns>

export interface SortMark {
  readonly column: string
  readonly direction: 'ascending' | 'descending'
}

/** What can be done with a column; the owner of the rows does it. */
export interface HeadOffers {
  readonly sort?: readonly SortMark[]
  /** Click on a header; with Shift the column is added to the others. */
  readonly onSort?: (column: string, isAdded: boolean) => void
  readonly filtered?: ReadonlySet<string>
  /** What opens under the filter sign of a column. */
  readonly filterOf?: (column: GridColumn, close: () => void) => ReactNode
  /** Under a column's name instead of its type. */
  readonly noteOf?: (column: GridColumn) => ReactNode
}

interface GridHeadProps extends HeadOffers {
  readonly columns: readonly GridColumn[]
  readonly table: Table
  readonly drawn: readonly DrawnColumn[]
  readonly height: number
  readonly gutter: number
  /** A column was dragged to another place. */
  readonly onMove?: (from: number, to: number) => void
}

/** Names and types of the columns, with sorting, filter and the handle for their width. */
export const GridHead = memo(function GridHead(props: GridHeadProps) {
  const { columns, table, drawn, height, gutter, onMove, ...offers } = props
  const headers = table.getHeaderGroups()[0]?.headers
  const drag = useColumnDrag(onMove)
  return (
    <div role="rowgroup" className={styles['head']} style={{ height }}>
      <div role="row" aria-rowindex={1} className={styles['headRow']}>
        <div role="columnheader" aria-colindex={1} className={styles['gutter']} style={{ width: gutter, height }}>
          #
        </div>
        {drawn.map(({ index, start, size, isFixed }) => {
          const column = columns[index]
          const resize = headers?.[index]?.getResizeHandler()
          if (column === undefined) return null
          return (
            <HeadCell
              key={index}
              {...offers}
              column={column}
              index={index}
              left={start}
              width={size}
              isFixed={isFixed}
              resize={resize}
              drag={drag}
            />
          )
        })}
      </div>
    </div>
  )
})

interface HeadCellProps extends HeadOffers {
  readonly column: GridColumn
  readonly index: number
  readonly left: number
  readonly width: number
  readonly isFixed: boolean
  readonly resize: ((event: unknown) => void) | undefined
  readonly drag: ColumnDrag
}

function HeadCell(props: HeadCellProps) {
  const { column, index, left, width, isFixed, resize, drag, sort = [], onSort, filtered, filterOf, noteOf } = props
  const { t } = useTranslation('ui')
  const mark = sort.find((one) => one.column === column.name)
  const name = (
    <>
      <bdi
        className={styles['name']}
        draggable
        onDragStart={(event) => {
          dragColumn(event, column.name)
          drag.begin(index)
        }}
        onDragEnd={drag.end}
      >
        {column.name}
      </bdi>
      {mark !== undefined &&
        (mark.direction === 'ascending' ? <ArrowUpOutlined aria-hidden /> : <ArrowDownOutlined aria-hidden />)}
    </>
  )
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={mark?.direction ?? 'none'}
      className={styles['headCell']}
      data-fixed={isFixed}
      data-drop={drag.markOf(index)}
      onDragOver={(event) => drag.over(event, index)}
      onDrop={drag.drop}
      style={{ left, width }}
      title={[column.name, column.type, column.comment].filter(Boolean).join(' · ')}
    >
      {onSort === undefined ? (
        <span className={styles['headName']}>{name}</span>
      ) : (
        <button
          type="button"
          className={styles['headName']}
          aria-label={t('grid.sort', { column: column.name })}
          onClick={(event) => onSort(column.name, event.shiftKey)}
        >
          {name}
        </button>
      )}
      <small>{noteOf === undefined ? column.type : noteOf(column)}</small>
      {filterOf !== undefined && (
        <FilterSign column={column} isOn={filtered?.has(column.name) ?? false} content={filterOf} />
      )}
      <span aria-hidden className={styles['resize']} onMouseDown={resize} onTouchStart={resize} />
    </div>
  )
}

/** A column is dropped as its name in SQL: into a query, into an expression; on another head it takes its place there. */
function dragColumn({ dataTransfer }: DragEvent, name: string): void {
  dataTransfer.effectAllowed = 'copyMove'
  dataTransfer.setData('text/plain', nameInSql(name))
}

interface FilterSignProps {
  readonly column: GridColumn
  readonly isOn: boolean
  readonly content: NonNullable<HeadOffers['filterOf']>
}

function FilterSign({ column, isOn, content }: FilterSignProps) {
  const { t } = useTranslation('ui')
  return (
    <Popover
      trigger="click"
      destroyOnHidden
      placement="bottomRight"
      content={content(column, () => document.body.click())}
    >
      <button
        type="button"
        className={styles['filter']}
        data-on={isOn}
        aria-label={t('grid.filter', { column: column.name })}
      >
        {isOn ? <FilterFilled aria-hidden /> : <FilterOutlined aria-hidden />}
      </button>
    </Popover>
  )
}
