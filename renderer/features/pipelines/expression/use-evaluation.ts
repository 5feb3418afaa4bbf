import { useMemo } from 'react'
import type { Evaluation } from '../../../../engine/contract/api/authoring.ts'
import type { Cell } from '../../../../engine/contract/page.ts'
import { useAnswer } from '../../../app/rpc/use-answer.ts'
import { useSettled } from '../../../ui/settled/use-settled.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import { keyOf } from '../preview/row-key.ts'
import { firstInput, upstream } from '../preview/upstream.ts'

/** After the preview was asked, whose rows come first. */
const TYPING_MS = 160
const FIRST_ROWS = 3

/** Type and values of an expression a moment after its last change; the last answer stays until the next one comes. */
export function useEvaluation(
  node: string,
  text: string,
  row: ReadonlyMap<string, Cell> | undefined,
): Evaluation | undefined {
  const { editor, catalogue } = useEditor()
  const { pipeline } = editor.store.getState()
  const expression = useSettled(text, TYPING_MS)
  const document = useEditorState((state) => state.document)
  // Other settings of the node, the expression itself among them, do not change what is before it.
  const before = useMemo(
    () => upstream(document, firstInput(document.nodes[node], catalogue) ?? '', catalogue),
    [document, node, catalogue],
  )
  const key = row === undefined || row.size === 0 ? undefined : keyOf(row)
  const answer = useAnswer(
    ['evaluate', pipeline, node, expression, key, before],
    (engine, signal) => {
      const draft = { document: editor.store.getState().document }
      const asked = { pipeline, draft, node, expression, limitRows: FIRST_ROWS }
      return engine.pipelines.evaluate(key === undefined ? asked : { ...asked, row: { key } }, { signal })
    },
    { isEnabled: expression.trim() !== '', keepsLast: true },
  )
  return answer.state === 'ready' && text.trim() !== '' ? answer.data : undefined
}
