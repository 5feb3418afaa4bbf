import { BarChartOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RUN_STATES, type RunState, type RunSummary } from '../../../engine/contract/run.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { tookMs } from '../../ui/history/history-specs.ts'
import { Select } from '../../ui/select/Select.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Runs.module.css'

const REFRESH_MS = 3_000

/** What ran, newest first. */
export function RunsPanel() {
  const { t } = useTranslation('runs')
  const { openTab } = useWorkbench()
  const [state, setState] = useState<RunState>()
  const runs = useAnswer(
    ['runs', 'list', state],
    (engine, signal) => engine.runs.list({ limit: 200, ...(state === undefined ? {} : { state }) }, { signal }),
    { refetchMs: REFRESH_MS, keepsLast: true },
  )
  return (
    <>
      <div className={styles['tools']}>
        <Select
          size="small"
          allowClear
          aria-label={t('filter')}
          placeholder={t('filter')}
          style={{ width: '100%' }}
          value={state ?? null}
          options={RUN_STATES.map((value) => ({ value, label: t(`ui:state.${value}`) }))}
          onChange={(next: RunState | null | undefined) => setState(next ?? undefined)}
        />
        <Button size="small" icon={<BarChartOutlined aria-hidden />} onClick={() => openTab({ kind: 'history' })}>
          {t('history')}
        </Button>
      </div>
      {runs.state === 'loading' && <Skeleton rows={6} />}
      {runs.state === 'failed' && <FailureNotice failure={runs.failure} onRetry={runs.retry} />}
      {runs.state === 'ready' && <RunList runs={runs.data} />}
    </>
  )
}

function RunList({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('runs')
  if (runs.length === 0) return <EmptyState title={t('none')} hint={t('noneHint')} />
  const longest = Math.max(1, ...runs.map(durationOf))
  return (
    <ul className={styles['list']}>
      {runs.map((run) => (
        <RunLine key={run.runId} run={run} share={durationOf(run) / longest} />
      ))}
    </ul>
  )
}

function RunLine({ run, share }: { readonly run: RunSummary; readonly share: number }) {
  const { t } = useTranslation('runs')
  const { openTab } = useWorkbench()
  const { dateTime, duration, number } = useFormats()
  const { runId, pipeline, state, startedAt, queuedAt, counts } = run
  return (
    <li>
      <button type="button" className={styles['open']} onClick={() => openTab({ kind: 'run', params: { runId } })}>
        <span className={styles['first']}>
          <bdi>{pipeline}</bdi>
          <StateTag state={state} />
        </span>
        <small className={styles['facts']}>
          <span>{dateTime(startedAt ?? queuedAt)}</span>
          {durationOf(run) > 0 && <span>{duration(durationOf(run))}</span>}
          {counts !== undefined && <span>{t('written', { rows: number(counts.written) })}</span>}
        </small>
        <span className={styles['bar']} style={{ width: `${share * 100}%` }} />
      </button>
    </li>
  )
}

function durationOf(run: RunSummary): number {
  return tookMs(run) ?? 0
}
