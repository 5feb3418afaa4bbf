import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Detection } from '../../../../engine/contract/api/data.ts'
import { useTold } from '../../../app/i18n/use-told.ts'
import type { Answer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { DataGrid } from '../../../ui/grid/DataGrid.tsx'
import { fixedRows } from '../../../ui/grid/grid-types.ts'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import styles from '../Datasets.module.css'
import { RejectList } from '../grid/RejectList.tsx'
import { useColumns } from '../grid/use-columns.ts'

/** What the options make of the first rows, and the lines they refuse. */
export function DetectionPreview({ answer }: { readonly answer: Answer<Detection> }) {
  if (answer.state === 'loading') return <Skeleton rows={10} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  return <Preview detection={answer.data} isStale={answer.isStale} />
}

function Preview({ detection, isStale }: { readonly detection: Detection; readonly isStale: boolean }) {
  const { t } = useTranslation('datasets')
  const { rows, rejects, warnings } = detection
  const told = useTold()
  const columns = useColumns(detection.columns)
  const source = useMemo(() => fixedRows(rows), [rows])
  const named = detection.options.find(({ name }) => name === 'encoding')?.value
  const encoding = typeof named === 'string' ? named : undefined
  return (
    <div className={styles['preview']}>
      <h3>{t('import.preview', { rows: rows.length, columns: columns.length })}</h3>
      {warnings.map((warning) => (
        <p key={warning} className={styles['origin']}>
          {told(warning)}
        </p>
      ))}
      <div className={styles['previewGrid']} data-stale={isStale}>
        <DataGrid label={t('import.previewLabel')} columns={columns} source={source} />
      </div>
      {rejects.length > 0 && (
        <>
          <h3>{t('rejects.count', { rows: rejects.length })}</h3>
          <div className={styles['previewRejects']}>
            <RejectList rejects={rejects} encoding={encoding} />
          </div>
        </>
      )}
    </div>
  )
}
