import { useTranslation } from 'react-i18next'
import type { ColumnProfile } from '../../../../engine/contract/profile/column-profile.ts'
import { type ChartDimension, isChart } from '../../../../engine/contract/profile/cross-filter.ts'
import { percent } from '../../../../engine/contract/profile/finding-texts.ts'
import { healthOf } from '../../../../engine/contract/profile/health.ts'
import type { Profile } from '../../../../engine/contract/profile/profile.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { usePreferences } from '../../../app/preferences/preferences.ts'
import { BarChart } from './BarChart.tsx'
import { ColumnChart } from './ColumnChart.tsx'
import { barsOf, countsSoFar, shortEdge } from './chart-bars.ts'
import { PersonalClassButton } from './PersonalClassButton.tsx'
import styles from './Profile.module.css'
import type { CrossFiltering } from './use-cross-filter.ts'

interface ColumnCardProps {
  readonly column: ColumnProfile
  readonly profile: Profile
  readonly cross: CrossFiltering
  /** Absent for a file outside of every connection: what a person says of it cannot be kept. */
  readonly dataset: string | undefined
}

/** One column: how much of it can be used, its figures, and charts that choose rows. */
export function ColumnCard({ column, profile, cross, dataset }: ColumnCardProps) {
  const { t } = useTranslation('datasets')
  const language = usePreferences((state) => state.language)
  const health = healthOf(column, profile)
  const [meaning] = column.detail.semantic
  const said = t('profile.health', {
    valid: percent(health.valid),
    suspect: percent(health.suspect),
    missing: percent(health.missing),
  })
  return (
    <section className={styles['card']} aria-label={column.name}>
      <header>
        <bdi className={styles['name']}>{column.name}</bdi>
        <code>{column.type}</code>
      </header>
      <div className={styles['health']} role="img" aria-label={said} title={said}>
        <i data-part="valid" style={{ width: `${health.valid * 100}%` }} />
        <i data-part="suspect" style={{ width: `${health.suspect * 100}%` }} />
        <i data-part="missing" style={{ width: `${health.missing * 100}%` }} />
      </div>
      <Figures column={column} />
      {meaning !== undefined && meaning.confidence >= 0.5 && (
        <p className={styles['note']}>
          {t('profile.meaning', { meaning: meaning.title[language], share: percent(meaning.share) })}
        </p>
      )}
      {dataset !== undefined && <PersonalClassButton column={column} dataset={dataset} />}
      {cross.dimensions.map((dimension, i) =>
        !isChart(dimension) || dimension.column !== column.name ? null : (
          <Chart key={`${dimension.kind} ${dimension.column}`} place={i} {...{ dimension, column, cross }} />
        ),
      )}
    </section>
  )
}

interface ColumnChartsProps extends Pick<ColumnCardProps, 'column' | 'cross'> {
  readonly dimension: ChartDimension
  readonly place: number
}

function Chart({ dimension, place, column, cross }: ColumnChartsProps) {
  const { t } = useTranslation('datasets')
  const all = cross.all?.counts[place] ?? countsSoFar(dimension, column)
  const chart = {
    label: t(dimension.kind === 'patterns' ? 'profile.formsOf' : 'profile.valuesOf', { column: column.name }),
    bars: barsOf(dimension, cross.now?.counts[place] ?? all, all),
    chosen: cross.selections.find((one) => one.dimension === place)?.bins ?? [],
    onChoose:
      cross.all === undefined ? undefined : (bin: number, isAdded: boolean) => cross.choose(place, bin, isAdded),
  }
  return dimension.kind === 'range' ? <ColumnChart {...chart} /> : <BarChart {...chart} />
}

function Figures({ column: { exact, detail } }: { readonly column: ColumnProfile }) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  const median = (detail.number ?? detail.time)?.quantiles.find(({ at }) => at === 0.5)?.value
  const ends =
    exact.min === undefined || exact.max === undefined
      ? undefined
      : `${cut(shortEdge(exact.min))} … ${cut(shortEdge(exact.max))}`
  const figures = [
    [t('profile.distinct'), `${exact.distinct.error === 0 ? '' : '≈ '}${formats.number(exact.distinct.count)}`],
    [t('profile.range'), ends],
    [t('profile.median'), median === undefined ? undefined : shortEdge(median)],
    [t('profile.mean'), exact.mean === undefined ? undefined : shortEdge(String(exact.mean))],
    [t('profile.length'), exact.length === undefined ? undefined : `${exact.length.min} … ${exact.length.max}`],
  ] as const
  return (
    <dl className={styles['figures']}>
      {figures.map(([label, value]) =>
        value === undefined ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}

function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text
}
