import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SyncStanding } from '../../../../engine/contract/api/syncs.ts'
import { failureFromData } from '../../../../engine/contract/failure.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import styles from '../Syncs.module.css'
import { alarmingShare } from '../sync-state.ts'
import { RateCharts } from './RateCharts.tsx'
import { SyncLog } from './SyncLog.tsx'
import { TableList } from './TableList.tsx'
import type { Watched } from './use-watched.ts'

interface MonitorProps {
  readonly name: string
  readonly watched: Watched
  /** Whether its file can be read as a sync. */
  readonly isSound: boolean
}

/** How a sync stands now: figures, what is wrong and what to do, every table, and what was done. */
export function Monitor({ name, watched: { standing, log, moments }, isSound }: MonitorProps) {
  const { t } = useTranslation('syncs')
  if (standing === undefined) return <Skeleton rows={8} />
  const { status } = standing
  return (
    <div className={styles['monitor']}>
      {!isSound && <Alert type="error" showIcon title={t('broken')} description={t('brokenHint')} />}
      {status?.failure !== undefined && <FailureNotice failure={failureFromData(status.failure)} />}
      {status === undefined ? (
        <EmptyState title={t('never')} hint={t('neverHint')} />
      ) : (
        <>
          <ReaderWarning standing={standing} />
          <Figures standing={standing} />
          <RateCharts moments={moments} />
          <TableList name={name} tables={status.tables} />
        </>
      )}
      <SyncLog entries={log} />
    </div>
  )
}

/** The source gives up who falls too far behind: told before it happens. */
function ReaderWarning({ standing: { status } }: { readonly standing: SyncStanding }) {
  const { t } = useTranslation('syncs')
  const { bytes, percent } = useFormats()
  const reader = status?.reader
  if (reader === undefined) return null
  if (!reader.isUsable) {
    return <Alert type="error" showIcon title={t('reader.lost')} description={reader.reason ?? t('reader.lostHint')} />
  }
  const share = alarmingShare(reader)
  if (share === undefined) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('reader.alarm', { share: percent(share), left: bytes(reader.headroomBytes ?? 0) })}
      description={t('reader.alarmHint')}
    />
  )
}

function Figures({ standing: { status, isRun } }: { readonly standing: SyncStanding }) {
  const { t } = useTranslation('syncs')
  const { number, bytes, duration, dateTime } = useFormats()
  if (status === undefined) return null
  const { latencyMs, lagBytes, reader, changesPerSecond, transactions, position, tables, updatedAt } = status
  const copied = tables.filter(({ state }) => state === 'copied').length
  const failed = tables.filter(({ state }) => state === 'failed').length
  const figures = [
    ['tables', t('figure.tablesOf', { copied: number(copied), all: number(tables.length) })],
    ...(failed === 0 ? [] : [['failed', number(failed)] as const]),
    ['latency', latencyMs === undefined ? '–' : duration(latencyMs)],
    ['lag', bytes(Math.max(lagBytes, reader?.lagBytes ?? 0))],
    ['rate', t('line.rate', { rate: number(isRun ? changesPerSecond : 0) })],
    ['transactions', number(transactions)],
    ['position', position ?? '–'],
    ['told', dateTime(updatedAt)],
  ] as const
  return (
    <dl className={styles['figures']}>
      {figures.map(([key, value]) => (
        <div key={key} data-figure={key}>
          <dt>{t(`figure.${key}`)}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
