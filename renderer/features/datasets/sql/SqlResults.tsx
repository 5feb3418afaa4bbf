import { Button, Tabs } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useEvents } from '../../../app/rpc/use-events.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { useCursor } from '../cursor/use-cursor.ts'
import styles from '../Datasets.module.css'
import { CursorGrid } from '../grid/CursorGrid.tsx'
import type { SqlResult } from './results.ts'

interface SqlResultsProps {
  readonly results: readonly SqlResult[]
  readonly isOffline: boolean
  readonly onCancel: () => void
}

/** What the last run answered: one part for each statement. All are kept while another one is looked at. */
export function SqlResults({ results, isOffline, onCancel }: SqlResultsProps) {
  const { t } = useTranslation('datasets')
  const [shown, setShown] = useState<number>()
  const first = results[0]?.id
  useEffect(() => setShown(first), [first])
  if (results.length === 0) return <EmptyState title={t('sql.noResult')} hint={t('sql.noResultHint')} />
  return (
    <div className={styles['results']}>
      {results.length > 1 && (
        <Tabs
          size="small"
          className={styles['parts'] ?? ''}
          activeKey={String(shown)}
          onChange={(key) => setShown(Number(key))}
          items={results.map(({ id, number }) => ({ key: String(id), label: t('sql.result', { number }) }))}
        />
      )}
      {results.map((result) => (
        <div key={result.id} className={styles['part']} hidden={result.id !== shown}>
          {result.kind === 'plan' ? (
            <Plan sql={result.sql} isOffline={isOffline} />
          ) : (
            <Rows result={result} isOffline={isOffline} onCancel={onCancel} />
          )}
        </div>
      ))}
    </div>
  )
}

interface RowsProps extends Omit<SqlResultsProps, 'results'> {
  readonly result: SqlResult
}

function Rows({ result, isOffline, onCancel }: RowsProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  // What a run was asked with holds for its results; the switch is for the next one.
  const [offline] = useState(isOffline)
  const [watch] = useState(() => crypto.randomUUID())
  const cursor = useCursor({
    key: String(result.id),
    open: (engine, signal) => engine.sql.run({ sql: result.sql, offline, watch }, { signal }),
  })
  switch (cursor.state) {
    case 'closed':
      return null
    case 'opening':
      return (
        <>
          <Skeleton rows={6} />
          <Running watch={watch} onCancel={onCancel} />
        </>
      )
    case 'failed':
      return <FailureNotice failure={cursor.failure} onRetry={cursor.retry} />
    case 'open':
      return (
        <CursorGrid
          session={cursor.session}
          name={t('sql.resultIn', {
            number: result.number,
            time: formats.duration(cursor.session.view().opened.elapsedMs),
          })}
          onReopen={cursor.reopen}
        />
      )
    default:
      return cursor satisfies never
  }
}

const NOTHING_READ: Readonly<Record<string, string>> = {}

/** How much of a server's tables has come, until the first rows of the result can be shown. */
function Running({ watch, onCancel }: { readonly watch: string; readonly onCancel: () => void }) {
  const { t } = useTranslation('datasets')
  const { number } = useFormats()
  const { value: read } = useEvents({
    key: watch,
    open: (engine, signal) => engine.sql.progress({ watch }, { signal }),
    initial: NOTHING_READ,
    reduce: (_before, now) => now,
  })
  return (
    <div className={styles['acts']} role="status">
      {t('sql.running')}
      {Object.entries(read).map(([dataset, rows]) => (
        <span key={dataset}>{t('sql.read', { dataset, rows: number(rows) })}</span>
      ))}
      <Button size="small" onClick={onCancel}>
        {t('sql.cancel')}
      </Button>
    </div>
  )
}

function Plan({ sql, isOffline }: { readonly sql: string; readonly isOffline: boolean }) {
  const { t } = useTranslation('datasets')
  const [isAnalyzed, setAnalyzed] = useState(false)
  const answer = useAnswer(
    ['sql', 'explain', sql, isOffline, isAnalyzed],
    (engine, signal) => engine.sql.explain({ sql, offline: isOffline, analyze: isAnalyzed }, { signal }),
    { keepsLast: true },
  )
  if (answer.state === 'loading') return <Skeleton rows={8} />
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} onRetry={answer.retry} />
  return (
    <div className={styles['results']}>
      <pre className={styles['plan']} tabIndex={0} role="region" aria-label={t('sql.plan')}>
        {answer.data.text}
      </pre>
      {!isAnalyzed && (
        <div className={styles['acts']}>
          <Button size="small" onClick={() => setAnalyzed(true)}>
            {t('sql.analyze')}
          </Button>
        </div>
      )}
    </div>
  )
}
