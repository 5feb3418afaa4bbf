import { Checkbox, Segmented } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preview } from '../../../../engine/contract/api/pipelines.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useTold } from '../../../app/i18n/use-told.ts'
import type { Answer } from '../../../app/rpc/use-answer.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { nodeOf } from '../document/inputs.ts'
import { useEditor, useEditorState, useNode } from '../document/use-editor.ts'
import { LineagePanel } from '../lineage/LineagePanel.tsx'
import { Asking } from './Asking.tsx'
import { correspondenceOf } from './align.ts'
import { OutputRows } from './OutputRows.tsx'
import styles from './Preview.module.css'
import { RejectList } from './RejectList.tsx'
import { RowTrace } from './RowTrace.tsx'
import { usePreview } from './use-preview.ts'

const MappingEditor = lazy(async () => ({ default: (await import('../mapping/MappingEditor.tsx')).MappingEditor }))

type Face = 'mapping' | 'rows' | 'rejects' | 'trace' | 'lineage'

/** Rows of the chosen node, those it refused, the way of one of them, the origin of a column; of a map also its mapping. */
export function PreviewPanel() {
  const { t } = useTranslation('pipelines')
  const output = useEditorState(({ shownOutput, document }) =>
    shownOutput !== undefined && nodeOf(shownOutput) in document.nodes ? shownOutput : undefined,
  )
  if (output === undefined) return <EmptyState title={t('preview.empty')} hint={t('preview.emptyHint')} />
  return <OutputPreview output={output} />
}

function OutputPreview({ output }: { readonly output: string }) {
  const { t } = useTranslation('mapping')
  const [chosen, setFace] = useState<Face>('rows')
  const [isCompared, setCompared] = useState(false)
  const [row, setRow] = useState(0)
  const node = nodeOf(output)
  const type = useNode(node)?.type
  const preview = usePreview(output)
  const face = chosen === 'mapping' && type !== 'map' ? 'rows' : chosen
  return (
    // `nokey`: React Flow listens to the whole page, and Delete pressed here must not take a node away.
    <div className={`nokey ${styles['panel']}`} data-stale={preview.state === 'ready' && preview.isStale}>
      <div className={styles['bar']}>
        <Outputs output={output} />
        <Faces face={face} isMap={type === 'map'} preview={preview} onChange={setFace} />
        {face === 'rows' && correspondenceOf(type) !== 'none' && (
          <Checkbox checked={isCompared} onChange={(event) => setCompared(event.target.checked)}>
            {t('preview.compare')}
          </Checkbox>
        )}
        <OfflineSwitch />
        <Asking output={output} preview={preview} />
        {preview.state === 'ready' && <Basis preview={preview.data} />}
      </div>
      <div className={face === 'mapping' ? styles['whole'] : styles['body']}>
        {face === 'mapping' ? (
          <Suspense fallback={<Skeleton rows={5} />}>
            <MappingEditor node={node} />
          </Suspense>
        ) : (
          <Answered preview={preview}>
            {(found) => {
              if (face === 'rejects') return <RejectList rejects={found.rejects} />
              if (face === 'trace') return <RowTrace key={output} output={output} row={row} preview={found} />
              if (face === 'lineage') return <LineagePanel output={output} columns={found.columns} />
              return <OutputRows node={node} preview={found} isCompared={isCompared} onSelectRow={setRow} />
            }}
          </Answered>
        )}
      </div>
    </div>
  )
}

interface AnsweredProps {
  readonly preview: Answer<Preview>
  readonly children: (preview: Preview) => ReactNode
}

function Answered({ preview, children }: AnsweredProps) {
  if (preview.state === 'loading') return <Skeleton rows={5} />
  if (preview.state === 'failed') return <FailureNotice failure={preview.failure} onRetry={preview.retry} />
  return children(preview.data)
}

interface FacesProps {
  readonly face: Face
  readonly isMap: boolean
  readonly preview: Answer<Preview>
  readonly onChange: (face: Face) => void
}

function Faces({ face, isMap, preview, onChange }: FacesProps) {
  const { t } = useTranslation(['pipelines', 'mapping'])
  const count = preview.state === 'ready' ? preview.data.rejects.length : 0
  return (
    <Segmented<Face>
      size="small"
      aria-label={t('preview.faces')}
      value={face}
      onChange={onChange}
      options={[
        ...(isMap ? [{ value: 'mapping' as const, label: t('mapping:preview.face.mapping') }] : []),
        { value: 'rows', label: t('preview.face.rows') },
        { value: 'rejects', label: t('preview.face.rejects', { count }) },
        { value: 'trace', label: t('preview.face.trace') },
        { value: 'lineage', label: t('mapping:preview.face.lineage') },
      ]}
    />
  )
}

/** Rows from snapshots alone, as on a train; otherwise they stand in for sources that cannot be reached. */
function OfflineSwitch() {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const isOffline = useEditorState((state) => state.isOffline)
  return (
    <Checkbox checked={isOffline} onChange={(event) => editor.setOffline(event.target.checked)}>
      {t('preview.offline')}
    </Checkbox>
  )
}

/** The other outputs of the same node. */
function Outputs({ output }: { readonly output: string }) {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const known = useEditorState((state) =>
    state.state?.nodes.find(({ outputs }) => outputs.some((one) => one.output === output)),
  )
  const outputs = known?.outputs.map((one) => one.output) ?? [output]
  if (outputs.length < 2) {
    return (
      <strong>
        <bdi>{nodeOf(output)}</bdi>
      </strong>
    )
  }
  return (
    <Segmented
      size="small"
      aria-label={t('preview.outputs')}
      value={output}
      onChange={(next) => editor.showOutput(next)}
      options={outputs}
    />
  )
}

function Basis({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('pipelines')
  const { dateTime, duration, number } = useFormats()
  const told = useTold()
  const { basis, snapshotTakenAt, elapsedMs, rowCount, warnings } = preview
  const isOfTime = basis === 'snapshot' && snapshotTakenAt !== undefined
  const from = isOfTime
    ? t('preview.basis.snapshotAt', { time: dateTime(snapshotTakenAt) })
    : t(`preview.basis.${basis}`)
  return (
    <span className={styles['basis']} title={[from, ...warnings.map(told)].join('\n')}>
      {rowCount !== undefined && `${t('preview.count', { rows: number(rowCount) })} · `}
      {isOfTime ? <span className={styles['tag']}>{from}</span> : from}
      {` · ${duration(elapsedMs)}`}
      {warnings.length > 0 && ` · ${t('preview.warnings', { count: warnings.length })}`}
    </span>
  )
}
