import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../../engine/contract/column.ts'
import type { Cell } from '../../../../engine/contract/page.ts'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import { ColumnList } from './ColumnList.tsx'
import { type MapField, sourceOf } from './fields.ts'
import styles from './Mapping.module.css'
import { RowValue } from './RowValue.tsx'

/** What a dragged column is called among the forms of what is dragged. */
export const DRAGGED_COLUMN = 'application/x-runnel-column'

interface SourceSideProps {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly columns: readonly Column[]
  readonly values: ReadonlyMap<string, Cell>
  readonly fields: readonly MapField[]
  readonly active: number
  readonly onActive: (place: number) => void
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly onScroll: () => void
  /** A new field for the column. */
  readonly onAdd: (column: string) => void
}

/** The columns of the input with a row's values. M chooses where the active one goes; Enter gives it a field of its own. */
export function SourceSide(props: SourceSideProps) {
  const { scroller, columns, values, fields, active, onActive, search, onSearch, onScroll, onAdd } = props
  const { t } = useTranslation('mapping')
  const taken = new Set(fields.map(sourceOf))
  const press = (event: KeyboardEvent): void => {
    const column = columns[active]
    if (column === undefined || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter') onAdd(column.name)
    else if (event.key.toLowerCase() === 'm') {
      document.querySelector<HTMLElement>('[data-mapping-target] input')?.focus()
    } else return
    event.preventDefault()
  }
  return (
    <div className={styles['side']}>
      <div className={styles['sideHead']}>
        <strong>{t('mapping.columns', { count: columns.length })}</strong>
        <TextInput
          size="small"
          allowClear
          className={styles['search'] ?? ''}
          aria-label={t('mapping.searchColumns')}
          placeholder={t('mapping.search')}
          value={search}
          onText={onSearch}
        />
      </div>
      <ColumnList
        label={t('mapping.columnsList')}
        scroller={scroller}
        count={columns.length}
        active={Math.min(active, columns.length - 1)}
        onActive={onActive}
        onKey={press}
        onScroll={onScroll}
        empty={<p>{t(search === '' ? 'mapping.columnsUnknown' : 'mapping.notFound')}</p>}
        drawRow={(place) => {
          const column = columns[place]
          return column === undefined ? null : (
            <SourceRow column={column} value={values.get(column.name)} isTaken={taken.has(column.name)} />
          )
        }}
      />
    </div>
  )
}

interface SourceRowProps {
  readonly column: Column
  readonly value: Cell | undefined
  readonly isTaken: boolean
}

function SourceRow({ column: { name, type, comment }, value, isTaken }: SourceRowProps) {
  const { t } = useTranslation('mapping')
  return (
    <div
      className={styles['cells']}
      draggable
      title={comment ?? name}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED_COLUMN, name)
        event.dataTransfer.effectAllowed = 'link'
      }}
    >
      <bdi className={styles['name']}>{name}</bdi>
      <small>{type}</small>
      <RowValue value={value} />
      {isTaken && (
        <span role="img" aria-label={t('mapping.taken')}>
          ●
        </span>
      )}
    </div>
  )
}
