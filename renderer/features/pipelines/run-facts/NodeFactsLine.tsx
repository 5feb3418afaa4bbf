import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import type { NodeFacts } from './facts.ts'
import styles from './RunFacts.module.css'
import { Sparkline } from './Sparkline.tsx'

interface NodeFactsLineProps {
  readonly facts: NodeFacts
  /** A target has rows written, other nodes have rows given on. */
  readonly group: string | undefined
}

/** Rows of a node by its last run, or so far; what it rejected, now and in the runs before. */
export function NodeFactsLine({ facts: { counts, rejects, isStale, isLive }, group }: NodeFactsLineProps) {
  const { t } = useTranslation('canvas')
  const { number } = useFormats()
  if (counts === undefined) return null
  const { rowsIn, rowsOut, rejected } = counts
  const what = group === 'source' ? 'read' : group === 'target' ? 'written' : 'rows'
  return (
    <span className={styles['facts']} data-stale={isStale} data-live={isLive}>
      <span title={t('facts.inOut', { in: number(rowsIn), out: number(rowsOut) })}>
        {t(`facts.${what}`, { rows: number(group === 'source' ? rowsIn : rowsOut) })}
      </span>
      {rejected !== '0' && (
        <span className={styles['rejected']}>{t('facts.rejected', { rows: number(rejected) })}</span>
      )}
      {rejects.length > 1 && rejects.some((count) => count > 0) && (
        <span className={styles['rejected']}>
          <Sparkline values={rejects} label={t('facts.history', { counts: rejects.map(number).join(', ') })} />
        </span>
      )}
    </span>
  )
}
