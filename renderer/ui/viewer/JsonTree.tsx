import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell } from '../../../engine/contract/page.ts'
import styles from './ValueViewer.module.css'

interface JsonTreeProps {
  readonly value: Cell
  /** Its key or place in what holds it. */
  readonly name?: string
  readonly depth?: number
}

/** How many entries of one level are drawn before a person asks for more. */
const DRAWN = 100

/** A nested value, drawn as far as it was opened. */
export function JsonTree({ value, name, depth = 0 }: JsonTreeProps) {
  const [isOpen, setOpen] = useState(depth < 2)
  const label = name === undefined ? null : <span className={styles['key']}>{name}: </span>
  if (typeof value !== 'object' || value === null)
    return (
      <div className={styles['leaf']} data-kind={value === null ? 'null' : typeof value}>
        {label}
        <bdi>{typeof value === 'string' ? JSON.stringify(value) : String(value)}</bdi>
      </div>
    )
  const entries = Object.entries(value)
  const [from, to] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className={styles['branch']}>
      <summary>
        {label}
        {from}
        {entries.length}
        {to}
      </summary>
      {isOpen && <Entries entries={entries} depth={depth} />}
    </details>
  )
}

function Entries({ entries, depth }: { readonly entries: readonly [string, Cell][]; readonly depth: number }) {
  const { t } = useTranslation('ui')
  const [drawn, setDrawn] = useState(DRAWN)
  return (
    <>
      {entries.slice(0, drawn).map(([key, inner]) => (
        <JsonTree key={key} name={key} value={inner} depth={depth + 1} />
      ))}
      {entries.length > drawn && (
        <button type="button" className={styles['more']} onClick={() => setDrawn(drawn * 4)}>
          {t('tree.more')}
        </button>
      )}
    </>
  )
}
