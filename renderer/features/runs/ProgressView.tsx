import { Progress as ProgressBar } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { Chart } from '../../ui/chart/Chart.tsx'
import type { ChartSpec } from '../../ui/chart/chart-spec.ts'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { StateTag } from '../../ui/state/StateTag.tsx'
import { type Progress, phaseOf, ratesOf, stepLines } from './progress.ts'
import styles from './Runs.module.css'

const PHASES = new Set(['open', 'read', 'stream', 'transform', 'load', 'count', 'rejects', 'verify', 'commit'])

interface ProgressViewProps {
  readonly progress: Progress
  readonly hasEnded: boolean
}

/** What the run does step by step, how far its sources are read, and how fast rows go through it. */
export function ProgressView({ progress, hasEnded }: ProgressViewProps) {
  const { t } = useTranslation('runs')
  if (progress.steps.length === 0) return <EmptyState title={t(hasEnded ? 'noSteps' : 'starting')} />
  return (
    <div className={styles['progress']}>
      <div>
        <Steps progress={progress} hasEnded={hasEnded} />
        {!hasEnded && <Sources progress={progress} />}
      </div>
      <RateChart progress={progress} />
    </div>
  )
}

function Steps({ progress, hasEnded }: ProgressViewProps) {
  const { t } = useTranslation('runs')
  const { duration } = useFormats()
  return (
    <ol className={styles['steps']} aria-label={t('steps')}>
      {stepLines(progress).map(({ step, tookMs }, index) => {
        const { phase, subject } = phaseOf(step)
        return (
          // A step that came twice is two steps.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <span>
              {PHASES.has(phase) ? t(`phase.${phase}`) : phase} <bdi>{subject}</bdi>
            </span>
            {tookMs === undefined && !hasEnded && <StateTag state="running" />}
            {tookMs !== undefined && <span className={styles['quiet']}>{duration(tookMs)}</span>}
          </li>
        )
      })}
    </ol>
  )
}

function Sources({ progress: { sources, rows, remainingMs } }: { readonly progress: Progress }) {
  const { t } = useTranslation('runs')
  const { number, duration } = useFormats()
  const last = rows.at(-1)
  return (
    <div className={styles['sources']}>
      {sources.map(({ source, fraction }) => (
        <div key={source}>
          <bdi>{source}</bdi>
          {fraction !== undefined && (
            <ProgressBar
              percent={Math.round(fraction * 100)}
              size="small"
              aria-label={t('progressOf', { step: source })}
            />
          )}
        </div>
      ))}
      <p className={styles['quiet']}>
        {last !== undefined && t('rows', { rows: number(last.rows) })}
        {remainingMs !== undefined && ` · ${t('remaining', { time: duration(remainingMs) })}`}
      </p>
    </div>
  )
}

function RateChart({ progress }: { readonly progress: Progress }) {
  const { t } = useTranslation('runs')
  const { number, duration } = useFormats()
  const spec = useMemo((): ChartSpec => {
    const rates = ratesOf(progress)
    return {
      kind: 'line',
      labelName: t('rate.time'),
      labels: rates.map(({ afterMs }) => duration(afterMs)),
      series: [
        {
          name: t('rate.name'),
          colour: 'accent',
          values: rates.map(({ rowsPerSecond }) => Math.round(rowsPerSecond)),
        },
      ],
      format: (value) => number(value),
    }
  }, [progress, t, number, duration])
  if (spec.labels.length < 2) return <p className={styles['quiet']}>{t('rate.none')}</p>
  return <Chart title={t('rate.title')} spec={spec} />
}
