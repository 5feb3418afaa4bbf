import { Button, Collapse, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../../engine/contract/cursor.ts'
import { percent } from '../../../../engine/contract/profile/finding-texts.ts'
import type { Profile } from '../../../../engine/contract/profile/profile.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { ColumnCard } from './ColumnCard.tsx'
import { FindingList } from './FindingList.tsx'
import styles from './Profile.module.css'
import { ProfileHistory } from './ProfileHistory.tsx'
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
  const { profile, isDone, failure } = running
  if (failure !== undefined) return <FailureNotice failure={failure} onRetry={() => onAgain(false)} />
  if (profile === undefined) return <Skeleton rows={12} />
  return (
    <div className={styles['panel']} role="region" aria-label={t('part.profile')} aria-busy={!isDone} tabIndex={0}>
      <div className={styles['head']}>
        <Scope profile={profile} isDone={isDone} />
        <Button size="small" disabled={!isDone} onClick={() => onAgain(false)}>
          {t('profile.again')}
        </Button>
        {isDone && profile.basis.isSample && (
          <Button size="small" onClick={() => onAgain(true)}>
            {t('profile.full')}
          </Button>
        )}
      </div>
      <Parts {...{ cursor, profile, isDone, dataset, onFilter }} />
    </div>
  )
}

function Scope({ profile: { scope, basis }, isDone }: { readonly profile: Profile; readonly isDone: boolean }) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const rows = formats.number(scope.rows)
  return (
    <p className={styles['note']} role="status">
      {isDone ? t(scope.isWhole ? 'profile.whole' : 'profile.part', { rows }) : t('profile.soFar', { rows })}
      {basis.isSample &&
        isDone &&
        ` ${t('profile.basis', { rows: formats.number(basis.rows), share: percent(basis.shareError), rank: percent(basis.rankError) })}`}
      {!isDone && (
        <Progress
          size="small"
          percent={scope.part === 'first_rows' ? 15 : 55}
          status="active"
          showInfo={false}
          aria-label={t('profile.running')}
        />
      )}
    </p>
  )
}

interface PartsProps extends Omit<ProfilePanelProps, 'running' | 'onAgain'> {
  readonly profile: Profile
  readonly isDone: boolean
}

function Parts({ cursor, profile, isDone, dataset, onFilter }: PartsProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const cross = useCrossFilter(cursor, profile, isDone, onFilter)
  const sections = [
    {
      key: 'findings',
      label: t('profile.findings', { count: profile.findings.length }),
      children: <FindingList findings={profile.findings} cross={cross} dataset={dataset} />,
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
          <Button size="small" type="link" onClick={cross.clear}>
            {t('profile.clear')}
          </Button>
        </div>
      )}
      <Collapse size="small" defaultActiveKey={['findings']} items={sections} />
      <div className={styles['cards']}>
        {profile.columns.map((column) => (
          <ColumnCard key={column.name} column={column} profile={profile} cross={cross} />
        ))}
      </div>
    </>
  )
}
