import { useRef } from 'react'
import type { Evaluation } from '../../../../engine/contract/api/authoring.ts'
import type { Cell } from '../../../../engine/contract/page.ts'
import { useEngine } from '../../../app/rpc/engine-context.ts'
import type { EditorHandle } from '../../../ui/editor/CodeEditor.tsx'
import type { Complete } from '../../../ui/editor/completion.ts'
import { ExpressionInput } from '../../../ui/editor/ExpressionInput.tsx'
import { cellLine } from '../../../ui/grid/cell-text.ts'
import { useEditor } from '../document/use-editor.ts'
import type { DrawnField } from '../inspector/drawn-field.ts'
import styles from './Expression.module.css'
import { ExpressionParts } from './ExpressionParts.tsx'
import { useEvaluation } from './use-evaluation.ts'

interface ExpressionFieldProps extends DrawnField {
  /** Values of the row of the input whose result is shown; the first rows when absent. */
  readonly row?: ReadonlyMap<string, Cell>
}

/** An expression over the node's input, with completion, what is wrong underlined, its type and its values. */
export function ExpressionField({ node, title, value, onChange, row }: ExpressionFieldProps) {
  const { editor } = useEditor()
  const engine = useEngine()
  const handle = useRef<EditorHandle>(null)
  const text = typeof value === 'string' ? value : ''
  const found = useEvaluation(node, text, row)
  const complete: Complete = (expression, offset, signal) => {
    const { document, pipeline } = editor.store.getState()
    return engine.pipelines.complete({ pipeline, draft: { document }, node, expression, offset }, { signal })
  }
  const problems = found?.problem === undefined ? [] : [{ ...found.problem, severity: 'error' as const }]
  return (
    <div className={styles['field']}>
      <ExpressionInput
        ref={handle}
        value={text}
        label={title}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        complete={complete}
        problems={problems}
      />
      <div className={styles['line']}>
        <Result found={found} />
        <ExpressionParts
          node={node}
          onInsert={(part) => {
            handle.current?.insert(part)
            handle.current?.focus()
          }}
        />
      </div>
    </div>
  )
}

function Result({ found }: { readonly found: Evaluation | undefined }) {
  if (found?.problem !== undefined) return <small role="alert">{found.problem.message}</small>
  if (found?.type === undefined) return <small />
  return (
    <small>
      {found.type}
      {(found.values ?? []).map((cell, index) => (
        // Values have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <code key={index}>{cell === null ? 'NULL' : cellLine(cell).slice(0, 60)}</code>
      ))}
    </small>
  )
}
