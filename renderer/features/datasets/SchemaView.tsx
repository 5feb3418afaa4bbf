import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../engine/contract/column.ts'
import type { DatasetSchema } from '../../../engine/contract/dataset.ts'
import { useFormats } from '../../app/i18n/use-formats.ts'
import { useTold } from '../../app/i18n/use-told.ts'
import { useAnswer } from '../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { fixedRows } from '../../ui/grid/grid-types.ts'
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx'
import type { CursorState } from './cursor/use-cursor.ts'
import styles from './Datasets.module.css'
import type { DatasetParams } from './dataset-params.ts'
import type { SourceOptions } from './import/stored-options.ts'
import { schemaRows } from './schema-rows.ts'

interface SchemaViewProps {
  readonly params: DatasetParams
  readonly options: SourceOptions
  readonly cursor: CursorState
}

/** Columns with their types here and there, keys and comments. A file without a connection tells what its rows have. */
export function SchemaView({ params: { dataset }, options, cursor }: SchemaViewProps) {
  if (dataset !== undefined) return <DescribedSchema dataset={dataset} options={options} />
  if (cursor.state === 'failed') return <FailureNotice failure={cursor.failure} onRetry={cursor.retry} />
  if (cursor.state !== 'open') return <Skeleton rows={8} />
  return <SchemaGrid columns={cursor.session.view().opened.columns} keys={[]} />
}

function DescribedSchema({ dataset, options }: { readonly dataset: string; readonly options: SourceOptions }) {
  const answer = useAnswer(['connections', 'describe', dataset, options], (engine, signal) =>
    engine.connections.describe({ dataset, options: { ...options } }, { signal }),
  )
  if (answer.state === 'loading') return <Skeleton rows={8} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  return (
    <div className={styles['schema']}>
      <Facts schema={answer.data} />
      <SchemaGrid columns={answer.data.columns} keys={answer.data.keys} />
    </div>
  )
}

function Facts({ schema: { comment, rowEstimate, warnings } }: { readonly schema: DatasetSchema }) {
  const { t } = useTranslation('datasets')
  const told = useTold()
  const formats = useFormats()
  const facts = [
    [t('schema.comment'), comment],
    [t('schema.estimate'), rowEstimate === undefined ? undefined : formats.number(rowEstimate)],
    ...warnings.map((warning) => [t('schema.warning'), told(warning)] as const),
  ] as const
  const known = facts.filter(([, value]) => value !== undefined)
  if (known.length === 0) return null
  return (
    <dl className={styles['facts']}>
      {known.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The types of a list of types say nothing. */
const noNote = (): null => null

interface SchemaGridProps {
  readonly columns: readonly Column[]
  readonly keys: DatasetSchema['keys']
}

function SchemaGrid({ columns, keys }: SchemaGridProps) {
  const { t } = useTranslation('datasets')
  const told = useTold()
  const heads = useMemo(
    () =>
      [
        ['schema.name', 'VARCHAR'],
        ['schema.key', 'VARCHAR'],
        ['schema.sourceType', 'VARCHAR'],
        ['schema.type', 'VARCHAR'],
        ['schema.loss', 'VARCHAR'],
        ['schema.nullable', 'VARCHAR'],
        ['schema.comment', 'VARCHAR'],
      ].map(([key = '', type = '']) => ({ name: t(key), type })),
    [t],
  )
  const source = useMemo(() => {
    const loss = { exact: t('schema.exact'), widening: t('schema.widening'), lossy: t('schema.lossy') }
    return fixedRows(
      schemaRows(columns, keys, { loss, told, nullable: t('schema.null'), required: t('schema.notNull') }),
    )
  }, [columns, keys, t, told])
  return (
    <div className={styles['grid']}>
      <DataGrid label={t('part.schema')} columns={heads} source={source} noteOf={noNote} />
    </div>
  )
}
