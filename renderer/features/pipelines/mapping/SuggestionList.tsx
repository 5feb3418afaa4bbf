import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MappingSuggestion } from '../../../../engine/contract/api/authoring.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import styles from './Mapping.module.css'
import type { Suggestions } from './use-suggestions.ts'

interface SuggestionListProps {
  readonly suggestions: Suggestions
  readonly onAccept: (suggestion: MappingSuggestion) => void
}

const SHOWN = 100

/** Suggestions one by one, each with how sure it is and why. */
export function SuggestionList({ suggestions: { open, isAsking, refuse }, onAccept }: SuggestionListProps) {
  const { t } = useTranslation('mapping')
  const { percent } = useFormats()
  if (open.length === 0) return <p>{t(isAsking ? 'mapping.asking' : 'mapping.noSuggestions')}</p>
  return (
    <ul className={styles['suggestions']} aria-label={t('mapping.suggestionsList')}>
      {open.slice(0, SHOWN).map((one) => {
        const names = { from: one.from, to: one.to }
        return (
          <li key={`${one.from} ${one.to}`}>
            <span title={one.reasons.map((reason) => t(`mapping.reason.${reason}`)).join(', ')}>
              <bdi>{one.from}</bdi> → <bdi>{one.to}</bdi>{' '}
              <small>
                {percent(one.confidence)} · {one.reasons.map((reason) => t(`mapping.reason.${reason}`)).join(', ')}
              </small>
            </span>
            <Button size="small" aria-label={t('mapping.acceptOne', names)} onClick={() => onAccept(one)}>
              {t('mapping.accept')}
            </Button>
            <Button size="small" type="text" aria-label={t('mapping.refuseOne', names)} onClick={() => refuse(one)}>
              {t('mapping.refuse')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
