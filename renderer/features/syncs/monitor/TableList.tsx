import { useVirtualizer } from '@tanstack/react-virtual'
import { Select } from 'antd'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncTable } from '../../../../engine/contract/sync.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import styles from '../Syncs.module.css'
import { type StateFilter, shownTables } from './shown-tables.ts'
import { TableRow } from './TableRow.tsx'

const ROW_PX = 34
const STATES: readonly StateFilter[] = ['all', 'failed', 'copying', 'waiting', 'copied']
const COLUMNS = ['table', 'target', 'state', 'copied', 'written', 'deleted', 'changed', 'acts'] as const

interface TableListProps {
  readonly name: string
  readonly tables: readonly SyncTable[]
}

/** Every table of a sync, however many; those that fail stand first. */
export function TableList({ name, tables }: TableListProps) {
  const { t } = useTranslation('syncs')
  const [search, setSearch] = useState('')
  const [state, setState] = useState<StateFilter>('all')
  const wanted = useDeferredValue(search)
  const shown = useMemo(() => shownTables(tables, { search: wanted, state }), [tables, wanted, state])
  return (
    <section aria-labelledby={`tables-${name}`}>
      <div className={styles['tools']}>
        <h2 id={`tables-${name}`}>{t('tables')}</h2>
        <TextInput
          size="small"
          allowClear
          className={styles['search'] ?? ''}
          aria-label={t('tables.search')}
          placeholder={t('tables.search')}
          value={search}
          onText={setSearch}
        />
        <StateChoice tables={tables} state={state} onChange={setState} />
      </div>
      {shown.length === 0 ? <EmptyState title={t('tables.none')} /> : <Rows name={name} tables={shown} />}
    </section>
  )
}

interface StateChoiceProps {
  readonly tables: readonly SyncTable[]
  readonly state: StateFilter
  readonly onChange: (state: StateFilter) => void
}

function StateChoice({ tables, state, onChange }: StateChoiceProps) {
  const { t } = useTranslation('syncs')
  const { number } = useFormats()
  const count = (of: StateFilter): number => tables.filter((table) => of === 'all' || table.state === of).length
  return (
    <Select
      size="small"
      aria-label={t('tables.state')}
      popupMatchSelectWidth={false}
      value={state}
      onChange={onChange}
      options={STATES.map((value) => ({ value, label: `${t(`tables.state.${value}`)} (${number(count(value))})` }))}
    />
  )
}

function Rows({ name, tables }: TableListProps) {
  const { t } = useTranslation('syncs')
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: tables.length,
    estimateSize: () => ROW_PX,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => tables[index]?.dataset ?? index,
    overscan: 10,
  })
  return (
    <div
      ref={scroller}
      className={styles['tables']}
      role="table"
      aria-label={t('tables')}
      aria-rowcount={tables.length + 1}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
      tabIndex={0}
    >
      <div className={styles['tableHead']} role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" data-column={column}>
            {t(`column.${column}`)}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const table = tables[index]
          return table === undefined ? null : (
            <TableRow key={key} sync={name} table={table} index={index} place={{ top: start, height: ROW_PX }} />
          )
        })}
      </div>
    </div>
  )
}
