import { useTranslation } from 'react-i18next'
import type { RunSummary } from '../../../engine/contract/run.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Home.module.css'

const REFRESH_MS = 5_000

/** The last runs, those that failed with why. */
export function RecentRuns() {
  const { t } = useTranslation('home')
  const runs = useAnswer(['runs', 'recent'], (engine, signal) => engine.runs.list({ limit: 8 }, { signal }), {
    refetchMs: REFRESH_MS,
  })
  return (
    <section aria-labelledby="runs-title">
      <h2 id="runs-title">{t('runs.title')}</h2>
      {runs.state === 'loading' && <Skeleton rows={4} />}
      {runs.state === 'failed' && <FailureNotice failure={runs.failure} onRetry={runs.retry} />}
      {runs.state === 'ready' && <RunList runs={runs.data} />}
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
  const { openTab } = useWorkbench()
  const { dateTime } = useFormats()
  return (
    <li className={styles['line']}>
      <button
        type="button"
        className={styles['link']}
        onClick={() => openTab({ kind: 'run', params: { runId: run.runId } })}
      >
        <bdi>{run.pipeline}</bdi>
        {run.startedAt !== undefined && <small>{dateTime(run.startedAt)}</small>}
      </button>
      <StateTag state={run.state} />
    </li>
  )
}
