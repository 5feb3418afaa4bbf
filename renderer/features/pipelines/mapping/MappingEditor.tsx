import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FieldDetail } from './FieldDetail.tsx'
import { FieldSide } from './FieldSide.tsx'
import { freeFieldName, missingColumns, sourceOf, withMapping } from './fields.ts'
import { Lines, useScrolled } from './Lines.tsx'
import { isFound } from './list-keys.ts'
import styles from './Mapping.module.css'
import { MappingTools } from './MappingTools.tsx'
import { SourceSide } from './SourceSide.tsx'
import { type Mapping, useMapping, useRowValues } from './use-mapping.ts'
import { useSuggestions, useTargetColumns } from './use-suggestions.ts'

/** What a map node takes from where: columns at the left, fields at the right, lines between them. */
export function MappingEditor({ node }: { readonly node: string }) {
  const { t } = useTranslation('mapping')
  const mapping = useMapping(node)
  if (mapping.input === undefined) {
    return <EmptyState title={t('mapping.noInput')} hint={t('mapping.noInputHint')} />
  }
  return <ConnectedMapping key={node} node={node} input={mapping.input} mapping={mapping} />
}

interface ConnectedMappingProps {
  readonly node: string
  readonly input: string
  readonly mapping: Mapping
}

function ConnectedMapping({ node, input, mapping }: ConnectedMappingProps) {
  const { t } = useTranslation('mapping')
  const { fields, columns, change } = mapping
  const [row, setRow] = useState(0)
  const [chosen, setChosen] = useState({ column: 0, field: 0 })
  const [search, setSearch] = useState({ column: '', field: '' })
  const before = useRowValues(input, row)
  const after = useRowValues(node, row)
  const suggestions = useSuggestions(node, mapping)
  const missing = missingColumns(
    useTargetColumns(node),
    fields.map(({ to }) => to),
  )
  const left = useRef<HTMLDivElement>(null)
  const right = useRef<HTMLDivElement>(null)
  const { view, follow } = useScrolled(left, right)
  const shownColumns = columns.filter(({ name }) => isFound(name, search.column))
  const shownFields = fields.flatMap((field, place) => (isFound(field.to, search.field) ? [{ field, place }] : []))
  const column = shownColumns[Math.min(chosen.column, shownColumns.length - 1)]
  const field = shownFields[Math.min(chosen.field, shownFields.length - 1)]
  const map = (from: string, to?: string): void =>
    change((all) => withMapping(all, from, to ?? freeFieldName(all, from)))
  const links = linksOf(shownColumns, shownFields, { column: column?.name, field: field?.field.to })
  return (
    <section className={styles['mapping']} aria-label={t('mapping.title', { node })}>
      <MappingTools
        mapping={mapping}
        suggestions={suggestions}
        missing={missing}
        column={column?.name}
        onMap={map}
        row={row}
        rowCount={Math.max(before.rowCount, after.rowCount)}
        onRow={setRow}
      />
      <div className={styles['sides']}>
        <SourceSide
          scroller={left}
          columns={shownColumns}
          values={before.values}
          fields={fields}
          active={chosen.column}
          onActive={(place) => setChosen({ ...chosen, column: place })}
          search={search.column}
          onSearch={(text) => setSearch({ ...search, column: text })}
          onScroll={follow}
          onAdd={(name) => map(name)}
        />
        <div className={styles['gutter']}>
          <div className={styles['headLines']} />
          <Lines links={links} view={view} />
        </div>
        <FieldSide
          scroller={right}
          mapping={mapping}
          shown={shownFields}
          values={after.values}
          active={chosen.field}
          onActive={(place) => setChosen({ ...chosen, field: place })}
          search={search.field}
          onSearch={(text) => setSearch({ ...search, field: text })}
          onScroll={follow}
          onMap={map}
        />
        <FieldDetail
          node={node}
          row={row}
          mapping={mapping}
          place={field?.place}
          onMoved={(by) => setChosen({ ...chosen, field: chosen.field + by })}
        />
      </div>
    </section>
  )
}

interface Shown {
  readonly field: Mapping['fields'][number]
}

function linksOf(
  columns: readonly { readonly name: string }[],
  shown: readonly Shown[],
  active: { readonly column: string | undefined; readonly field: string | undefined },
) {
  const places = new Map(columns.map(({ name }, place) => [name, place]))
  return shown.flatMap(({ field }, right) => {
    const source = sourceOf(field)
    const left = source === undefined ? undefined : places.get(source)
    return left === undefined ? [] : [{ left, right, isActive: source === active.column || field.to === active.field }]
  })
}
