import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Biography } from '../../../../engine/contract/biography.ts'
import type { Column } from '../../../../engine/contract/column.ts'
import type { Cell, Page } from '../../../../engine/contract/page.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { FailureNotice } from '../../../ui/failure/FailureNotice.tsx'
import { Select } from '../../../ui/select/Select.tsx'
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx'
import { useEditor } from '../document/use-editor.ts'
import { valuesOf } from '../run/run-wish.ts'
import styles from './Preview.module.css'
import { rowKey } from './row-key.ts'
import { TraceSteps } from './TraceSteps.tsx'

interface RowTraceProps {
  readonly output: string
  readonly row: number
  readonly preview: Page
}

/** What happened to the selected row on its way here; or why a row with some value is not here. */
export function RowTrace({ output, row, preview }: RowTraceProps) {
  const { t } = useTranslation('pipelines')
  const [missing, setMissing] = useState<{ readonly column: string; readonly value: string }>()
  return (
    <div className={styles['trace']}>
      <WhyNotForm columns={preview.columns} onAsk={setMissing} onClear={() => setMissing(undefined)} />
      <h3>{missing === undefined ? t('trace.row', { row: row + 1 }) : t('trace.missing', missing)}</h3>
      <Steps output={output} found={rowKey(preview, row)} missing={missing} />
    </div>
  )
}

interface WhyNotFormProps {
  readonly columns: readonly Column[]
  readonly onAsk: (asked: { readonly column: string; readonly value: string }) => void
  readonly onClear: () => void
}

function WhyNotForm({ columns, onAsk, onClear }: WhyNotFormProps) {
  const { t } = useTranslation('pipelines')
  const names = columns.filter(({ hidden }) => hidden !== true).map(({ name }) => name)
  const [column, setColumn] = useState(names[0] ?? '')
  const [value, setValue] = useState('')
  return (
    <form
      className={styles['bar']}
      onSubmit={(event) => {
        event.preventDefault()
        if (value === '') onClear()
        else onAsk({ column, value })
      }}
    >
      <span className={styles['ask']}>{t('trace.why')}</span>
      <Select
        size="small"
        showSearch
        aria-label={t('trace.column')}
        value={column}
        options={names.map((name) => ({ value: name, label: name }))}
        popupMatchSelectWidth={false}
        onChange={setColumn}
      />
      <Input
        size="small"
        aria-label={t('trace.value')}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button size="small" htmlType="submit">
        {t('trace.ask')}
      </Button>
    </form>
  )
}

interface StepsProps {
  readonly output: string
  readonly found: Record<string, Cell> | undefined
  readonly missing: { readonly column: string; readonly value: string } | undefined
}

function Steps({ output, found, missing }: StepsProps) {
  const { editor } = useEditor()
  const { pipeline, document, isOffline: offline, typedParameters } = editor.store.getState()
  const parameters = valuesOf(document.parameters ?? {}, typedParameters)
  const asked = { pipeline, output, draft: { document }, offline, parameters }
  const traced = useAnswer<Biography>(
    ['trace', pipeline, output, found, missing, document, offline, parameters],
    (engine, signal) =>
      missing === undefined
        ? engine.pipelines.biography({ ...asked, row: found === undefined ? { index: 0 } : { key: found } }, { signal })
        : engine.pipelines.whyNot({ ...asked, key: { [missing.column]: missing.value } }, { signal }),
  )
  if (traced.state === 'loading') return <Skeleton rows={4} />
  if (traced.state === 'failed') return <FailureNotice failure={traced.failure} onRetry={traced.retry} />
  return <TraceSteps steps={traced.data.steps} />
}
