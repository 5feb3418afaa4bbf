import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

interface EmptyStateProps {
  readonly title: string
  /** What to do about it. */
  readonly hint?: string
  readonly actions?: ReactNode
}

/** Nothing is here, and how something gets here. */
export function EmptyState({ title, hint, actions }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      <strong>{title}</strong>
      {hint !== undefined && <p>{hint}</p>}
      {actions}
    </div>
  )
}
