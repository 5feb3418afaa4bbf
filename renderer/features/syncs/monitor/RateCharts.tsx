import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { Chart } from '../../../ui/chart/Chart.tsx'
import type { ChartSpec } from '../../../ui/chart/chart-spec.ts'
import styles from '../Syncs.module.css'
import type { Moment } from './use-watched.ts'

/** Changes a second and what is behind, since the page was opened; nothing before there is something to draw. */
export function RateCharts({ moments }: { readonly moments: readonly Moment[] }) {
  const { t } = useTranslation('syncs')
  const { number, bytes, time } = useFormats()
  const [rate, lag] = useMemo(() => {
    const labels = moments.map(({ at }) => time(at))
    const line = { kind: 'line', labelName: t('chart.time'), labels } as const
    const rates: ChartSpec = {
      ...line,
      series: [{ name: t('chart.rate'), colour: 'accent', values: moments.map((one) => one.changesPerSecond) }],
      format: (value) => whole(value, number),
    }
    const lags: ChartSpec = {
      ...line,
      series: [{ name: t('chart.lag'), colour: 'info', values: moments.map((one) => one.lagBytes) }],
      format: (value) => whole(value, bytes),
    }
    return [rates, lags]
  }, [moments, number, bytes, time, t])
  if (moments.length < 2) return null
  return (
    <div className={styles['charts']}>
      <Chart title={t('chart.rate')} spec={rate} />
      <Chart title={t('chart.lag')} spec={lag} />
    </div>
  )
}

/** Of a chart that shows almost nothing the axis has steps between whole numbers; they have no name. */
function whole(value: number, print: (value: number) => string): string {
  return Number.isInteger(value) ? print(value) : ''
}
