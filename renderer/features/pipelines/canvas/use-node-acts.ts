import { useMemo } from 'react'
import { freeName, newNode, withConnection, withNode, withoutNodes } from '../document/edits.ts'
import { useEditor } from '../document/use-editor.ts'
import type { Point } from './place-nodes.ts'

interface AddOptions {
  /** On the canvas; chosen by the canvas when absent. */
  readonly at?: Point
  /** The output it reads; the selected node's when absent and there is one. */
  readonly from?: string
}

export interface NodeActs {
  readonly add: (kind: string, options?: AddOptions) => void
  readonly remove: (names: readonly string[]) => void
  readonly connect: (from: string, to: string) => void
}

/** What can be done with nodes, from the canvas, the list and the palette alike. */
export function useNodeActs(): NodeActs {
  const { editor, catalogue } = useEditor()
  return useMemo(
    () => ({
      add: (kind, { at, from } = {}) => {
        const entry = catalogue.get(kind)
        if (entry === undefined) return
        const { document, selection } = editor.store.getState()
        const name = freeName(document, kind)
        const before = from ?? (at === undefined ? selection.at(-1) : undefined)
        editor.changeBoth((edited) => ({
          document: withNode(edited.document, name, newNode(entry, before)),
          layout:
            at === undefined ? edited.layout : { ...edited.layout, nodes: { ...edited.layout.nodes, [name]: at } },
        }))
        editor.select([name])
      },
      remove: (names) => {
        editor.change((document) => withoutNodes(document, names, catalogue))
        editor.select(editor.store.getState().selection.filter((name) => !names.includes(name)))
      },
      connect: (from, to) => editor.change((document) => withConnection(document, { from, to }, catalogue)),
    }),
    [editor, catalogue],
  )
}
