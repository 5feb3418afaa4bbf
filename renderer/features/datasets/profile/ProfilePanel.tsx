import { Button, Collapse, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import { percent } from '../../../../engine/contract/profile/finding-texts.ts'
import type { Profile } from '../../../../engine/contract/profile/profile.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useWorkbench } from '../../../app/workbench/use-workbench.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { ColumnCard } from './ColumnCard.tsx'
import { FindingList } from './FindingList.tsx'
import styles from './Profile.module.css'
import { ProfileHistory } from './ProfileHistory.tsx'
import { useConfirmed } from './use-confirmed.ts'
import { useCrossFilter } from './use-cross-filter.ts'
import type { RunningProfile } from './use-profile.ts'

interface ProfilePanelProps {
  readonly cursor: string
  readonly running: RunningProfile
  /** Whether everything was counted, or is to be. */
  readonly onAgain: (isFull: boolean) => void
  /** Absent for a file outside of every connection. */
  readonly dataset: string | undefined
  readonly onFilter: (filter: readonly Filter[]) => void
}

/** What the rows of a cursor look like: first numbers at once, refined in place; every chart chooses rows for the grid beside it. */
export function ProfilePanel({ cursor, running, dataset, onFilter, onAgain }: ProfilePanelProps) {
  const { t } = useTranslation('datasets')
  const { openTab } = useWorkbench()
  const { profile, isDone, isStopped, failure } = running
  if (failure !== undefined) return <FailureNotice failure={failure} onRetry={() => onAgain(false)} />
  const isBusy = !isDone && !isStopped
  return (
    <div className={styles['panel']} role="region" aria-label={t('part.profile')} aria-busy={isBusy} tabIndex={0}>
      <div className={styles['head']}>
        <Scope running={running} />
        {isBusy ? (
          <Button size="small" onClick={running.stop}>
            {t('profile.stop')}
          </Button>
        ) : (
          <Button size="small" onClick={() => onAgain(false)}>
            {t('profile.again')}
          </Button>
        )}
        {isDone && profile !== undefined && hasMore(profile) && (
          <Button size="small" onClick={() => onAgain(true)}>
            {t(profile.scope.isWhole ? 'profile.full' : 'profile.readAll')}
          </Button>
        )}
        {dataset !== undefined && (
          <Button size="small" onClick={() => openTab({ kind: 'relations', params: { datasets: [dataset] } })}>
            {t('relations.open')}
          </Button>
        )}
      </div>
      {profile === undefined ? (
        isBusy && <Skeleton rows={12} />
      ) : (
        <Parts {...{ cursor, profile, isDone, dataset, onFilter }} />
      )}
    </div>
  )
}

function Scope({ running: { profile, isDone, isStopped } }: Pick<ProfilePanelProps, 'running'>) {
  const { t } = useTranslation('datasets')
  const isBusy = !isDone && !isStopped
  return (
    <p className={styles['note']} role="status">
      {isStopped && t('profile.stopped')} {profile !== undefined && <Basis profile={profile} isDone={isDone} />}
      {isBusy && (
        <Progress
          size="small"
          percent={profile === undefined ? 5 : profile.scope.part === 'first_rows' ? 15 : 55}
          status="active"
          showInfo={false}
          aria-label={t('profile.running')}
        />
      )}
    </p>
  )
}

/** Whether counting everything would tell more: from all rows instead of a sample, or of the first. */
function hasMore({ scope, basis }: Profile): boolean {
  return basis.isSample || scope.part === 'first_rows'
}

const SCOPES = {
  whole: 'profile.whole',
  first_rows: 'profile.part',
  sample: 'profile.partSample',
  snapshot_part: 'profile.partSnapshot',
} as const

/** Of how many rows the figures are, and how sure they are. */
function Basis({ profile: { scope, basis }, isDone }: Pick<PartsProps, 'profile' | 'isDone'>) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const rows = formats.number(scope.rows)
  if (!isDone) return t('profile.soFar', { rows })
  return (
    <>
      {t(SCOPES[scope.isWhole ? 'whole' : (scope.part ?? 'first_rows')], { rows })}
      {basis.isSample &&
        ` ${t('profile.basis', { rows: formats.number(basis.rows), share: percent(basis.shareError), rank: percent(basis.rankError) })}`}
    </>
  )
}

interface PartsProps extends Omit<ProfilePanelProps, 'running' | 'onAgain'> {
  readonly profile: Profile
  readonly isDone: boolean
}

function Parts({ cursor, profile: taken, isDone, dataset, onFilter }: PartsProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const profile = useConfirmed(taken, dataset)
  const cross = useCrossFilter(cursor, profile, isDone, onFilter)
  const sections = [
    {
      key: 'findings',
      label: t('profile.findings', { count: profile.findings.length }),
      children: <FindingList findings={profile.findings} columns={profile.columns} cross={cross} dataset={dataset} />,
    },
    ...(dataset !== undefined && isDone
      ? [
          {
            key: 'history',
            label: t('profile.history'),
            children: <ProfileHistory dataset={dataset} id={profile.id} />,
          },
        ]
      : []),
  ]
  return (
    <>
      {cross.selections.length > 0 && cross.now !== undefined && (
        <div className={styles['chosen']} role="status">
          {t('profile.chosen', { rows: formats.number(cross.now.rows), all: formats.number(cross.all?.rows ?? 0) })}
          {cross.selections.some(({ dimension }) => cross.now?.cut.includes(dimension)) && ` ${t('profile.cut')}`}
          <Button size="small" type="link" onClick={cross.clear}>
            {t('profile.clear')}
          </Button>
        </div>
      )}
      <Collapse size="small" defaultActiveKey={['findings']} items={sections} />
      <div className={styles['cards']}>
        {profile.columns.map((column) => (
          <ColumnCard key={column.name} {...{ column, profile, cross, dataset }} />
        ))}
      </div>
    </>
  )
}
