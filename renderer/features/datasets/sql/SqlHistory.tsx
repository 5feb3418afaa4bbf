import { Drawer } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SqlHistoryEntry } from '../../../../engine/contract/api/sql.ts'
import { useFormats } from '../../../app/i18n/use-formats.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { EmptyState } from '../../../ui/empty/EmptyState.tsx'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { useFocusBack } from '../../../ui/focus/use-focus-back.ts'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { StateTag } from '../../../ui/state/StateTag.tsx'
import { TextInput } from '../../../ui/text/TextInput.tsx'
import styles from '../Datasets.module.css'

interface SqlHistoryProps {
  readonly onClose: () => void
  readonly onChoose: (sql: string) => void
}

/** Statements that were run in this workspace; one that is chosen is written after what stands there. */
export function SqlHistory({ onClose, onChoose }: SqlHistoryProps) {
  useFocusBack()
  const { t } = useTranslation('datasets')
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search.trim())
  const answer = useAnswer(
    ['sql', 'history', wanted],
    (engine, signal) => engine.sql.history(wanted === '' ? {} : { search: wanted }, { signal }),
    { keepsLast: true },
  )
  return (
    <Drawer open size={520} title={t('sql.history')} onClose={onClose}>
      <TextInput
        allowClear
        aria-label={t('sql.searchHistory')}
        placeholder={t('sql.searchHistory')}
        value={search}
        onText={setSearch}
      />
      {answer.state === 'loading' && <Skeleton rows={5} />}
      {answer.state === 'failed' && <FailureNotice failure={answer.failure} onRetry={answer.retry} />}
      {answer.state === 'ready' && <Entries entries={answer.data} onChoose={onChoose} />}
    </Drawer>
  )
}

interface EntriesProps extends Pick<SqlHistoryProps, 'onChoose'> {
  readonly entries: readonly SqlHistoryEntry[]
}

function Entries({ entries, onChoose }: EntriesProps) {
  const { t } = useTranslation('datasets')
  const formats = useFormats()
  if (entries.length === 0) return <EmptyState title={t('sql.noHistory')} hint={t('sql.noHistoryHint')} />
  return (
    <ul className={styles['history']}>
      {entries.map((entry) => (
        <li key={`${entry.at} ${entry.sql}`}>
          <button type="button" onClick={() => onChoose(entry.sql)}>
            <code>{entry.sql.slice(0, 1_000)}</code>
            <small>
              <StateTag state={entry.outcome} /> {formats.dateTime(entry.at)} · {formats.duration(entry.elapsedMs)}
            </small>
            {entry.message !== undefined && <small>{entry.message}</small>}
          </button>
        </li>
      ))}
    </ul>
  )
}
