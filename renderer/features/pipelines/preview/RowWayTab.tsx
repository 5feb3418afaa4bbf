import { useTranslation } from 'react-i18next'
import type { Cell } from '../../../../engine/contract/page.ts'
import type { TabView } from '../../../app/feature.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import styles from './Preview.module.css'
import { TraceSteps } from './TraceSteps.tsx'

interface RowWay {
  readonly pipeline: string
  /** `node` or `node.output`. */
  readonly output: string
  /** Values of the row by column. */
  readonly key: Record<string, Cell>
}

/** The way of one row through a pipeline as it is saved, in a tab of its own: for rows that a run refused. */
export function RowWayTab({ params: { pipeline, output, key } }: TabView<RowWay>) {
  const { t } = useTranslation('pipelines')
  const traced = useAnswer(['pipelines', 'way', pipeline, output, key], (engine, signal) =>
    engine.pipelines.biography({ pipeline, output, row: { key } }, { signal }),
  )
  return (
    <div className={styles['way']}>
      <h1>{t('trace.wayOf', { output })}</h1>
      {traced.state === 'loading' && <Skeleton rows={4} />}
      {traced.state === 'failed' && <FailureNotice failure={traced.failure} onRetry={traced.retry} />}
      {traced.state === 'ready' && <TraceSteps steps={traced.data.steps} />}
    </div>
  )
}
