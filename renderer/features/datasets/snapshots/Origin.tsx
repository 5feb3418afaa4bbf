import { useTranslation } from 'react-i18next'
import type { Snapshot } from '../../../../engine/contract/api/snapshots.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'

/** Where a snapshot comes from, and how old it is; the time itself to who points at it. */
export function Origin({ snapshot: { environment, takenAt } }: { readonly snapshot: Snapshot }) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const age = formats.age(takenAt)
  return (
    <time dateTime={takenAt} title={formats.dateTime(takenAt)}>
      {environment === undefined ? t('snapshot.age', { age }) : t('snapshot.ageFrom', { age, environment })}
    </time>
  )
}
