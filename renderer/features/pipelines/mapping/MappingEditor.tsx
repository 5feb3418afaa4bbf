import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FieldDetail } from './FieldDetail.tsx'
import { FieldSide } from './FieldSide.tsx'
import { freeFieldName, missingColumns, sourceOf, withMapping } from './fields.ts'
import { Lines } from './Lines.tsx'
import styles from './Mapping.module.css'
import { MappingTools } from './MappingTools.tsx'
import { SourceSide } from './SourceSide.tsx'
import { type Chosen, useChosen } from './use-chosen.ts'
import { useInertAround } from './use-inert-around.ts'
import { type Mapping, type RowValues, useMappedRow, useMapping } from './use-mapping.ts'
import { useScrolled } from './use-scrolled.ts'
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
  const [row, setRow] = useState(0)
  const [isFull, setFull] = useState(false)
  const frame = useRef<HTMLElement>(null)
  useInertAround(frame, isFull)
  const shown = useMappedRow(node, input, row)
  const suggestions = useSuggestions(node, mapping)
  const given = mapping.fields.map(({ to }) => to)
  const missing = missingColumns(useTargetColumns(node), given)
  const view = useChosen(mapping)
  const map = (from: string, to?: string): void =>
    mapping.change((all) => withMapping(all, from, to ?? freeFieldName(all, from)))
  return (
    <section
      ref={frame}
      className={styles['mapping']}
      data-full={isFull}
      aria-label={t('mapping.title', { node })}
      onKeyDown={(event) => {
        // What floats over the mapping closes first.
        if (event.key !== 'Escape' || event.defaultPrevented || !isFull || hasOpenPopup(event.currentTarget)) return
        event.stopPropagation()
        setFull(false)
      }}
    >
      <MappingTools
        node={node}
        mapping={mapping}
        suggestions={suggestions}
        missing={missing}
        column={view.column}
        onMap={map}
        row={row}
        rowCount={shown.rowCount}
        onRow={setRow}
        isFull={isFull}
        onFull={setFull}
      />
      <div className={styles['sides']}>
        <Sides mapping={mapping} view={view} before={shown.before} after={shown.after} onMap={map} />
        <FieldDetail node={node} values={shown.before} mapping={mapping} place={view.place} onMoved={view.moveField} />
      </div>
    </section>
  )
}

function hasOpenPopup(frame: HTMLElement): boolean {
  return frame.querySelector('[aria-expanded=true]') !== null
}

interface SidesProps {
  readonly mapping: Mapping
  readonly view: Chosen
  readonly before: RowValues
  readonly after: RowValues
  readonly onMap: (from: string, to?: string) => void
}

function Sides({ mapping, view, before, after, onMap }: SidesProps) {
  const left = useRef<HTMLDivElement>(null)
  const right = useRef<HTMLDivElement>(null)
  const scrolled = useScrolled(left, right)
  const links = linksOf(view.columns, view.fields, { column: view.column, field: view.field })
  return (
    <>
      <SourceSide
        {...view.columnList}
        scroller={left}
        columns={view.columns}
        values={before}
        fields={mapping.fields}
        onScroll={scrolled.follow}
        onAdd={(name) => onMap(name)}
      />
      <div className={styles['gutter']}>
        <div className={styles['headLines']} />
        <Lines links={links} view={scrolled.view} />
      </div>
      <FieldSide
        {...view.fieldList}
        scroller={right}
        mapping={mapping}
        shown={view.fields}
        values={after}
        onScroll={scrolled.follow}
        onMap={onMap}
      />
    </>
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
