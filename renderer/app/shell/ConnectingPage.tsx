import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './EntryPage.module.css'

/** Nothing is said while it is quick; after the second attempt what a person can look at. */
export function ConnectingPage({ attempt }: { readonly attempt: number }) {
  const { t } = useTranslation('app')
  return (
    <main className={styles['page']} aria-busy>
      <Spin delay={300} />
      {attempt > 1 && <p role="status">{t('connecting.slow')}</p>}
    </main>
  )
}
