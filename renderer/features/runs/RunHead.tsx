import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RunSummary } from '../../../engine/contract/run.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { useConfirm } from '../../ui/confirm/use-confirm.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Runs.module.css'
import { isOver } from './run-state.ts'

interface RunHeadProps {
  readonly run: RunSummary
  /** Targets whose commit began: they keep what was written when the run is cancelled now. */
  readonly committed: readonly string[]
}

/** What runs, how it stands, what it was started with; and what can be done with it. */
export function RunHead({ run, committed }: RunHeadProps) {
  const { t } = useTranslation('runs')
  const { openTab } = useWorkbench()
  const { pipeline, check, state, jobRunId, job } = run
  return (
    <header className={styles['head']}>
      <h1>
        <bdi>{check === undefined ? pipeline : t('checkOf', { check })}</bdi>
      </h1>
      <StateTag state={state} />
      <Facts run={run} />
      <span className={styles['grow']} />
      {jobRunId !== undefined && (
        <Button size="small" onClick={() => openTab({ kind: 'jobRun', params: { jobRunId } })}>
          {t('openJobRun', { job })}
        </Button>
      )}
      {check === undefined && (
        <Button size="small" onClick={() => openTab({ kind: 'pipeline', params: { pipeline } })}>
          {t('openPipeline')}
        </Button>
      )}
      {isOver(run) && check === undefined && <AgainButton run={run} />}
      {!isOver(run) && <CancelButton run={run} committed={committed} />}
    </header>
  )
}

function Facts({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs')
  const { dateTime, duration } = useFormats()
  const { startedAt, finishedAt, attempt, parameters = {}, environment } = run
  const facts = [
    startedAt === undefined ? undefined : dateTime(startedAt),
    startedAt === undefined || finishedAt === undefined
      ? undefined
      : duration(Date.parse(finishedAt) - Date.parse(startedAt)),
    attempt > 1 ? t('attempt', { attempt }) : undefined,
    environment === undefined ? undefined : t('environment', { environment }),
    ...Object.entries(parameters).map(([name, value]) => `${name} = ${value ?? 'NULL'}`),
  ]
  return (
    <span className={styles['quiet']}>
      <bdi>{facts.filter((fact) => fact !== undefined).join(' · ')}</bdi>
    </span>
  )
}

/** Asks once, and says what stays: rows are there from the moment of their target's commit. */
function CancelButton({ run: { runId, pipeline }, committed }: RunHeadProps) {
  const { t } = useTranslation('runs')
  const cancel = useAct((engine, id: string) => engine.runs.cancel({ runId: id }), ['runs'])
  const ask = useConfirm({
    title: t('cancel.title', { pipeline }),
    content: committed.length === 0 ? t('cancel.nothing') : t('cancel.committed', { targets: committed.join(', ') }),
    okText: t('cancel'),
    cancelText: t('cancel.goOn'),
    onOk: () => cancel.run(runId),
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

/** The pipeline as it is now, with what this run was started with. A step of a job runs again by itself. */
function AgainButton({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs')
  const { openTab } = useWorkbench()
  const again = useAct(
    (engine, { pipeline, parameters, environment }: RunSummary) =>
      engine.runs.start({
        pipeline,
        ...(parameters === undefined ? {} : { parameters }),
        ...(environment === undefined ? {} : { environment }),
      }),
    ['runs'],
  )
  const runAgain = async (): Promise<void> => {
    const started = await again.run(run)
    if (started !== undefined) openTab({ kind: 'run', params: { runId: started.runId } })
  }
  return (
    <>
      <BusyButton size="small" type="primary" isBusy={again.isRunning} onClick={() => void runAgain()}>
        {t('again')}
      </BusyButton>
      {again.failure !== undefined && <FailureNotice failure={again.failure} />}
    </>
  )
}
