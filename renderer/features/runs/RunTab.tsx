import { Button, Progress as ProgressBar, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { failureFromData } from '../../../engine/contract/failure.ts'
import type { RunSummary } from '../../../engine/contract/run.ts'
import type { TabView } from '../../app/feature.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useEvents } from '../../app/rpc/use-events.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import { CountsLine } from './CountsLine.tsx'
import { LogView } from './LogView.tsx'
import { afterEvent, NO_PROGRESS, type Progress } from './progress.ts'
import { ReceiptView } from './ReceiptView.tsx'
import { RejectsView } from './RejectsView.tsx'
import styles from './Runs.module.css'

const REFRESH_MS = 1_000
const ENDED = new Set(['succeeded', 'failed', 'cancelled', 'interrupted'])

/** One run: as it goes, and what it did. */
export function RunTab({ params: { runId } }: TabView<{ runId: string }>) {
  const found = useAnswer(['runs', 'get', runId], (engine, signal) => engine.runs.get({ runId }, { signal }), {
    refetchMs: REFRESH_MS,
  })
  const { value: progress } = useEvents({
    key: runId,
    open: (engine, signal) => engine.runs.events({ runId }, { signal }),
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
  const isOver = ENDED.has(run.state)
  return (
    <div className={styles['page']}>
      <RunHead run={run} isOver={isOver} />
      {run.failure !== undefined && <FailureNotice failure={failureFromData(run.failure)} />}
      {run.counts !== undefined && <CountsLine counts={run.counts} />}
      {!isOver && <Steps progress={progress} />}
      <Tabs
        size="small"
        destroyOnHidden
        items={[
          { key: 'log', label: t('log'), children: <LogView lines={progress.log} /> },
          ...(isOver
            ? [
                { key: 'receipt', label: t('receipt'), children: <ReceiptView runId={run.runId} /> },
                { key: 'rejects', label: t('rejects'), children: <RejectsView runId={run.runId} /> },
              ]
            : []),
        ]}
      />
    </div>
  )
}

function RunHead({ run, isOver }: { readonly run: RunSummary; readonly isOver: boolean }) {
  const { t } = useTranslation('runs')
  const { openTab } = useWorkbench()
  const { dateTime, duration } = useFormats()
  const cancel = useAct((engine, runId: string) => engine.runs.cancel({ runId }), ['runs'])
  const again = useAct((engine, pipeline: string) => engine.runs.start({ pipeline }), ['runs'])
  const { runId, pipeline, state, startedAt, finishedAt, attempt } = run
  const runAgain = async (): Promise<void> => {
    const started = await again.run(pipeline)
    if (started !== undefined) openTab({ kind: 'run', params: { runId: started.runId } })
  }
  const failure = cancel.failure ?? again.failure
  return (
    <>
      <header className={styles['head']}>
        <h1>
          <bdi>{pipeline}</bdi>
        </h1>
        <StateTag state={state} />
        <span className={styles['quiet']}>
          {startedAt !== undefined && dateTime(startedAt)}
          {startedAt !== undefined &&
            finishedAt !== undefined &&
            ` · ${duration(Date.parse(finishedAt) - Date.parse(startedAt))}`}
          {attempt > 1 && ` · ${t('attempt', { attempt })}`}
        </span>
        <span className={styles['grow']} />
        <Button size="small" onClick={() => openTab({ kind: 'pipeline', params: { pipeline } })}>
          {t('openPipeline')}
        </Button>
        {isOver ? (
          <Button size="small" type="primary" loading={again.isRunning} onClick={() => void runAgain()}>
            {t('again')}
          </Button>
        ) : (
          <Button size="small" danger loading={cancel.isRunning} onClick={() => void cancel.run(runId)}>
            {t('cancel')}
          </Button>
        )}
      </header>
      {failure !== undefined && <FailureNotice failure={failure} />}
    </>
  )
}

function Steps({ progress: { steps, remainingMs } }: { readonly progress: Progress }) {
  const { t } = useTranslation('runs')
  const { number, duration } = useFormats()
  if (steps.length === 0) return <EmptyState title={t('starting')} />
  return (
    <ul className={styles['steps']} aria-label={t('steps')}>
      {steps.map(({ step, rows, rowsPerSecond, fraction }) => (
        <li key={step}>
          <bdi>{step}</bdi>
          <span className={styles['quiet']}>
            {rows !== undefined && t('rows', { rows: number(rows) })}
            {rowsPerSecond !== undefined && ` · ${t('rate', { rows: number(Math.round(rowsPerSecond)) })}`}
          </span>
          {fraction !== undefined && (
            <ProgressBar percent={Math.round(fraction * 100)} size="small" aria-label={t('progressOf', { step })} />
          )}
        </li>
      ))}
      {remainingMs !== undefined && (
        <li className={styles['quiet']}>{t('remaining', { time: duration(remainingMs) })}</li>
      )}
    </ul>
  )
}
