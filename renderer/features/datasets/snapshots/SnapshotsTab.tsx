import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '../../../../engine/contract/api/snapshots.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { Origin } from './Origin.tsx'
import type { Refreshed } from './refresh-each.ts'
import styles from './Snapshots.module.css'
import { useRefreshAll } from './use-refresh-all.ts'

/** Every snapshot of the workspace: what it is of, where from, how old; all can be taken again. */
export function SnapshotsTab() {
  const { t } = useTranslation('datasets')
  const answer = useAnswer(['snapshots', 'list'], (engine, signal) => engine.snapshots.list(undefined, { signal }))
  if (answer.state === 'loading') return <Skeleton rows={5} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  if (answer.data.length === 0) return <EmptyState title={t('snapshots.empty')} hint={t('snapshots.emptyHint')} />
  return <SnapshotList snapshots={newestOfEach(answer.data)} />
}

/** Earlier ones of a dataset are not read any more. */
function newestOfEach(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const newest = new Map<string, Snapshot>()
  for (const one of snapshots) if (!newest.has(one.dataset)) newest.set(one.dataset, one)
  return [...newest.values()].toSorted((a, b) => (a.dataset < b.dataset ? -1 : 1))
}

function SnapshotList({ snapshots }: { readonly snapshots: readonly Snapshot[] }) {
  const { t } = useTranslation('datasets')
  const { states, isRunning, start, stop } = useRefreshAll()
  const all = [...states.values()]
  const ended = all.filter(({ state }) => state === 'done' || state === 'failed').length
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>{t('snapshots.title')}</h1>
        {isRunning ? (
          <Button onClick={stop}>{t('snapshots.stop')}</Button>
        ) : (
          <Button onClick={() => void start(snapshots.map(({ dataset }) => dataset))}>
            {t('snapshots.refreshAll')}
          </Button>
        )}
      </header>
      {all.length > 0 && (
        <div role="status" className={styles['progress']}>
          <Progress
            percent={Math.round((ended / all.length) * 100)}
            showInfo={false}
            aria-label={t('snapshots.progress')}
          />
          <span>{t(isRunning ? 'snapshots.count' : 'snapshots.ended', { ended, all: all.length })}</span>
        </div>
      )}
      <ul className={styles['list']} aria-label={t('snapshots.title')}>
        {snapshots.map((snapshot) => (
          <SnapshotLine
            key={snapshot.dataset}
            snapshot={snapshot}
            refreshed={states.get(snapshot.dataset)}
            isBusy={isRunning}
            onRefresh={() => void start([snapshot.dataset])}
          />
        ))}
      </ul>
    </div>
  )
}

interface SnapshotLineProps {
  readonly snapshot: Snapshot
  readonly refreshed: Refreshed | undefined
  readonly isBusy: boolean
  readonly onRefresh: () => void
}

function SnapshotLine({ snapshot, refreshed, isBusy, onRefresh }: SnapshotLineProps) {
  const { t } = useTranslation('datasets')
  const { openTab } = useWorkbench()
  const formats = useFormats()
  const { dataset, rows, scope, policy } = snapshot
  return (
    <li className={styles['line']}>
      <Button type="link" size="small" onClick={() => openTab({ kind: 'dataset', params: { dataset } })}>
        <bdi>{dataset}</bdi>
      </Button>
      <span>{t('snapshots.rows', { rows: formats.number(rows), scope: t(`snapshot.scope.${scope.kind}`) })}</span>
      <Origin snapshot={snapshot} />
      <span>{policy === undefined ? t('snapshot.unmasked') : t('snapshots.masked', { name: policy.name })}</span>
      <span>{refreshed !== undefined && t(`snapshots.state.${refreshed.state}`)}</span>
      <Button size="small" disabled={isBusy} aria-label={t('snapshots.refreshOne', { dataset })} onClick={onRefresh}>
        {t('snapshot.refresh')}
      </Button>
      {refreshed?.state === 'failed' && (
        <div className={styles['failure']}>
          <FailureNotice failure={refreshed.failure} />
        </div>
      )}
    </li>
  )
}
