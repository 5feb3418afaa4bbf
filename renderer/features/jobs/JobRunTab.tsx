import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobRunSummary } from '../../../engine/contract/api/jobs.ts'
import { failureFromData } from '../../../engine/contract/failure.ts'
import type { TabView } from '../../app/feature.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { useConfirm } from '../../ui/confirm/use-confirm.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { tookMs } from '../../ui/history/history-specs.ts'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Jobs.module.css'

const REFRESH_MS = 700
const AREAS = ['jobRuns', 'runs'] as const

/** One run of a job: its steps as they go, each leading to its own run. */
export function JobRunTab({ params: { jobRunId } }: TabView<{ jobRunId: string }>) {
  const found = useAnswer(
    ['jobRuns', 'get', jobRunId],
    (engine, signal) => engine.jobRuns.get({ jobRunId }, { signal }),
    { refetchMs: REFRESH_MS },
  )
  if (found.state === 'loading') return <Skeleton rows={6} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  const { failure, steps = [] } = found.data
  return (
    <div className={styles['page']}>
      <Head run={found.data} />
      {failure !== undefined && <FailureNotice failure={failureFromData(failure)} />}
      <Steps steps={steps} />
    </div>
  )
}

function Head({ run }: { readonly run: JobRunSummary }) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const { dateTime, duration } = useFormats()
  const { job, state, startedAt, queuedAt } = run
  const took = tookMs(run)
  const isOpen = state === 'queued' || state === 'running'
  return (
    <header className={styles['head']}>
      <h1>
        <bdi>{job}</bdi>
      </h1>
      <StateTag state={state} />
      <span className={styles['quiet']}>
        {dateTime(startedAt ?? queuedAt)}
        {took !== undefined && ` · ${duration(took)}`}
      </span>
      <span className={styles['grow']} />
      <Button size="small" onClick={() => openTab({ kind: 'job', params: { name: job } })}>
        {t('run.openJob')}
      </Button>
      {isOpen ? <CancelButton run={run} /> : <AgainButtons run={run} />}
    </header>
  )
}

function CancelButton({ run: { id, job, steps = [] } }: { readonly run: JobRunSummary }) {
  const { t } = useTranslation('jobs')
  const cancel = useAct((engine, jobRunId: string) => engine.jobRuns.cancel({ jobRunId }), AREAS)
  const done = steps
    .filter(({ run }) => run?.state === 'succeeded')
    .map(({ pipeline, check }) => (check === undefined ? pipeline : t('step.checkOf', { check })))
  const ask = useConfirm({
    title: t('cancel.title', { job }),
    content: done.length === 0 ? t('cancel.nothing') : t('cancel.done', { steps: done.join(', ') }),
    okText: t('cancel'),
    cancelText: t('cancel.goOn'),
    onOk: () => cancel.run(id),
  })
  return (
    <>
      <BusyButton size="small" danger isBusy={cancel.isRunning} onClick={ask}>
        {t('cancel')}
      </BusyButton>
      {cancel.failure !== undefined && <FailureNotice failure={cancel.failure} />}
    </>
  )
}

/** From the step where it ended, where that did not succeed; or all of the job as it is now. */
function AgainButtons({ run: { id, job, state } }: { readonly run: JobRunSummary }) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const resume = useAct((engine, jobRunId: string) => engine.jobRuns.resume({ jobRunId }), AREAS)
  const start = useAct((engine, name: string) => engine.jobRuns.start({ job: name }), AREAS)
  const again = async (): Promise<void> => {
    const started = await start.run(job)
    if (started !== undefined) openTab({ kind: 'jobRun', params: { jobRunId: started.id } })
  }
  const failure = resume.failure ?? start.failure
  return (
    <>
      {state !== 'succeeded' && state !== 'skipped' && (
        <BusyButton size="small" isBusy={resume.isRunning} onClick={() => void resume.run(id)}>
          {t('run.resume')}
        </BusyButton>
      )}
      <BusyButton size="small" type="primary" isBusy={start.isRunning} onClick={() => void again()}>
        {t('run.again')}
      </BusyButton>
      {failure !== undefined && <FailureNotice failure={failure} />}
    </>
  )
}

function Steps({ steps }: { readonly steps: NonNullable<JobRunSummary['steps']> }) {
  const { t } = useTranslation('jobs')
  const { openTab } = useWorkbench()
  const { duration, number } = useFormats()
  return (
    <ol className={styles['runSteps']} aria-label={t('steps')}>
      {steps.map(({ pipeline, check, run }, index) => {
        const took = run === undefined ? undefined : tookMs(run)
        return (
          // Steps have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <bdi>{check === undefined ? pipeline : t('step.checkOf', { check })}</bdi>
            {run === undefined ? (
              <span className={styles['quiet']}>{t('run.notYet')}</span>
            ) : (
              <StateTag state={run.state} />
            )}
            <span className={styles['quiet']}>{took !== undefined && duration(took)}</span>
            <span className={styles['quiet']}>
              {run?.counts !== undefined &&
                (check === undefined
                  ? t('run.rows', { written: number(run.counts.written), rejected: number(run.counts.rejected) })
                  : t('run.checkedRows', { read: number(run.counts.read), rejected: number(run.counts.rejected) }))}
            </span>
            {run !== undefined && (
              <Button size="small" onClick={() => openTab({ kind: 'run', params: { runId: run.runId } })}>
                {t('run.openStep', { step: index + 1 })}
              </Button>
            )}
          </li>
        )
      })}
    </ol>
  )
}
