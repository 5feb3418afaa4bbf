import { Segmented, Spin } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preview } from '../../../../engine/contract/api/pipelines.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { DataGrid } from '../../../ui/grid/DataGrid.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import styles from './Preview.module.css'
import { RejectList } from './RejectList.tsx'
import { RowTrace } from './RowTrace.tsx'
import { staticRows } from './static-rows.ts'
import { usePreview } from './use-preview.ts'

const FACES = ['rows', 'rejects', 'trace'] as const
type Face = (typeof FACES)[number]

/** Rows of the chosen node, those it refused, and the way of one of them. */
export function PreviewPanel() {
  const { t } = useTranslation('pipelines')
  const output = useEditorState((state) => state.shownOutput)
  if (output === undefined) return <EmptyState title={t('preview.empty')} hint={t('preview.emptyHint')} />
  return <OutputPreview key={output} output={output} />
}

function OutputPreview({ output }: { readonly output: string }) {
  const { t } = useTranslation('pipelines')
  const [face, setFace] = useState<Face>('rows')
  const [row, setRow] = useState(0)
  const preview = usePreview(output)
  if (preview.state === 'loading') return <Skeleton rows={5} />
  if (preview.state === 'failed') return <FailureNotice failure={preview.failure} onRetry={preview.retry} />
  const { rejects } = preview.data
  return (
    <div className={styles['panel']} data-stale={preview.isStale}>
      <div className={styles['bar']}>
        <Outputs output={output} />
        <Segmented
          size="small"
          aria-label={t('preview.faces')}
          value={face}
          onChange={setFace}
          options={FACES.map((value) => ({
            value,
            label: t(`preview.face.${value}`, { count: rejects.length }),
          }))}
        />
        {preview.isStale && <Spin size="small" />}
        <Basis preview={preview.data} />
      </div>
      <div className={styles['body']}>
        {face === 'rows' && <Rows preview={preview.data} onSelectRow={setRow} />}
        {face === 'rejects' && <RejectList rejects={rejects} />}
        {face === 'trace' && <RowTrace output={output} row={row} columns={preview.data.columns} />}
      </div>
    </div>
  )
}

function Rows({ preview, onSelectRow }: { readonly preview: Preview; readonly onSelectRow: (row: number) => void }) {
  const { t } = useTranslation('pipelines')
  const shown = useMemo(
    () => preview.columns.flatMap((column, index) => (column.hidden === true ? [] : [{ column, index }])),
    [preview],
  )
  const columns = useMemo(
    () =>
      shown.map(({ column: { name, type, comment } }) => ({
        name,
        type,
        ...(comment === undefined ? {} : { comment }),
      })),
    [shown],
  )
  const source = useMemo(
    () => staticRows(preview.rows.map((row) => shown.map(({ index }) => row[index] ?? null))),
    [preview, shown],
  )
  if (preview.rows.length === 0) return <EmptyState title={t('preview.noRows')} hint={t('preview.noRowsHint')} />
  return (
    <DataGrid
      label={t('preview.grid', { output: preview.output })}
      columns={columns}
      source={source}
      onSelectRow={onSelectRow}
    />
  )
}

/** The other outputs of the same node. */
function Outputs({ output }: { readonly output: string }) {
  const { t } = useTranslation('pipelines')
  const known = useEditorState((state) =>
    state.state?.nodes.find(({ outputs }) => outputs.some((one) => one.output === output)),
  )
  const [selection] = useEditorState((state) => state.selection)
  const show = useShowOutput()
  const outputs = known?.outputs.map((one) => one.output) ?? [output]
  if (outputs.length < 2) return <strong>{selection ?? output}</strong>
  return <Segmented size="small" aria-label={t('preview.outputs')} value={output} onChange={show} options={outputs} />
}

function Basis({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('pipelines')
  const { dateTime, duration, number } = useFormats()
  const { basis, snapshotTakenAt, elapsedMs, rowCount, warnings } = preview
  return (
    <span className={styles['basis']} title={warnings.join('\n')}>
      {rowCount !== undefined && `${t('preview.count', { rows: number(rowCount) })} · `}
      {basis === 'snapshot' && snapshotTakenAt !== undefined
        ? t('preview.basis.snapshotAt', { time: dateTime(snapshotTakenAt) })
        : t(`preview.basis.${basis}`)}
      {` · ${duration(elapsedMs)}`}
      {warnings.length > 0 && ` · ${t('preview.warnings', { count: warnings.length })}`}
    </span>
  )
}

function useShowOutput(): (output: string) => void {
  const { editor } = useEditor()
  return (output) => editor.showOutput(output)
}
