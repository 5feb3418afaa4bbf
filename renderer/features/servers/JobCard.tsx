import { useTranslation } from 'react-i18next'
import type { DeployedJob } from '../../../engine/contract/api/jobs.ts'
import { failureFromData } from '../../../engine/contract/failure.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { useConfirm } from '../../ui/confirm/use-confirm.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Servers.module.css'
import { versionBefore } from './version-before.ts'

interface JobCardProps {
  readonly server: string
  readonly job: DeployedJob
}

/** A job of a server: when it runs next, how it ran last, its versions; it can be run now or go back. */
export function JobCard({ server, job: deployed }: JobCardProps) {
  const { job, schedule, nextTimes, lastRun, deployment, watch } = deployed
  const { t } = useTranslation('servers')
  const language = usePreferences((state) => state.language)
  const { dateTime } = useFormats()
  const trigger = useAct((engine, name: string) => engine.servers.trigger({ server, job: name }), ['servers'])
  return (
    <section className={styles['card']} aria-label={job}>
      <header className={styles['head']}>
        <strong>
          <bdi>{job}</bdi>
        </strong>
        {lastRun !== undefined && <StateTag state={lastRun.state} />}
        <span className={styles['quiet']}>
          {t('deployed', { time: dateTime(deployment.deployedAt), digest: deployment.digest.slice(0, 8) })}
        </span>
        <span className={styles['grow']} />
        <BusyButton size="small" isBusy={trigger.isRunning} onClick={() => void trigger.run(job)}>
          {t('trigger')}
        </BusyButton>
        <RollbackButton server={server} job={job} />
      </header>
      <p className={styles['quiet']}>
        {schedule === undefined && watch === undefined && t('noSchedule')}
        {schedule?.text[language]}
        {nextTimes[0] !== undefined && ` · ${t('next', { time: dateTime(nextTimes[0]) })}`}
      </p>
      {watch !== undefined && (
        <p className={styles['quiet']}>
          <bdi>{t('watches', { ...watch })}</bdi>
        </p>
      )}
      {watch?.failure !== undefined && <FailureNotice failure={failureFromData(watch.failure)} />}
      {trigger.failure !== undefined && <FailureNotice failure={trigger.failure} />}
    </section>
  )
}

/** Goes back to the version before; says which one comes back, and asks once. */
function RollbackButton({ server, job }: { readonly server: string; readonly job: string }) {
  const { t } = useTranslation('servers')
  const { dateTime } = useFormats()
  const versions = useAnswer(['servers', 'deployments', server, job], (engine, signal) =>
    engine.servers.deployments({ server, job }, { signal }),
  )
  const rollback = useAct((engine, name: string) => engine.servers.rollback({ server, job: name }), ['servers'])
  const before = versions.state === 'ready' ? versionBefore(versions.data) : undefined
  const ask = useConfirm({
    title: t('rollback.title', { job }),
    content: before && t('rollback.detail', { time: dateTime(before.deployedAt), digest: before.digest.slice(0, 8) }),
    okText: t('rollback.go'),
    cancelText: t('keep'),
    onOk: () => rollback.run(job),
  })
  return (
    <>
      <BusyButton size="small" disabled={before === undefined} isBusy={rollback.isRunning} onClick={ask}>
        {t('rollback')}
      </BusyButton>
      {rollback.failure !== undefined && <FailureNotice failure={rollback.failure} />}
    </>
  )
}
