import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RUN_STATES, type RunState, type RunSummary } from '../../../engine/contract/run.ts'
import type { TabView } from '../../app/feature.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { HistoryCharts } from '../../ui/history/HistoryCharts.tsx'
import { tookMs } from '../../ui/history/history-specs.ts'
import { Select } from '../../ui/select/Select.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import { SPANS, type Span, sinceOf } from './history-span.ts'
import styles from './Runs.module.css'

const REFRESH_MS = 5_000
const MOST = 200

interface Chosen {
  readonly pipeline: string | undefined
  readonly state: RunState | undefined
  readonly span: Span
}

/** What ran, as charts and as a list: of a pipeline, by how it ended, in a span of time. */
export function HistoryTab({ params }: TabView<{ pipeline?: string | undefined }>) {
  const [chosen, setChosen] = useState<Chosen>({ pipeline: params.pipeline, state: undefined, span: 'all' })
  const { pipeline, state, span } = chosen
  const runs = useAnswer(
    ['runs', 'history', chosen],
    (engine, signal) => {
      const since = sinceOf(span, Date.now())
      const filter = {
        ...(pipeline === undefined ? {} : { pipeline }),
        ...(state === undefined ? {} : { state }),
        ...(since === undefined ? {} : { since }),
      }
      return engine.runs.list({ limit: MOST, ...filter }, { signal })
    },
    { refetchMs: REFRESH_MS, keepsLast: true },
  )
  return (
    <div className={styles['page']}>
      <Filters chosen={chosen} onChange={setChosen} />
      {runs.state === 'loading' && <Skeleton rows={8} />}
      {runs.state === 'failed' && <FailureNotice failure={runs.failure} onRetry={runs.retry} />}
      {runs.state === 'ready' && <History runs={runs.data} />}
    </div>
  )
}

function Filters({ chosen, onChange }: { readonly chosen: Chosen; readonly onChange: (chosen: Chosen) => void }) {
  const { t } = useTranslation('runs')
  const pipelines = useAnswer(['pipelines', 'list'], (engine, signal) => engine.pipelines.list(undefined, { signal }))
  const names = pipelines.state === 'ready' ? pipelines.data.map(({ name }) => name) : []
  return (
    <div className={styles['head']}>
      <h1>{t('history')}</h1>
      <Select
        size="small"
        allowClear
        showSearch
        aria-label={t('filter.pipeline')}
        placeholder={t('filter.pipeline')}
        style={{ minWidth: 180 }}
        value={chosen.pipeline ?? null}
        options={names.map((name) => ({ value: name, label: name }))}
        onChange={(pipeline: string | null | undefined) => onChange({ ...chosen, pipeline: pipeline ?? undefined })}
      />
      <Select
        size="small"
        allowClear
        aria-label={t('filter')}
        placeholder={t('filter')}
        style={{ minWidth: 140 }}
        value={chosen.state ?? null}
        options={RUN_STATES.map((value) => ({ value, label: t(`ui:state.${value}`) }))}
        onChange={(state: RunState | null | undefined) => onChange({ ...chosen, state: state ?? undefined })}
      />
      <Select
        size="small"
        aria-label={t('filter.span')}
        style={{ minWidth: 140 }}
        value={chosen.span}
        options={SPANS.map((value) => ({ value, label: t(`span.${value}`) }))}
        onChange={(span: Span) => onChange({ ...chosen, span })}
      />
    </div>
  )
}

function History({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('runs')
  const { openTab } = useWorkbench()
  const { dateTime, duration, number } = useFormats()
  const points = useMemo(
    () =>
      runs.toReversed().map((run) => ({
        id: run.runId,
        label: `${run.pipeline} ${dateTime(run.startedAt ?? run.queuedAt)}`,
        state: run.state,
        durationMs: tookMs(run),
        counts: run.counts,
      })),
    [runs, dateTime],
  )
  if (runs.length === 0) return <EmptyState title={t('none')} hint={t('history.noneHint')} />
  return (
    <>
      <HistoryCharts
        points={points}
        duration={duration}
        number={number}
        onChoose={(runId) => openTab({ kind: 'run', params: { runId } })}
      />
      <RunTable runs={runs} />
    </>
  )
}

function RunTable({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('runs')
  const { openTab } = useWorkbench()
  const { dateTime, duration, number } = useFormats()
  return (
    <table className={styles['runs']}>
      <thead>
        <tr>
          {(['pipeline', 'state', 'started'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`run.${name}`)}
            </th>
          ))}
          {(['duration', 'read', 'written', 'rejected'] as const).map((name) => (
            <th key={name} scope="col" className={styles['figure']}>
              {t(`run.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => {
          const took = tookMs(run)
          const { runId, pipeline, state, startedAt, queuedAt, counts } = run
          return (
            <tr key={runId}>
              <td>
                <button
                  type="button"
                  dir="auto"
                  className={styles['link']}
                  onClick={() => openTab({ kind: 'run', params: { runId } })}
                >
                  {pipeline}
                </button>
              </td>
              <td>
                <StateTag state={state} />
              </td>
              <td>{dateTime(startedAt ?? queuedAt)}</td>
              <td className={styles['figure']}>{took !== undefined && duration(took)}</td>
              <td className={styles['figure']}>{counts !== undefined && number(counts.read)}</td>
              <td className={styles['figure']}>{counts !== undefined && number(counts.written)}</td>
              <td className={styles['figure']}>{counts !== undefined && number(counts.rejected)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
