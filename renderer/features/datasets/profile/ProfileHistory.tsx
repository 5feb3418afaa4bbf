import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeText } from '../../../../engine/contract/profile/change-texts.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Select } from '../../../ui/select/Select.tsx'
import styles from './Profile.module.css'

interface ProfileHistoryProps {
  readonly dataset: string
  /** The profile that is shown: the others are compared with it. */
  readonly id: string
}

/** Earlier profiles of the dataset, and what changed since the one that is chosen. */
export function ProfileHistory({ dataset, id }: ProfileHistoryProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const [before, setBefore] = useState<string>()
  const answer = useAnswer(['profiles', 'history', dataset, id], (engine, signal) =>
    engine.profiles.list({ dataset }, { signal }),
  )
  if (answer.state === 'loading') return null
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  const earlier = answer.data.filter((entry) => entry.id !== id)
  if (earlier.length === 0) return <p className={styles['note']}>{t('profile.noHistory')}</p>
  return (
    <>
      <Select
        size="small"
        className={styles['wide'] ?? ''}
        aria-label={t('profile.compareWith')}
        placeholder={t('profile.compareWith')}
        allowClear
        value={before ?? null}
        options={earlier.map((entry) => ({
          value: entry.id,
          label: t('profile.entry', { time: formats.dateTime(entry.takenAt), rows: formats.number(entry.scope.rows) }),
        }))}
        onChange={(value: string | undefined) => setBefore(value)}
      />
      {before !== undefined && earlier.some((entry) => entry.id === before) && (
        <Changes dataset={dataset} before={before} after={id} />
      )}
    </>
  )
}

function Changes({
  dataset,
  before,
  after,
}: {
  readonly dataset: string
  readonly before: string
  readonly after: string
}) {
  const { t } = useTranslation('datasets')
  const language = usePreferences((state) => state.language)
  const answer = useAnswer(['profiles', 'compare', dataset, before, after], (engine, signal) =>
    engine.profiles.compare({ before: { dataset, id: before }, after: { dataset, id: after } }, { signal }),
  )
  if (answer.state === 'loading') return null
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  const beyond = answer.data.changes.filter(({ isBeyond }) => isBeyond)
  if (beyond.length === 0) return <p className={styles['note']}>{t('profile.unchanged')}</p>
  return (
    <ul className={styles['findings']}>
      {beyond.map((change) => (
        <li key={`${change.code} ${change.column ?? ''}`}>{changeText(change, language)}</li>
      ))}
    </ul>
  )
}
