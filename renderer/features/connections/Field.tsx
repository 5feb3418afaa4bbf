import { type ReactNode, useId } from 'react'
import styles from './Field.module.css'

interface FieldProps {
  readonly label: string
  readonly help?: string
  readonly problem?: string
  /** Given the id that the label names. */
  readonly children: (id: string) => ReactNode
}

/** A labelled input with its help, or what is wrong with it. */
export function Field({ label, help, problem, children }: FieldProps) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {problem === undefined ? help !== undefined && <small>{help}</small> : <small role="alert">{problem}</small>}
    </div>
  )
}
