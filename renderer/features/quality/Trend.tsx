import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import styles from './Quality.module.css'
import { trendPoints } from './trend-points.ts'

const SIZE = { width: 120, height: 24 }

/** Scores of the last checks as a line; nothing before the second check. */
export function Trend({ rules, limit }: { readonly rules: string; readonly limit: number }) {
  const { t } = useTranslation('quality')
  const history = useAnswer(['quality', 'history', rules], (engine, signal) =>
    engine.quality.history({ rules, limit }, { signal }),
  )
  if (history.state !== 'ready' || history.data.length < 2) return null
  const scores = history.data.map(({ score }) => score).toReversed()
  const label = t('trend', { scores: scores.map((score) => score.toFixed(1)).join(', ') })
  return (
    <svg
      className={styles['trend']}
      viewBox={`-2 -2 ${SIZE.width + 4} ${SIZE.height + 4}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <polyline points={trendPoints(scores, SIZE)} />
    </svg>
  )
}
