import { useTranslation } from 'react-i18next'
import type { ListedSync } from '../../../engine/contract/api/syncs.ts'
import { failureFromData } from '../../../engine/contract/failure.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import styles from './Servers.module.css'

interface SyncCardProps {
  readonly server: string
  readonly sync: ListedSync
}

/** A sync of a server: how it stands and how far its tables are; it can be started and stopped. */
export function SyncCard({ server, sync: { name, document, status, isRun, tables } }: SyncCardProps) {
  const { t } = useTranslation('servers')
  const { number, duration } = useFormats()
  const start = useAct((engine, sync: string) => engine.servers.startSync({ server, sync }), ['servers'])
  const stop = useAct((engine, sync: string) => engine.servers.stopSync({ server, sync }), ['servers'])
  const copied = tables.filter(({ state }) => state === 'copied').length
  const failed = tables.filter(({ state }) => state === 'failed').length
  const facts = [
    ...(tables.length === 0 ? [] : [t('sync.tables', { copied: number(copied), all: number(tables.length) })]),
    ...(failed === 0 ? [] : [t('sync.failed', { count: failed })]),
    ...(status?.latencyMs === undefined || !isRun ? [] : [t('sync.lag', { lag: duration(status.latencyMs) })]),
    ...(status === undefined || !isRun ? [] : [t('sync.rate', { rate: number(status.changesPerSecond) })]),
  ]
  const failure = start.failure ?? stop.failure
  const act = isRun ? stop : start
  return (
    <section className={styles['card']} aria-label={name}>
      <header className={styles['head']}>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <StateTag state={status?.state ?? 'stopped'} />
        {document !== undefined && (
          <span className={styles['quiet']}>
            <bdi>{document.source}</bdi> → <bdi>{document.target}</bdi>
          </span>
        )}
        <span className={styles['grow']} />
        <BusyButton size="small" isBusy={act.isRunning} onClick={() => void act.run(name)}>
          {t(isRun ? 'sync.stop' : 'sync.start')}
        </BusyButton>
      </header>
      {facts.length > 0 && <p className={styles['quiet']}>{facts.join(' · ')}</p>}
      {status?.failure !== undefined && <FailureNotice failure={failureFromData(status.failure)} />}
      {failure !== undefined && <FailureNotice failure={failure} />}
    </section>
  )
}
