import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { nameOfRule, type Rule } from '../../../engine/contract/rule.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Quality.module.css'

interface SuggestionsProps {
  readonly dataset: string
  /** Rules that are there already. */
  readonly known: readonly Rule[]
  readonly offline: boolean
  readonly onAccept: (rules: readonly Rule[]) => void
}

/** Rules that the rows keep, each with what speaks for it; taken one by one or all. */
export function Suggestions({ dataset, known, offline, onAccept }: SuggestionsProps) {
  const { t } = useTranslation('quality')
  const formats = useFormats()
  const found = useAnswer(['quality', 'suggest', dataset, offline], (engine, signal) =>
    engine.quality.suggest({ dataset, offline }, { signal }),
  )
  if (found.state === 'loading') return <Skeleton rows={4} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  const names = new Set(known.map(nameOfRule))
  const fresh = found.data.filter(({ rule }) => !names.has(nameOfRule(rule)))
  if (fresh.length === 0) return <EmptyState title={t('suggest.none')} />
  return (
    <div role="region" className={styles['suggestions']} tabIndex={0} aria-label={t('suggestions')}>
      <Button size="small" onClick={() => onAccept(fresh.map(({ rule }) => rule))}>
        {t('suggest.all', { count: fresh.length })}
      </Button>
      <ul className={styles['rules']}>
        {fresh.map(({ rule, evidence }) => {
          const name = nameOfRule(rule)
          return (
            <li key={JSON.stringify(rule)} className={styles['rule']}>
              <Button size="small" aria-label={t('suggest.one', { name })} onClick={() => onAccept([rule])}>
                {t('suggest.take')}
              </Button>
              <code>{JSON.stringify(rule)}</code>
              <small>
                {t('suggest.evidence', {
                  violations: formats.number(evidence.violations),
                  checked: formats.number(evidence.checked),
                })}
              </small>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
