import { useTranslation } from 'react-i18next'
import type { RowCounts } from '../../../engine/contract/run.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import styles from './Runs.module.css'

/** Every row accounted for: what was read and made equals what was written, refused and filtered. */
export function CountsLine({ counts }: { readonly counts: RowCounts }) {
  const { t } = useTranslation('runs')
  const { number } = useFormats()
  const parts = [
    ['read', ''],
    ['generated', '+'],
    ['written', '='],
    ['rejected', '+'],
    ['filtered', '+'],
  ] as const
  return (
    <dl className={styles['counts']} aria-label={t('counts')}>
      {parts.map(([name, sign]) => (
        <div key={name} data-name={name} data-none={counts[name] === '0'}>
          <span aria-hidden>{sign}</span>
          <dd>{number(counts[name])}</dd>
          <dt>{t(`count.${name}`)}</dt>
        </div>
      ))}
    </dl>
  )
}
