import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { DataGrid } from '../../../ui/grid/DataGrid.tsx'
import type { CellPlace, GridColumn, GridHandle } from '../../../ui/grid/grid-types.ts'
import { SplitView } from '../../../ui/split/SplitView.tsx'
import type { CursorSession } from '../cursor/cursor-session.ts'
import { useCursorView } from '../cursor/use-cursor.ts'
import styles from '../Datasets.module.css'
import { CellPanel } from './CellPanel.tsx'
import { ColumnFilter } from './ColumnFilter.tsx'
import { ColumnsButton } from './ColumnsButton.tsx'
import { movedTo, without } from './column-layout.ts'
import { GridTools } from './GridTools.tsx'
import { sortOf } from './grid-memory.ts'
import { type Arranging, useArrangement } from './use-arrangement.ts'
import { type LaidOut, useColumnLayout } from './use-column-layout.ts'
import { useColumns } from './use-columns.ts'
import { type Remembered, useGridMemory } from './use-grid-memory.ts'

interface CursorGridProps {
  readonly session: CursorSession
  /** What is exported is named after it. */
  readonly name: string
  readonly onReopen: () => void
  /** Conditions that something beside the grid sets; they hold together with the grid's own. */
  readonly narrowed?: readonly Filter[]
  /** What its arrangement is kept under; it lasts as long as the grid when absent. */
  readonly memoryKey?: string
  /** Set while the rows come from a snapshot. */
  readonly onLeaveOffline?: () => void
}

const EVERYTHING: readonly Filter[] = []
const NO_WIDTHS: Readonly<Record<string, number>> = {}

/** The rows of a cursor with everything that can be done to them: order, filter, look, copy, export. */
export function CursorGrid(props: CursorGridProps) {
  const { session, name, onReopen, onLeaveOffline, narrowed = EVERYTHING, memoryKey } = props
  const { t } = useTranslation('datasets')
  const view = useCursorView(session)
  const grid = useRef<GridHandle>(null)
  const [looked, setLooked] = useState<CellPlace>()
  const columns = useColumns(view.opened.columns)
  const remembered = useGridMemory(memoryKey)
  const arranging = useArrangement({
    session,
    narrowed,
    sort: sortOf(remembered.memory, columns),
    onSort: (sort) => remembered.remember({ sort: [...sort] }),
    onChange: () => setLooked(undefined),
  })
  const shown = useColumnLayout(columns, view.source, remembered)
  const isEmpty = view.facts.rowCount === 0 && !view.facts.isReading && !view.isArranging
  const rows = <Rows {...{ name, shown, arranging, grid, remembered }} onLook={setLooked} />
  const cell = looked !== undefined && (
    <CellPanel session={session} place={looked} columns={columns} onClose={() => setLooked(undefined)} />
  )
  return (
    <div className={styles['rows']}>
      <GridTools
        view={view}
        name={name}
        filter={arranging.filter}
        onFilter={arranging.filterBy}
        onGoTo={(row) => grid.current?.goTo(row)}
        onReopen={onReopen}
        columns={<ColumnsButton columns={columns} layout={shown.layout} onLayout={shown.setLayout} />}
        exported={shown.columns.map((column) => column.name)}
        {...(onLeaveOffline === undefined ? {} : { onLeaveOffline })}
      />
      {view.refused !== undefined && <FailureNotice failure={view.refused} />}
      {isEmpty && (
        <EmptyState title={t(arranging.filter.length + narrowed.length > 0 ? 'grid.noneFound' : 'grid.none')} />
      )}
      <div className={styles['grid']} data-waiting={view.isArranging}>
        <SplitView
          id="cell"
          orientation="horizontal"
          barLabel={t('grid.cellBar')}
          parts={[
            { id: 'rows', content: rows, size: 65, minSize: 20 },
            ...(cell === false ? [] : [{ id: 'cell', content: cell, size: 35 }]),
          ]}
        />
      </div>
    </div>
  )
}

interface RowsProps extends Pick<CursorGridProps, 'name'> {
  readonly shown: LaidOut
  readonly arranging: Arranging
  readonly remembered: Remembered
  readonly grid: RefObject<GridHandle | null>
  readonly onLook: (place: CellPlace) => void
}

function Rows({ name, shown, arranging, grid, remembered, onLook }: RowsProps) {
  const { memory, remember } = remembered
  const { t } = useTranslation('datasets')
  const { columns, source, layout, setLayout } = shown
  const inData = (place: CellPlace): CellPlace => ({ ...place, column: layout[place.column] ?? place.column })
  return (
    <DataGrid
      label={t('grid.label', { name })}
      columns={columns}
      source={source}
      sort={arranging.sort}
      onSort={arranging.sortBy}
      filtered={new Set(arranging.filter.flatMap((one) => ('column' in one ? [one.column] : [])))}
      filterOf={(column, close) => (
        <ColumnFilter
          column={column}
          condition={arranging.conditionOn(column.name)}
          onChange={(condition) => {
            arranging.setCondition(column.name, condition)
            close()
          }}
        />
      )}
      onOpenCell={(place) => onLook(inData(place))}
      menu={(place) => [
        { key: 'look', label: t('grid.look'), onClick: () => onLook(inData(place)) },
        { key: 'name', label: t('grid.copyName'), onClick: () => void copyName(columns, place) },
        {
          key: 'hide',
          label: t('columns.hide', { column: columns[place.column]?.name ?? '' }),
          onClick: () => setLayout(without(layout, inData(place).column)),
        },
      ]}
      handle={grid}
      held={{
        fixed: Math.min(memory.fixed ?? 0, columns.length),
        onFix: (fixed) => remember({ fixed }),
        widths: memory.widths ?? NO_WIDTHS,
        onWidths: (widths) => remember({ widths: { ...widths } }),
        onMove: (from, to) => setLayout(movedTo(layout, from, to)),
      }}
    />
  )
}

async function copyName(columns: readonly GridColumn[], { column }: CellPlace): Promise<void> {
  await navigator.clipboard.writeText(columns[column]?.name ?? '')
}
