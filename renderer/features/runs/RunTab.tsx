import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { failureFromData } from '../../../engine/contract/failure.ts'
import type { RunSummary } from '../../../engine/contract/run.ts'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useEvents } from '../../app/rpc/use-events.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { CountsLine } from './CountsLine.tsx'
import { LogView } from './LogView.tsx'
import { ProgressView } from './ProgressView.tsx'
import { afterEvent, committedTargets, NO_PROGRESS, PROGRESS_KINDS, type Progress } from './progress.ts'
import { ReceiptView } from './ReceiptView.tsx'
import { RejectsView } from './RejectsView.tsx'
import { RunHead } from './RunHead.tsx'
import styles from './Runs.module.css'
import { isOver } from './run-state.ts'

const REFRESH_MS = 1_000

/** One run: as it goes, and what it did. */
export function RunTab({ params: { runId } }: TabView<{ runId: string }>) {
  const found = useAnswer(['runs', 'get', runId], (engine, signal) => engine.runs.get({ runId }, { signal }), {
    refetchMs: REFRESH_MS,
  })
  const { value: progress } = useEvents({
    key: runId,
    open: (engine, signal) => engine.runs.events({ runId, kinds: [...PROGRESS_KINDS] }, { signal }),
    initial: NO_PROGRESS,
    reduce: afterEvent,
  })
  if (found.state === 'loading') return <Skeleton rows={8} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  return <RunView run={found.data} progress={progress} />
}

interface RunViewProps {
  readonly run: RunSummary
  readonly progress: Progress
}

function RunView({ run, progress }: RunViewProps) {
  const { t } = useTranslation('runs')
  const { runId, pipeline, failure, counts } = run
  const hasEnded = isOver(run)
  return (
    <div className={styles['page']}>
      <RunHead run={run} committed={committedTargets(progress)} />
      {failure !== undefined && <FailureNotice failure={failureFromData(failure)} />}
      {counts !== undefined && <CountsLine counts={counts} />}
      <Tabs
        size="small"
        destroyOnHidden
        className={styles['tabs'] ?? ''}
        items={[
          {
            key: 'progress',
            label: t('progress'),
            children: <ProgressView progress={progress} hasEnded={hasEnded} />,
          },
          { key: 'log', label: t('log'), children: <LogView runId={runId} isOver={hasEnded} /> },
          ...(hasEnded
            ? [
                { key: 'receipt', label: t('receipt'), children: <ReceiptView runId={runId} /> },
                { key: 'rejects', label: t('rejects'), children: <RejectsView runId={runId} pipeline={pipeline} /> },
              ]
            : []),
        ]}
      />
    </div>
  )
}
