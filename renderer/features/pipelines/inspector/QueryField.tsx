import { LongTextInput } from '../../../ui/text/LongTextInput.tsx'
import type { DrawnField } from './drawn-field.ts'
import styles from './Inspector.module.css'

/** A whole query, in as many lines as it has. */
export function QueryField({ title, value, onChange }: DrawnField) {
  return (
    <LongTextInput
      className={styles['query'] ?? ''}
      aria-label={title}
      spellCheck={false}
      autoSize={{ minRows: 4, maxRows: 24 }}
      value={typeof value === 'string' ? value : ''}
      onText={onChange}
    />
  )
}
