import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TabView } from '../../app/feature.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useOpening } from '../../app/rpc/use-opening.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import { Monitor } from './monitor/Monitor.tsx'
import { SyncActs } from './monitor/SyncActs.tsx'
import { useWatched } from './monitor/use-watched.ts'
import styles from './Syncs.module.css'
import { SyncText } from './SyncText.tsx'
import { stateOf } from './sync-state.ts'

type View = 'monitor' | 'code'

/** One sync: how it stands, table by table, and its file. */
export function SyncTab({ tabId, params: { name } }: TabView<{ name: string }>) {
  const { t } = useTranslation('syncs')
  const { opening, reopen } = useOpening()
  const [view, setView] = useState<View>('monitor')
  const watched = useWatched(name)
  const opened = useAnswer(['syncs', 'get', name, opening], (engine, signal) =>
    engine.syncs.get({ sync: name }, { signal }),
  )
  if (opened.state === 'failed') return <FailureNotice failure={opened.failure} onRetry={opened.retry} />
  if (opened.state === 'loading') return <Skeleton rows={8} />
  const { document } = opened.data
  const { standing } = watched.value
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {standing !== undefined && <StateTag state={stateOf(standing)} />}
        {document !== undefined && (
          <span className={styles['quiet']}>
            <bdi>{document.source}</bdi> → <bdi>{document.target}</bdi>
          </span>
        )}
        <Segmented
          size="small"
          aria-label={t('view')}
          value={view}
          onChange={setView}
          options={(['monitor', 'code'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        <span className={styles['grow']} />
        <SyncActs name={name} tabId={tabId} standing={standing} />
      </header>
      {watched.failure !== undefined && <FailureNotice failure={watched.failure} />}
      {/* What is edited stays while the other side is looked at. */}
      <div className={styles['side']} hidden={view !== 'code'}>
        <SyncText key={`${opening} ${name}`} place={{ tabId, sync: name, onReload: reopen }} opened={opened.data} />
      </div>
      {view === 'monitor' && <Monitor name={name} watched={watched.value} isSound={document !== undefined} />}
    </div>
  )
}
