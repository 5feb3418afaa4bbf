import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preview } from '../../../../engine/contract/api/pipelines.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { DataGrid } from '../../../ui/grid/DataGrid.tsx'
import { fixedRows } from '../../../ui/grid/grid-types.ts'
import { useEditor, useNode } from '../document/use-editor.ts'
import { correspondenceOf, originsOf, placesBefore, type SideBySide, sideBySide } from './align.ts'
import { factsOf } from './column-facts.ts'
import { firstInput } from './upstream.ts'
import { usePreview } from './use-preview.ts'

interface OutputRowsProps {
  readonly node: string
  readonly preview: Preview
  readonly isCompared: boolean
  readonly onSelectRow: (row: number) => void
}

/** Rows of an output; beside what changed, what it was before the node. */
export function OutputRows({ node, preview, isCompared, onSelectRow }: OutputRowsProps) {
  const { t } = useTranslation(['pipelines', 'mapping'])
  const { percent } = useFormats()
  const shown = useCompared(node, preview, isCompared)
  const columns = useMemo(
    () =>
      shown.columns.map(({ name, type, side }) => ({
        name: side === 'before' ? t('mapping:preview.before', { name }) : name,
        type,
      })),
    [shown, t],
  )
  const source = useMemo(() => fixedRows(shown.rows), [shown])
  const facts = useMemo(() => factsOf(shown.columns.length, shown.rows), [shown])
  if (preview.rows.length === 0) return <EmptyState title={t('preview.noRows')} hint={t('preview.noRowsHint')} />
  return (
    <DataGrid
      label={t('preview.grid', { output: preview.output })}
      columns={columns}
      source={source}
      onSelectRow={onSelectRow}
      markOf={(row, column) => (shown.changed.has(`${row}:${column}`) ? 'changed' : undefined)}
      noteOf={(column) => {
        const fact = facts[columns.findIndex((one) => one === column)]
        const distinct = fact === undefined ? '' : t('mapping:preview.distinct', { count: fact.distinct })
        const nulls = fact === undefined || fact.nullShare === 0 ? '' : `NULL ${percent(fact.nullShare)}`
        return [column.type, nulls, distinct].filter(Boolean).join(' · ')
      }}
    />
  )
}

/** The rows as they are shown; alone until the input's rows are there. */
function useCompared(node: string, preview: Preview, isCompared: boolean): SideBySide {
  const { catalogue } = useEditor()
  const config = useNode(node)
  const input = firstInput(config, catalogue)
  const correspondence = correspondenceOf(config?.type)
  const before = usePreview(input ?? node, isCompared && input !== undefined && correspondence !== 'none')
  const old = isCompared && before.state === 'ready' && before.data.output === input ? before.data : undefined
  return useMemo(() => {
    const origins = originsOf(
      config,
      preview.columns.map(({ name }) => name),
    )
    const empty = { columns: [], rows: [] }
    return sideBySide(old ?? empty, preview, origins, placesBefore(config, old ?? empty, preview))
  }, [old, preview, config])
}
