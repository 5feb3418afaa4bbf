import { useTranslation } from 'react-i18next'
import styles from './Skeleton.module.css'

/** The shape of what is coming. It is seen only when that takes longer than a moment, so that quick answers do not flicker. */
export function Skeleton({ rows }: { readonly rows: number }) {
  const { t } = useTranslation('ui')
  return (
    <div role="status" aria-busy className={styles['skeleton']} aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles['row']} />
      ))}
    </div>
  )
}
