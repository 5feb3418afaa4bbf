import { type ReactNode, useId } from 'react'
import styles from './Jobs.module.css'

interface FieldProps {
  readonly label: string
  readonly help?: string
  readonly children: (id: string) => ReactNode
}

/** A setting with its name at the left and what it means below. */
export function Field({ label, help, children }: FieldProps) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      <div>
        {children(id)}
        {help !== undefined && <small>{help}</small>}
      </div>
    </div>
  )
}
