import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Deviation, deviationText } from '../../../engine/contract/deviation.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { usePreferences } from '../../app/preferences/preferences.ts'
import { useAct } from '../../app/rpc/use-act.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { useWorkbench } from '../../app/workbench/use-workbench.ts'
import { BusyButton } from '../../ui/busy-button/BusyButton.tsx'
import { EmptyState } from '../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { useSettled } from '../../ui/settled/use-settled.ts'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import styles from './Quality.module.css'

const SETTLED_MS = 400

interface DeviationsProps {
  readonly name: string
  readonly text: string
  /** Dataset or pipeline; empty for all pipelines. */
  readonly of: string
  /** What is mended, is mended by the saved standards. */
  readonly isEdited: boolean
}

/** What departs from a standard that need not be saved. */
export function Deviations({ name, text: typed, of: named, isEdited }: DeviationsProps) {
  const { t } = useTranslation('quality')
  const text = useSettled(typed, SETTLED_MS)
  const of = useSettled(named, SETTLED_MS)
  const found = useAnswer(
    ['standards', 'check', name, text, of],
    (engine, signal) => engine.standards.check({ draft: { name, text }, ...(of === '' ? {} : { of }) }, { signal }),
    { keepsLast: true },
  )
  if (found.state === 'loading') return <Skeleton rows={6} />
  if (found.state === 'failed') return <FailureNotice failure={found.failure} onRetry={found.retry} />
  const isStale = found.isStale || text !== typed || of !== named
  return (
    <div
      role="region"
      className={styles['results']}
      tabIndex={0}
      aria-label={t('standard.results')}
      aria-busy={isStale}
      data-stale={isStale}
    >
      {found.data.length === 0 && <EmptyState title={t('standard.kept')} hint={t('standard.keptHint')} />}
      {groupedByPlace(found.data).map(([place, deviations]) => (
        <PlaceDeviations key={place} deviations={deviations} isEdited={isEdited} />
      ))}
    </div>
  )
}

/** A dataset or a pipeline, which a click opens. */
function PlaceDeviations({
  deviations,
  isEdited,
}: {
  readonly deviations: readonly Deviation[]
  readonly isEdited: boolean
}) {
  const { t } = useTranslation('quality')
  const { openTab } = useWorkbench()
  const mend = useAct(
    (engine, pipeline: string) => engine.standards.fix({ pipeline }),
    ['standards', 'pipelines', 'drafts'],
  )
  const place = deviations[0]?.place
  if (place === undefined) return null
  const name = placeName(place)
  const open = (): void =>
    'dataset' in place
      ? openTab({ kind: 'dataset', params: { dataset: place.dataset } })
      : openTab({ kind: 'pipeline', params: { pipeline: place.pipeline } })
  const canMend = 'pipeline' in place && deviations.some(({ fix }) => fix !== undefined)
  return (
    <section>
      <h2 className={styles['rule']}>
        <Button size="small" type="link" aria-label={t('standard.open', { name })} onClick={open}>
          <bdi>{name}</bdi>
        </Button>
        {canMend && (
          <BusyButton size="small" disabled={isEdited} isBusy={mend.isRunning} onClick={() => void mend.run(name)}>
            {t('standard.fix', { name })}
          </BusyButton>
        )}
      </h2>
      {mend.failure !== undefined && <FailureNotice failure={mend.failure} />}
      <ul className={styles['rules']}>
        {deviations.map((deviation) => (
          <li key={JSON.stringify([deviation.place, deviation.column, deviation.kind, deviation.found])}>
            <DeviationLine deviation={deviation} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function DeviationLine({ deviation }: { readonly deviation: Deviation }) {
  const { t } = useTranslation('quality')
  const language = usePreferences((state) => state.language)
  const formats = useFormats()
  const { place, fix, term, confidence, count } = deviation
  return (
    <span className={styles['rule']}>
      <span>
        {deviationText(deviation, language)}
        {'node' in place && <small>{place.node}</small>}
        {term !== undefined && confidence !== undefined && (
          <small>{t('standard.sure', { term, share: `${Math.round(confidence * 100)} %` })}</small>
        )}
      </span>
      <span className={styles['count']}>
        {count !== undefined && t('standard.rows', { count: Number(count), n: formats.number(count) })}
        {fix?.kind === 'rename' && t('standard.rename', { to: fix.to })}
        {fix?.kind === 'codes' && t('standard.codes')}
        {fix?.kind === 'cast' && t('standard.cast', { type: fix.type })}
      </span>
    </span>
  )
}

function groupedByPlace(deviations: readonly Deviation[]): [string, Deviation[]][] {
  return [...Map.groupBy(deviations, ({ place }) => placeName(place))]
}

function placeName(place: Deviation['place']): string {
  return 'dataset' in place ? place.dataset : place.pipeline
}
