import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ColumnLineage } from '../../../../engine/contract/api/lineage.ts'
import { type Answer, useAnswer } from '../../../app/rpc/use-answer.ts'
import type { PipelineEditor } from '../document/editor-store.ts'
import { useEditor, useEditorState } from '../document/use-editor.ts'
import { upstream } from '../preview/upstream.ts'
import { type ColumnPath, pathOf, type Step } from './column-path.ts'

type Chosen = StoreApi<{ readonly step: Step | undefined }>

/** Of each open editor: its canvas and its panel show the same column. */
const chosenOf = new WeakMap<PipelineEditor, Chosen>()

function chosenIn(editor: PipelineEditor): Chosen {
  const known = chosenOf.get(editor) ?? createStore(() => ({ step: undefined }))
  chosenOf.set(editor, known)
  return known
}

export interface ColumnChoice {
  /** The column whose origin is shown. */
  readonly step: Step | undefined
  readonly choose: (step: Step | undefined) => void
}

export function useColumnChoice(): ColumnChoice {
  const chosen = chosenIn(useEditor().editor)
  const step = useStore(chosen, (state) => state.step)
  const choose = useCallback((next: Step | undefined) => chosen.setState({ step: next }), [chosen])
  return { step, choose }
}

/** Where the chosen column comes from, of the document as it is edited. Nothing is asked while none is chosen. */
export function useChosenLineage(): Answer<readonly ColumnLineage[]> {
  const { catalogue } = useEditor()
  const { step } = useColumnChoice()
  const pipeline = useEditorState((state) => state.pipeline)
  const document = useEditorState((state) => state.document)
  const output = step?.output ?? ''
  const asked = useMemo(() => upstream(document, output, catalogue), [document, output, catalogue])
  return useAnswer(
    ['lineage', pipeline, step, asked],
    (engine, signal) =>
      engine.pipelines.lineage(
        { pipeline, output, draft: { document: asked }, ...(step === undefined ? {} : { column: step.column }) },
        { signal },
      ),
    { isEnabled: step !== undefined },
  )
}

/** The nodes, and columns of outputs, that the chosen column comes through; undefined while none is chosen or known. */
export function useLineageHighlight(): ColumnPath | undefined {
  const lineage = useChosenLineage()
  const known = useEditorState((state) => state.state)
  const data = lineage.state === 'ready' ? lineage.data : undefined
  return useMemo(() => {
    const outputs = known?.nodes.flatMap((one) => one.outputs.map(({ output }) => output)) ?? []
    return data === undefined ? undefined : pathOf(data, outputs)
  }, [data, known])
}
