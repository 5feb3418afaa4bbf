import { useTranslation } from 'react-i18next'
import type { JobRunSummary } from '../../../engine/contract/api/jobs.ts'
import { describeFailure, failureFromData } from '../../../engine/contract/failure.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Servers.module.css'

interface JobRunsProps {
  readonly server: string
  readonly runs: readonly JobRunSummary[]
}

/** What ran on the server, newest first; what still runs can be cancelled. */
export function JobRuns({ server, runs }: JobRunsProps) {
  const { t } = useTranslation('servers')
  if (runs.length === 0) return <EmptyState title={t('runs.none')} />
  return (
    <table className={styles['runs']}>
      <thead>
        <tr>
          {(['job', 'state', 'cause', 'started', 'duration', 'what'] as const).map((name) => (
            <th key={name}>{t(`run.${name}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <JobRunLine key={run.id} server={server} run={run} />
        ))}
      </tbody>
    </table>
  )
}

function JobRunLine({ server, run }: { readonly server: string; readonly run: JobRunSummary }) {
  const { t } = useTranslation('servers')
  const language = usePreferences((state) => state.language)
  const { dateTime, duration } = useFormats()
  const cancel = useAct((engine, jobRunId: string) => engine.servers.cancel({ server, jobRunId }), ['servers'])
  const { id, job, state, cause, file, queuedAt, startedAt, finishedAt, failure } = run
  const isOpen = state === 'queued' || state === 'running'
  return (
    <tr>
      <td>
        <bdi>{job}</bdi>
      </td>
      <td>
        <StateTag state={state} />
      </td>
      <td>
        {t(`cause.${cause}`)} {file !== undefined && <bdi>{file}</bdi>}
      </td>
      <td>{dateTime(startedAt ?? queuedAt)}</td>
      <td>
        {startedAt !== undefined &&
          finishedAt !== undefined &&
          duration(Date.parse(finishedAt) - Date.parse(startedAt))}
      </td>
      <td>
        {isOpen && (
          <BusyButton size="small" isBusy={cancel.isRunning} onClick={() => void cancel.run(id)}>
            {t('cancel')}
          </BusyButton>
        )}
        {failure !== undefined && describeFailure(failureFromData(failure), language).message}
      </td>
    </tr>
  )
}
