import { Alert } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TabView } from '../../../app/feature.ts'
import { CodeEditor, type EditorHandle } from '../../../ui/editor/CodeEditor.tsx'
import { SplitView } from '../../../ui/split/SplitView.tsx'
import styles from '../Datasets.module.css'
import { resultsOf, type SqlResult } from './results.ts'
import { SqlResults } from './SqlResults.tsx'
import { SqlTools } from './SqlTools.tsx'
import { forgetClosedSql, storedSql, storeSql } from './sql-text.ts'
import { useSqlCompletion } from './use-sql-completion.ts'
import { useSqlProblems } from './use-sql-problems.ts'

interface SqlParams {
  readonly sql?: string | undefined
}

const NO_RESULTS: readonly SqlResult[] = []

/** Questions in SQL over the datasets of the workspace, and what they answer. */
export function SqlTab({ tabId, params }: TabView<SqlParams>) {
  const { t } = useTranslation('datasets')
  const editor = useRef<EditorHandle>(null)
  const selected = useRef<string>(undefined)
  const [text, setText] = useState(() => storedSql(tabId) ?? params.sql ?? '')
  const [results, setResults] = useState(NO_RESULTS)
  const [isOffline, setOffline] = useState(false)
  const [isKept, setKept] = useState(true)
  const problems = useSqlProblems(text, isOffline)
  useEffect(() => forgetClosedSql(localStorage), [])
  const change = (next: string): void => {
    setText(next)
    setKept(storeSql(tabId, next))
  }
  const complete = useSqlCompletion(isOffline)
  const show = (sql: string, kind: SqlResult['kind']): void => setResults(resultsOf(sql, kind))
  const written = (
    <div className={styles['sql']}>
      <SqlTools
        text={text}
        isOffline={isOffline}
        onOffline={setOffline}
        onRun={() => show(selected.current ?? text, 'rows')}
        onExplain={() => show(selected.current ?? text, 'plan')}
        onWrite={(sql) => {
          change(sql)
          editor.current?.focus()
        }}
      />
      {!isKept && <Alert banner type="warning" title={t('sql.notKept')} description={t('sql.notKeptHint')} />}
      <div className={styles['sqlEditor']}>
        <CodeEditor
          ref={editor}
          label={t('sql.editor')}
          language="sql"
          value={text}
          onChange={change}
          onRun={(sql) => show(sql, 'rows')}
          onSelect={(chosen) => {
            selected.current = chosen
          }}
          complete={complete}
          problems={problems}
        />
      </div>
    </div>
  )
  const answered = <SqlResults results={results} isOffline={isOffline} onCancel={() => setResults(NO_RESULTS)} />
  return (
    <SplitView
      id="sql"
      orientation="vertical"
      barLabel={t('sql.bar')}
      parts={[
        { id: 'text', content: written, size: 40, minSize: 15 },
        { id: 'results', content: answered, size: 60, minSize: 15 },
      ]}
    />
  )
}
