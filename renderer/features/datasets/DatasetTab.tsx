import { Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useStore } from 'zustand'
import type { RowsFrom } from '../../../engine/contract/api/data.ts'
import type { Filter } from '../../../engine/contract/cursor.ts'
import type { TabView } from '../../app/feature.ts'
import { useSession } from '../../app/session/session-context.ts'
import { workspaceOf } from '../../app/session/session-state.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import { SplitView } from '../../ui/split/SplitView.tsx'
import type { CursorSession } from './cursor/cursor-session.ts'
import { type CursorState, useCursor } from './cursor/use-cursor.ts'
import styles from './Datasets.module.css'
import { type DatasetParams, fromOf, titleOf } from './dataset-params.ts'
import { CursorGrid } from './grid/CursorGrid.tsx'
import { ImportView } from './import/ImportView.tsx'
import { optionsStored, type SourceOptions, storeOptions } from './import/stored-options.ts'
import { ProfilePanel } from './profile/ProfilePanel.tsx'
import { useProfile } from './profile/use-profile.ts'
import { SchemaView } from './SchemaView.tsx'
import { SnapshotView } from './snapshots/SnapshotView.tsx'

type Part = 'data' | 'profile' | 'schema' | 'import' | 'snapshot'

/** One dataset: its rows, what they are, how they are read, and its copy for work without the source. */
export function DatasetTab({ params }: TabView<DatasetParams>) {
  const { t } = useTranslation('datasets')
  const from = fromOf(params)
  if (from === undefined) return <EmptyState title={t('nothing')} />
  return <StoredDataset key={JSON.stringify(from)} params={params} from={from} />
}

interface StoredDatasetProps {
  readonly params: DatasetParams
  readonly from: Exclude<RowsFrom, { sql: string }>
}

function StoredDataset({ params, from }: StoredDatasetProps) {
  const { t } = useTranslation('datasets')
  const [part, setPart] = useState<Part>('data')
  const [options, setOptions] = useState<SourceOptions>(() => optionsStored(from))
  const [isOffline, setOffline] = useState(false)
  const cursor = useCursor({
    key: JSON.stringify([from, options, isOffline]),
    open: (engine, signal) =>
      engine.data.open({ from, options: { ...options }, ...(isOffline ? { offline: true } : {}) }, { signal }),
  })
  const use = (next: SourceOptions): void => {
    setOptions(next)
    storeOptions(from, next)
    setPart('data')
  }
  const parts: { key: Part; label: string; isOffered: boolean }[] = [
    { key: 'data', label: t('part.data'), isOffered: true },
    { key: 'profile', label: t('part.profile'), isOffered: cursor.state === 'open' || part === 'profile' },
    { key: 'schema', label: t('part.schema'), isOffered: true },
    { key: 'import', label: t('part.import'), isOffered: hasImport(cursor) || part === 'import' },
    { key: 'snapshot', label: t('part.snapshot'), isOffered: params.dataset !== undefined },
  ]
  return (
    <div className={styles['tab']}>
      <Tabs
        size="small"
        className={styles['parts'] ?? ''}
        activeKey={part}
        onChange={(key) => setPart(partSchema.parse(key))}
        items={parts.filter(({ isOffered }) => isOffered).map(({ key, label }) => ({ key, label }))}
        tabBarExtraContent={<bdi className={styles['name']}>{params.dataset ?? params.file}</bdi>}
      />
      <div className={styles['part']} hidden={part !== 'data' && part !== 'profile'}>
        <DataPart
          params={params}
          cursor={cursor}
          options={options}
          hasProfile={part === 'profile'}
          isOffline={isOffline}
          onOffline={setOffline}
        />
      </div>
      {part === 'schema' && <SchemaView params={params} options={options} cursor={cursor} />}
      {part === 'import' && <ImportView from={from} options={options} onUse={use} />}
      {part === 'snapshot' && params.dataset !== undefined && (
        <SnapshotView dataset={params.dataset} options={options} isOffline={isOffline} onOffline={setOffline} />
      )}
    </div>
  )
}

const partSchema = z.enum(['data', 'profile', 'schema', 'import', 'snapshot'])

function hasImport(cursor: CursorState): boolean {
  // How a file is read may be why it could not be.
  if (cursor.state === 'failed') return true
  if (cursor.state !== 'open') return false
  const { opened } = cursor.session.view()
  return opened.encoding !== undefined || opened.detected !== undefined
}

interface DataPartProps {
  readonly params: DatasetParams
  readonly cursor: CursorState
  readonly options: SourceOptions
  /** Whether the profile stands beside the rows. */
  readonly hasProfile: boolean
  readonly isOffline: boolean
  readonly onOffline: (isOffline: boolean) => void
}

function DataPart(props: DataPartProps) {
  const { cursor } = props
  switch (cursor.state) {
    case 'closed':
      return null
    case 'opening':
      return <Skeleton rows={12} />
    case 'failed':
      return <FailureNotice failure={cursor.failure} onRetry={cursor.retry} />
    case 'open':
      return (
        <RowsAndProfile
          key={cursor.session.view().opened.cursor}
          {...props}
          session={cursor.session}
          onReopen={cursor.reopen}
        />
      )
    default:
      return cursor satisfies never
  }
}

interface RowsAndProfileProps extends Omit<DataPartProps, 'cursor'> {
  readonly session: CursorSession
  readonly onReopen: () => void
}

/** The rows; beside them what they look like, whose charts choose among them. */
function RowsAndProfile(props: RowsAndProfileProps) {
  const { params, session, options, hasProfile, isOffline, onOffline, onReopen } = props
  const { t } = useTranslation('datasets')
  // Another workspace may have a dataset of the same name.
  const workspace = useStore(useSession().store, workspaceOf)
  const [narrowed, setNarrowed] = useState<readonly Filter[]>(ALL_ROWS)
  const [wish, setWish] = useState({ isFull: false, round: 0 })
  // A profile that was taken stays while the rows are open.
  const [isWanted, setWanted] = useState(hasProfile)
  if (hasProfile && !isWanted) setWanted(true)
  const { cursor } = session.view().opened
  const running = useProfile({ cursor, dataset: params.dataset ?? params.file ?? '', options, ...wish }, isWanted)
  const rows = (
    <CursorGrid
      session={session}
      name={titleOf(params)}
      memoryKey={`runnel.grid.${JSON.stringify([workspace, fromOf(params)])}`}
      onReopen={onReopen}
      narrowed={hasProfile ? narrowed : ALL_ROWS}
      {...(isOffline ? { onLeaveOffline: () => onOffline(false) } : {})}
    />
  )
  const profile = (
    <ProfilePanel
      cursor={cursor}
      running={running}
      dataset={params.dataset}
      onFilter={setNarrowed}
      onAgain={(isFull) => setWish({ isFull, round: wish.round + 1 })}
    />
  )
  return (
    <SplitView
      id="profile"
      orientation="horizontal"
      barLabel={t('profile.bar')}
      parts={[
        ...(hasProfile ? [{ id: 'profile', content: profile, size: 48, minSize: 20 }] : []),
        { id: 'rows', content: rows, size: 52, minSize: 20 },
      ]}
    />
  )
}

const ALL_ROWS: readonly Filter[] = []
