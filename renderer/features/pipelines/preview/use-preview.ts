import { useEffect, useState } from 'react'
import type { Preview } from '../../../../engine/contract/api/pipelines.ts'
import { type Answer, useAnswer } from '../../../app/rpc/use-answer.ts'
import { useEditorState } from '../document/use-editor.ts'

const TYPING_MS = 120
const SHOWN_ROWS = 200

/** The rows of an output of the document as it is edited: asked anew a moment after each change, the question before cancelled. */
export function usePreview(output: string): Answer<Preview> {
  const pipeline = useEditorState((state) => state.pipeline)
  const document = useSettled(useEditorState((state) => state.document))
  return useAnswer(
    ['preview', pipeline, output, document],
    (engine, signal) =>
      engine.pipelines.preview({ pipeline, output, draft: { document }, limitRows: SHOWN_ROWS }, { signal }),
    { keepsLast: true },
  )
}

/** The value a moment after its last change. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
