import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { JobCard } from './JobCard.tsx'
import { JobRuns } from './JobRuns.tsx'
import styles from './Servers.module.css'
import { SyncCard } from './SyncCard.tsx'

const REFRESH_MS = 3_000

/** A server as it is now: its jobs, their next times, what ran. */
export function ServerTab({ params: { server } }: TabView<{ server: string }>) {
  const { t } = useTranslation('servers')
  const { openTab } = useWorkbench()
  const found = useAnswer(
    ['servers', 'state', server],
    async (engine, signal) => {
      const [info, jobs, runs, syncs] = await Promise.all([
        engine.servers.check({ server }, { signal }),
        engine.servers.jobs({ server }, { signal }),
        engine.servers.runs({ server, limit: 30 }, { signal }),
        // A server of an earlier version has none.
        engine.servers.syncs({ server }, { signal }).catch(() => []),
      ])
      return { info, jobs, runs, syncs }
    },
    { refetchMs: REFRESH_MS },
  )
  if (found.state === 'loading') return <Skeleton rows={8} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  const { info, jobs, runs, syncs } = found.data
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>
          <bdi>{server}</bdi>
        </h1>
        <span className={styles['quiet']}>{t('version', { version: info.version })}</span>
        <span className={styles['grow']} />
        <Button size="small" type="primary" onClick={() => openTab({ kind: 'push' })}>
          {t('push')}
        </Button>
      </header>
      <h2>{t('jobs')}</h2>
      {jobs.length === 0 && <EmptyState title={t('jobs.none')} hint={t('jobs.noneHint')} />}
      {jobs.map((job) => (
        <JobCard key={job.job} server={server} job={job} />
      ))}
      {syncs.length > 0 && <h2>{t('syncs')}</h2>}
      {syncs.map((sync) => (
        <SyncCard key={sync.name} server={server} sync={sync} />
      ))}
      <h2>{t('runs')}</h2>
      <JobRuns server={server} runs={runs} />
    </div>
  )
}
