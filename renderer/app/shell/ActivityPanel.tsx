import { createElement, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ACTIVITIES } from '../features.ts'
import { lazyViews } from '../lazy-view.ts'
import styles from './ActivityPanel.module.css'
import { ErrorFence } from './ErrorFence.tsx'

const panelOf = lazyViews<object>()

/** What the chosen activity shows beside the tabs. */
export function ActivityPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const activity = ACTIVITIES.find((one) => one.id === id)
  if (activity?.load === undefined) return null
  return (
    <section className={styles['panel']} aria-label={t(activity.title)}>
      <h2 className={styles['title']}>{t(activity.title)}</h2>
      <div className={styles['body']}>
        <ErrorFence key={id}>
          <Suspense fallback={null}>{createElement(panelOf(activity, activity.load))}</Suspense>
        </ErrorFence>
      </div>
    </section>
  )
}
