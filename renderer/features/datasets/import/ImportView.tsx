import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowsFrom } from '../../../../engine/contract/api/data.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { SplitView } from '../../../ui/split/SplitView.tsx'
import styles from '../Datasets.module.css'
import { DetectionPreview } from './DetectionPreview.tsx'
import { OptionPanel } from './OptionPanel.tsx'
import type { SourceOptions } from './stored-options.ts'
import { useDetection } from './use-detection.ts'

interface ImportViewProps {
  readonly from: Exclude<RowsFrom, { sql: string }>
  readonly options: SourceOptions
  readonly onUse: (options: SourceOptions) => void
}

/** How a file is read: what was detected, how surely, what else it could be, and what comes out. */
export function ImportView({ from, options, onUse }: ImportViewProps) {
  const { t } = useTranslation('datasets')
  const [wanted, setWanted] = useState(options)
  const detection = useDetection(from, wanted)
  const kinds = useAnswer(['connections', 'kinds'], (engine, signal) => engine.connections.kinds(undefined, { signal }))
  // A refused option must stay where it can be changed: the options of the last answer are kept beside the failure.
  const [lastOptions, setLastOptions] = useState<NonNullable<Parameters<typeof OptionPanel>[0]['detection']>>()
  if (detection.state === 'ready' && detection.data !== lastOptions) setLastOptions(detection.data)
  if (kinds.state === 'failed') return <FailureNotice failure={kinds.failure} onRetry={kinds.retry} />
  if (kinds.state === 'loading' || (lastOptions === undefined && detection.state === 'loading'))
    return <Skeleton rows={10} />
  if (lastOptions === undefined)
    return detection.state === 'failed' ? (
      <FailureNotice failure={detection.failure} onRetry={detection.retry} />
    ) : (
      <Skeleton rows={10} />
    )
  const schema = kinds.data.find(({ kind }) => kind === lastOptions.kind)?.sourceOptions ?? {}
  return (
    <div className={styles['import']}>
      <SplitView
        id="import"
        orientation="horizontal"
        barLabel={t('import.bar')}
        parts={[
          {
            id: 'options',
            size: 32,
            minSize: 20,
            content: (
              <OptionPanel
                detection={lastOptions}
                schema={schema}
                options={wanted}
                onChange={setWanted}
                onUse={() => onUse(wanted)}
              />
            ),
          },
          { id: 'preview', size: 68, minSize: 30, content: <DetectionPreview answer={detection} /> },
        ]}
      />
    </div>
  )
}
