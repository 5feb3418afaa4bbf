import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Column } from '../../../../engine/contract/column.ts'
import type { PipelineEditor, PipelineEditorState } from './editor-store.ts'
import type { Catalogue, NodeConfig } from './inputs.ts'

export interface EditorScope {
  readonly editor: PipelineEditor
  readonly catalogue: Catalogue
}

export const EditorContext = createContext<EditorScope | undefined>(undefined)

/** The editor of the pipeline tab, and every kind of node. Only inside a pipeline tab. */
export function useEditor(): EditorScope {
  const scope = use(EditorContext)
  if (scope === undefined) throw new Error('useEditor outside of a pipeline')
  return scope
}

/** A part of the editor's state; select stored references. */
export function useEditorState<Part>(select: (state: PipelineEditorState) => Part): Part {
  return useStore(useEditor().editor.store, select)
}

export function useNode(name: string): NodeConfig | undefined {
  return useEditorState((state) => state.document.nodes[name])
}

/** The columns of an output as the engine last knew them. */
export function useColumns(output: string | undefined): readonly Column[] | undefined {
  return useEditorState(
    (state) => state.state?.nodes.flatMap(({ outputs }) => outputs).find((one) => one.output === output)?.columns,
  )
}
