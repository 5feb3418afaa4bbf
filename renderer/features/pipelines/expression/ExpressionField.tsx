import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import type { Complete } from '../../../ui/editor/completion.ts'
import { ExpressionInput } from '../../../ui/editor/ExpressionInput.tsx'
import { cellLine } from '../../../ui/grid/cell-text.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import type { DrawnField } from '../inspector/drawn-field.ts'
import styles from './Expression.module.css'

/** An expression over the node's input, with completion, what is wrong underlined, its type and first values. */
export function ExpressionField({ node, path, value, onChange }: DrawnField) {
  const { t } = useTranslation('pipelines')
  const { editor } = useEditor()
  const engine = useEngine()
  const text = typeof value === 'string' ? value : ''
  const asked = useDeferredValue(text)
  const { pipeline } = editor.store.getState()
  const input = useEditorState((state) => state.document.nodes[node])
  const known = useEditorState((state) => state.state)
  const result = useAnswer(
    ['evaluate', pipeline, node, asked, input?.type, known],
    (client, signal) => {
      const { document } = editor.store.getState()
      return client.pipelines.evaluate(
        { pipeline, draft: { document }, node, expression: asked, limitRows: 3 },
        { signal },
      )
    },
    { isEnabled: asked.trim() !== '', keepsLast: true },
  )
  const complete: Complete = (expression, offset, signal) => {
    const { document } = editor.store.getState()
    return engine.pipelines.complete({ pipeline, draft: { document }, node, expression, offset }, { signal })
  }
  const found = result.state === 'ready' ? result.data : undefined
  const problems = found?.problem === undefined ? [] : [{ ...found.problem, severity: 'error' as const }]
  return (
    <div className={styles['field']}>
      <ExpressionInput
        value={text}
        label={t('inspector.field', { field: path })}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        complete={complete}
        problems={problems}
      />
      {found?.problem !== undefined ? (
        <small role="alert">{found.problem.message}</small>
      ) : (
        found?.type !== undefined && (
          <small>
            {found.type}
            {(found.values ?? []).map((cell, index) => (
              // Values have no identity but their place.
              <code key={index}>{cell === null ? 'NULL' : cellLine(cell).slice(0, 60)}</code>
            ))}
          </small>
        )
      )}
    </div>
  )
}
