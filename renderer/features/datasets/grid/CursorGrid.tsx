import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { DataGrid } from '../../../ui/grid/DataGrid.tsx'
import type { CellPlace, GridColumn, GridHandle } from '../../../ui/grid/grid-types.ts'
import { SplitView } from '../../../ui/split/SplitView.tsx'
import type { CursorSession } from '../cursor/cursor-session.ts'
import { useArrange, useCursorView } from '../cursor/use-cursor.ts'
import styles from '../Datasets.module.css'
import { CellPanel } from './CellPanel.tsx'
import { ColumnFilter } from './ColumnFilter.tsx'
import { type ColumnCondition, withCondition } from './filtering.ts'
import { GridTools } from './GridTools.tsx'
import { nextSort, type SortKey } from './sorting.ts'
import { useColumns } from './use-columns.ts'

interface CursorGridProps {
  readonly session: CursorSession
  /** What is exported is named after it. */
  readonly name: string
  readonly onReopen: () => void
  /** Set while the rows come from a snapshot. */
  readonly onLeaveOffline?: () => void
}

const NO_FILTER: readonly Filter[] = []

/** The rows of a cursor with everything that can be done to them: order, filter, look, copy, export. */
export function CursorGrid({ session, name, onReopen, onLeaveOffline }: CursorGridProps) {
  const { t } = useTranslation('datasets')
  const view = useCursorView(session)
  const arrange = useArrange(session)
  const grid = useRef<GridHandle>(null)
  const [sort, setSort] = useState<readonly SortKey[]>([])
  const [filter, setFilter] = useState(NO_FILTER)
  const [looked, setLooked] = useState<CellPlace>()
  const columns = useColumns(view.opened.columns)
  const change = (nextOrder: readonly SortKey[], nextFilter: readonly Filter[]): void => {
    setSort(nextOrder)
    setFilter(nextFilter)
    setLooked(undefined)
    arrange({ sort: [...nextOrder], filter: [...nextFilter] })
  }
  const filterOf = (column: GridColumn, close: () => void) => (
    <ColumnFilter
      column={column}
      condition={filter.find((one): one is ColumnCondition => 'column' in one && one.column === column.name)}
      onChange={(condition) => {
        change(sort, withCondition(filter, column.name, condition))
        close()
      }}
    />
  )
  const rows = (
    <DataGrid
      label={t('grid.label', { name })}
      columns={columns}
      source={view.source}
      sort={sort}
      onSort={(column, isAdded) => change(nextSort(sort, column, isAdded), filter)}
      filtered={new Set(filter.flatMap((one) => ('column' in one ? [one.column] : [])))}
      filterOf={filterOf}
      onOpenCell={setLooked}
      menu={(place) => [
        { key: 'look', label: t('grid.look'), onClick: () => setLooked(place) },
        { key: 'all', label: t('grid.copyName'), onClick: () => void copyName(columns, place) },
      ]}
      handle={grid}
    />
  )
  const isEmpty = view.facts.rowCount === 0 && !view.facts.isReading && !view.isArranging
  return (
    <div className={styles['rows']}>
      <GridTools
        view={view}
        name={name}
        filter={filter}
        onFilter={(next) => change(sort, next)}
        onGoTo={(row) => grid.current?.goTo(row)}
        onReopen={onReopen}
        {...(onLeaveOffline === undefined ? {} : { onLeaveOffline })}
      />
      {view.refused !== undefined && <FailureNotice failure={view.refused} />}
      {isEmpty && <EmptyState title={t(filter.length > 0 ? 'grid.noneFound' : 'grid.none')} />}
      <div className={styles['grid']} data-waiting={view.isArranging}>
        <SplitView
          id="cell"
          orientation="horizontal"
          barLabel={t('grid.cellBar')}
          parts={[
            { id: 'rows', content: rows, size: 65, minSize: 20 },
            ...(looked === undefined
              ? []
              : [
                  {
                    id: 'cell',
                    content: (
                      <CellPanel
                        session={session}
                        place={looked}
                        columns={columns}
                        onClose={() => setLooked(undefined)}
                      />
                    ),
                    size: 35,
                  },
                ]),
          ]}
        />
      </div>
    </div>
  )
}

async function copyName(columns: readonly GridColumn[], { column }: CellPlace): Promise<void> {
  await navigator.clipboard.writeText(columns[column]?.name ?? '')
}
