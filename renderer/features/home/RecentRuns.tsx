import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { describeFailure, failureFromData } from '../../../engine/contract/failure.ts'
import type { RunSummary } from '../../../engine/contract/run.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { tookMs } from '../../ui/history/history-specs.ts'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Home.module.css'

const REFRESH_MS = 5_000

/** The last runs, those that failed with why; all of them are in the history. */
export function RecentRuns() {
  const { t } = useTranslation('home')
  const { openTab } = useWorkbench()
  const runs = useAnswer(['runs', 'recent'], (engine, signal) => engine.runs.list({ limit: 8 }, { signal }), {
    refetchMs: REFRESH_MS,
  })
  return (
    <section aria-labelledby="runs-title">
      <h2 id="runs-title">{t('runs.title')}</h2>
      {runs.state === 'loading' && <Skeleton rows={4} />}
      {runs.state === 'failed' && <FailureNotice failure={runs.failure} onRetry={runs.retry} />}
      {runs.state === 'ready' && <RunList runs={runs.data} />}
      {runs.state === 'ready' && runs.data.length > 0 && (
        <Button type="link" className={styles['all'] ?? ''} onClick={() => openTab({ kind: 'history' })}>
          {t('runs.all')}
        </Button>
      )}
    </section>
  )
}

function RunList({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('home')
  if (runs.length === 0) return <EmptyState title={t('runs.none')} hint={t('runs.noneHint')} />
  return (
    <ul className={styles['list']}>
      {runs.map((run) => (
        <RunLine key={run.runId} run={run} />
      ))}
    </ul>
  )
}

function RunLine({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('home')
  const { openTab } = useWorkbench()
  const language = usePreferences((state) => state.language)
  const { dateTime, duration, number } = useFormats()
  const { runId, pipeline, job, state, startedAt, counts, failure } = run
  const took = tookMs(run)
  const facts = [
    job,
    startedAt === undefined ? undefined : dateTime(startedAt),
    took === undefined ? undefined : duration(took),
    counts === undefined
      ? undefined
      : t('runs.rows', { written: number(counts.written), rejected: number(counts.rejected) }),
  ]
  return (
    <li className={styles['line']}>
      <button type="button" className={styles['link']} onClick={() => openTab({ kind: 'run', params: { runId } })}>
        <bdi>{pipeline}</bdi>
        <small>
          <bdi>{facts.filter((fact) => fact !== undefined).join(' · ')}</bdi>
        </small>
        {failure !== undefined && (
          <small className={styles['why']}>{describeFailure(failureFromData(failure), language).message}</small>
        )}
      </button>
      <StateTag state={state} />
    </li>
  )
}
