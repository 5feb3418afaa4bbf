import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColumnLineage } from '../../../../engine/contract/api/lineage.ts'
import type { Column } from '../../../../engine/contract/column.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Select } from '../../../ui/select/Select.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { nodeOf } from '../document/inputs.ts'
import { useEditor } from '../document/use-editor.ts'
import styles from './Lineage.module.css'
import { useChosenLineage, useColumnChoice } from './use-lineage-highlight.ts'

interface LineagePanelProps {
  readonly output: string
  readonly columns: readonly Column[]
}

/** Where one column of an output comes from, as a list; the canvas paints the same path while this is shown. */
export function LineagePanel({ output, columns }: LineagePanelProps) {
  const { t } = useTranslation('mapping')
  const { step, choose } = useColumnChoice()
  const lineage = useChosenLineage()
  const chosen = step?.output === output ? step.column : undefined
  // The path is painted as long as the panel is there.
  useEffect(() => () => choose(undefined), [choose])
  return (
    <div className={styles['lineage']}>
      <Select
        size="small"
        showSearch
        allowClear
        className={styles['choice'] ?? ''}
        aria-label={t('lineage.column')}
        placeholder={t('lineage.column')}
        value={chosen ?? null}
        options={columns.filter(({ hidden }) => hidden !== true).map(({ name }) => ({ value: name, label: name }))}
        popupMatchSelectWidth={false}
        onChange={(column: string | null | undefined) =>
          choose(column === null || column === undefined ? undefined : { output, column })
        }
      />
      {chosen === undefined && <EmptyState title={t('lineage.none')} hint={t('lineage.noneHint')} />}
      {chosen !== undefined && lineage.state === 'loading' && <Skeleton rows={3} />}
      {chosen !== undefined && lineage.state === 'failed' && (
        <FailureNotice failure={lineage.failure} onRetry={lineage.retry} />
      )}
      {chosen !== undefined && lineage.state === 'ready' && <Origins lineages={lineage.data} />}
    </div>
  )
}

function Origins({ lineages }: { readonly lineages: readonly ColumnLineage[] }) {
  const { t } = useTranslation('mapping')
  const sources = lineages.flatMap((one) => one.sources)
  if (sources.length === 0) return <EmptyState title={t('lineage.constant')} />
  return (
    <>
      {lineages.some(({ isApproximate }) => isApproximate) && <p>{t('lineage.approximate')}</p>}
      <ul className={styles['origins']} aria-label={t('lineage.origins')}>
        {sources.map(({ node, dataset, column, kind, path }) => (
          <li key={`${node} ${column} ${kind}`}>
            <strong>
              <bdi>{column}</bdi>
            </strong>{' '}
            <bdi>{dataset ?? node}</bdi> <em>{t(`lineage.kind.${kind}`)}</em>
            <Path path={path} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Path({ path }: { readonly path: readonly string[] }) {
  const { editor } = useEditor()
  return (
    <ol className={styles['path']}>
      {path.map((text) => (
        <li key={text}>
          <Button size="small" type="text" onClick={() => editor.select([nodeOf(text)])}>
            <bdi>{text}</bdi>
          </Button>
        </li>
      ))}
    </ol>
  )
}
