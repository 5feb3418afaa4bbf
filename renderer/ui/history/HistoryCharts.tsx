import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../chart/Chart.tsx'
import styles from './HistoryCharts.module.css'
import { durationSpec, type HistoryPoint, rowSpec } from './history-specs.ts'

interface HistoryChartsProps {
  /** Oldest first. */
  readonly points: readonly HistoryPoint[]
  readonly duration: (ms: number) => string
  readonly number: (count: number) => string
  readonly onChoose: (id: string) => void
}

/** How long runs took and how many rows they wrote, side by side. A bar leads to its run. */
export function HistoryCharts({ points, duration, number, onChoose }: HistoryChartsProps) {
  const { t } = useTranslation('ui')
  const [durations, rows] = useMemo(() => {
    const words = {
      run: t('history.run'),
      states: { succeeded: t('state.succeeded'), failed: t('state.failed'), other: t('history.other') },
      written: t('history.written'),
      rejected: t('history.rejected'),
      duration,
      number,
    }
    return [durationSpec(points, words), rowSpec(points, words)]
  }, [points, duration, number, t])
  const choose = (index: number): void => {
    const point = points[index]
    if (point !== undefined) onChoose(point.id)
  }
  return (
    <div className={styles['pair']}>
      <Chart title={t('history.durations')} spec={durations} onChoose={choose} />
      <Chart title={t('history.rows')} spec={rows} onChoose={choose} />
    </div>
  )
}
