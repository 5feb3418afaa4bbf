import { useMemo } from 'react'
import type { Preview } from '../../../../engine/contract/api/pipelines.ts'
import { type Answer, useAnswer } from '../../../app/rpc/use-answer.ts'
import { usePrompt } from '../../../ui/settled/use-prompt.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import { valuesOf } from '../run/run-wish.ts'
import { upstream } from './upstream.ts'

/**
 * Keys that follow each other sooner are asked about once. Shorter than what else follows from a key (evaluation, print, state): rows
 * are what is looked at, and the engine answers in turn.
 */
const TYPING_MS = 80
const SHOWN_ROWS = 200

/**
 * The rows of an output of the document as it is edited: asked anew a moment after what it depends on changed, the question
 * before cancelled. Nothing is asked where `isEnabled` is false.
 */
export function usePreview(output: string, isEnabled = true): Answer<Preview> {
  const { catalogue } = useEditor()
  const pipeline = useEditorState((state) => state.pipeline)
  const typed = useEditorState((state) => state.typedParameters)
  const offline = useEditorState((state) => state.isOffline)
  const document = usePrompt(
    useEditorState((state) => state.document),
    TYPING_MS,
  )
  const asked = useMemo(() => upstream(document, output, catalogue), [document, output, catalogue])
  const parameters = valuesOf(asked.parameters ?? {}, typed)
  return useAnswer(
    ['preview', pipeline, output, asked, offline, parameters],
    (engine, signal) =>
      engine.pipelines.preview(
        { pipeline, output, draft: { document: asked }, limitRows: SHOWN_ROWS, offline, parameters },
        { signal },
      ),
    { isEnabled, keepsLast: true },
  )
}
