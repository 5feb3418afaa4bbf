import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobRunSummary } from '../../../engine/contract/api/jobs.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { HistoryCharts } from '../../ui/history/HistoryCharts.tsx'
import { sumOfCounts, tookMs } from '../../ui/history/history-specs.ts'
import { NamedLine, NamedList } from '../../ui/named-list/NamedList.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'

const SHOWN = 30
const LISTED = 8
const REFRESH_MS = 3_000

/** The last runs of the job here, as charts and as a list. */
export function JobHistory({ job }: { readonly job: string }) {
  const { t } = useTranslation('jobs')
  const runs = useAnswer(
    ['jobRuns', 'list', job],
    (engine, signal) => engine.jobRuns.list({ job, limit: SHOWN }, { signal }),
    { refetchMs: REFRESH_MS },
  )
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t('history')}</h2>
      {runs.state === 'loading' && <Skeleton rows={3} />}
      {runs.state === 'failed' && <FailureNotice failure={runs.failure} onRetry={runs.retry} />}
      {runs.state === 'ready' && runs.data.length === 0 && (
        <EmptyState title={t('history.none')} hint={t('history.noneHint')} />
      )}
      {runs.state === 'ready' && runs.data.length > 0 && <History runs={runs.data} />}
    </section>
  )
}

function History({ runs }: { readonly runs: readonly JobRunSummary[] }) {
  const { openTab } = useWorkbench()
  const { dateTime, duration, number } = useFormats()
  const points = useMemo(
    () =>
      runs.toReversed().map((run) => ({
        id: run.id,
        label: dateTime(run.startedAt ?? run.queuedAt),
        state: run.state,
        durationMs: tookMs(run),
        counts: sumOfCounts((run.steps ?? []).map((step) => step.run?.counts)),
      })),
    [runs, dateTime],
  )
  const open = (jobRunId: string): void => openTab({ kind: 'jobRun', params: { jobRunId } })
  return (
    <>
      <HistoryCharts points={points} duration={duration} number={number} onChoose={open} />
      <NamedList>
        {runs.slice(0, LISTED).map((run) => {
          const took = tookMs(run)
          return (
            <NamedLine
              key={run.id}
              name={dateTime(run.startedAt ?? run.queuedAt)}
              detail={took === undefined ? undefined : duration(took)}
              onOpen={() => open(run.id)}
            >
              <StateTag state={run.state} />
            </NamedLine>
          )
        })}
      </NamedList>
    </>
  )
}
