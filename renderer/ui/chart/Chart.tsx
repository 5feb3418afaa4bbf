import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Failure, toFailure } from '../../../engine/contract/failure.ts'
import { useDrawnMode } from '../editor/use-drawn-mode.ts'
import { FailureNotice } from '../failure/FailureNotice.tsx'
import styles from './Chart.module.css'
import { ChartTable } from './ChartTable.tsx'
import { chartOption } from './chart-option.ts'
import type { ChartSpec } from './chart-spec.ts'
import { type OpenChart, openChart } from './open-chart.ts'

interface ChartProps {
  readonly title: string
  readonly spec: ChartSpec
  /** A bar or point was chosen, by its place. */
  readonly onChoose?: (index: number) => void
}

/** A chart with its title, and the same as a table for who cannot see it or wants the numbers. */
export function Chart({ title, spec, onChoose }: ChartProps) {
  const { t } = useTranslation('ui')
  const [isTable, setTable] = useState(false)
  return (
    <figure className={styles['figure']} aria-label={title}>
      <figcaption>
        <span>{title}</span>
        <button type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {t('chart.table')}
        </button>
      </figcaption>
      {isTable ? <ChartTable title={title} spec={spec} /> : <Drawn spec={spec} onChoose={onChoose} />}
    </figure>
  )
}

function Drawn({ spec, onChoose }: { readonly spec: ChartSpec; readonly onChoose: ChartProps['onChoose'] }) {
  const place = useRef<HTMLDivElement>(null)
  const choose = useRef(onChoose)
  const [chart, setChart] = useState<OpenChart>()
  const [failure, setFailure] = useState<Failure>()
  const mode = useDrawnMode()
  useEffect(() => {
    choose.current = onChoose
  })
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const leaving = new AbortController()
    const open = async (): Promise<void> => {
      const opened = await openChart(element, (index) => choose.current?.(index))
      if (leaving.signal.aborted) return opened.dispose()
      leaving.signal.addEventListener('abort', () => opened.dispose())
      setChart(opened)
    }
    void open().catch((error: unknown) => setFailure(toFailure(error)))
    return () => leaving.abort()
  }, [])
  useEffect(() => chart?.draw(chartOption(spec, mode)), [chart, spec, mode])
  if (failure !== undefined) return <FailureNotice failure={failure} />
  return <div ref={place} className={styles['drawn']} aria-hidden data-drawn={chart !== undefined} />
}
