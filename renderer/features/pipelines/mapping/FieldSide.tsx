import { type DragEvent, type KeyboardEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell } from '../../../../engine/contract/page.ts'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import { ColumnList } from './ColumnList.tsx'
import { castFidelity } from './cast-fidelity.ts'
import { type MapField, sourceOf, withMoved, withoutField } from './fields.ts'
import styles from './Mapping.module.css'
import { RowValue } from './RowValue.tsx'
import { DRAGGED_COLUMN } from './SourceSide.tsx'
import type { Mapping } from './use-mapping.ts'

interface FieldSideProps {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly mapping: Mapping
  /** The fields that are found, with their places among all. */
  readonly shown: readonly { readonly field: MapField; readonly place: number }[]
  readonly values: ReadonlyMap<string, Cell>
  readonly active: number
  readonly onActive: (place: number) => void
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly onScroll: () => void
  readonly onMap: (from: string, to?: string) => void
}

/** The fields of the result. Columns are dropped on them or beside them; Alt with arrows moves one, Delete takes it out. */
export function FieldSide(props: FieldSideProps) {
  const { scroller, mapping, shown, active, onActive, search, onSearch, onScroll, onMap } = props
  const { t } = useTranslation('mapping')
  const drop = useDrop((column) => onMap(column))
  const press = (event: KeyboardEvent): void => {
    const one = shown[active]
    if (one === undefined) return
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
    if (by !== undefined) {
      mapping.change((fields) => withMoved(fields, one.place, by))
      onActive(Math.min(shown.length - 1, Math.max(0, active + by)))
    } else if (event.key === 'Delete') mapping.change((fields) => withoutField(fields, one.place))
    else return
    event.preventDefault()
  }
  return (
    <div className={styles['side']} {...drop.handlers}>
      <div className={styles['sideHead']} data-over={drop.isOver}>
        <strong>{t('mapping.fields', { count: mapping.fields.length })}</strong>
        <TextInput
          size="small"
          allowClear
          className={styles['search'] ?? ''}
          aria-label={t('mapping.searchFields')}
          placeholder={t('mapping.search')}
          value={search}
          onText={onSearch}
        />
      </div>
      <ColumnList
        label={t('mapping.fieldsList')}
        scroller={scroller}
        count={shown.length}
        active={Math.min(active, shown.length - 1)}
        onActive={onActive}
        onKey={press}
        onScroll={onScroll}
        empty={<p>{t(search === '' ? 'mapping.noFields' : 'mapping.notFound')}</p>}
        drawRow={(place) => {
          const one = shown[place]
          return one === undefined ? null : <FieldRow {...props} field={one.field} />
        }}
      />
    </div>
  )
}

function FieldRow({ field, mapping, values, onMap }: FieldSideProps & { readonly field: MapField }) {
  const { t } = useTranslation('mapping')
  const drop = useDrop((column) => onMap(column, field.to))
  const source = sourceOf(field)
  const given = mapping.columns.find(({ name }) => name === source)?.type
  const type = field.type ?? mapping.types.get(field.to)
  const fidelity = field.type === undefined || given === undefined ? undefined : castFidelity(given, field.type)
  return (
    <div className={styles['cells']} data-over={drop.isOver} {...drop.handlers}>
      <bdi className={styles['name']}>{field.to}</bdi>
      <small title={field.expr ?? source ?? ''}>{takenText(field, source)}</small>
      <small>{type}</small>
      {fidelity?.kind === 'lossy' && (
        <span role="img" className={styles['loss']} aria-label={t(`mapping.loss.${fidelity.reason}`)}>
          ⚠
        </span>
      )}
      <RowValue value={values.get(field.to)} />
    </div>
  )
}

function takenText(field: MapField, source: string | undefined): string {
  if (field.expr !== undefined) return `= ${field.expr}`
  if (source === undefined) return JSON.stringify(field.value)
  return source === field.to ? '' : `← ${source}`
}

/** A place where a column can be dropped; a place inside another one takes it first. */
function useDrop(onDrop: (column: string) => void) {
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes(DRAGGED_COLUMN)) return
    event.preventDefault()
    event.stopPropagation()
    setOver(true)
  }
  const drop = (event: DragEvent): void => {
    const column = event.dataTransfer.getData(DRAGGED_COLUMN)
    setOver(false)
    if (column === '') return
    event.preventDefault()
    event.stopPropagation()
    onDrop(column)
  }
  return { isOver, handlers: { onDragOver: over, onDragLeave: () => setOver(false), onDrop: drop } }
}
