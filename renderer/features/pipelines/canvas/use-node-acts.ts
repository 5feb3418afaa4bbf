import { App as AntApp } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Connection,
  newConnections,
  withConnection,
  withInserted,
  withoutConnection,
} from '../document/connections.ts'
import { freeName, newNode, withNode, withoutNodes } from '../document/edits.ts'
import { type Point, withoutMarks, withoutPlaces, withPlaces } from '../document/layout-edits.ts'
import { useEditor } from '../document/use-editor.ts'

interface AddOptions {
  /** On the canvas; chosen by the canvas when absent. */
  readonly at?: Point
  /** The output it reads; the selected node's when absent and there is one. */
  readonly from?: string
  /** The connection that it is put into. */
  readonly onto?: Connection
}

interface Removed {
  readonly nodes: readonly string[]
  readonly wires?: readonly Connection[]
  /** Ids of notes and groups. */
  readonly marks?: readonly string[]
}

export interface NodeActs {
  readonly add: (kind: string, options?: AddOptions) => void
  /** All of it in one step of undo. What stood between two nodes leaves them connected; that is told. */
  readonly remove: (removed: Removed) => void
  readonly connect: (from: string, to: string) => void
}

/** What can be done with nodes, from the canvas, the list and the palette alike. */
export function useNodeActs(): NodeActs {
  const { t } = useTranslation('canvas')
  const { editor, catalogue } = useEditor()
  const { message } = AntApp.useApp()
  return useMemo(
    () => ({
      add: (kind, { at, from, onto } = {}) => {
        const entry = catalogue.get(kind)
        if (entry === undefined) return
        const { document, selection } = editor.store.getState()
        const name = freeName(document, kind)
        const before = onto?.from ?? from ?? (at === undefined ? selection.at(-1) : undefined)
        const config = newNode(entry, before)
        editor.changeBoth((edited) => ({
          document:
            onto === undefined
              ? withNode(edited.document, name, config)
              : withInserted(edited.document, onto, { name, config }, catalogue),
          layout: withPlaces(edited.layout, {
            nodes: new Map(at === undefined ? [] : [[name, at]]),
            notes: new Map(),
          }),
        }))
        editor.select([name])
      },
      remove: ({ nodes, wires = [], marks = [] }) => {
        const before = editor.store.getState().document
        const cut = wires.reduce((next, wire) => withoutConnection(next, wire, catalogue), before)
        const after = withoutNodes(cut, nodes, catalogue)
        editor.changeBoth(({ layout }) => ({
          document: after,
          layout: withoutMarks(withoutPlaces(layout, nodes), new Set(marks)),
        }))
        editor.select(editor.store.getState().selection.filter((name) => !nodes.includes(name)))
        const wired = newConnections(cut, after, catalogue).map(({ from, to }) => `${from} → ${to}`)
        if (wired.length > 0) void message.info(t('acts.joined', { wires: wired.join(', '), count: wired.length }))
      },
      connect: (from, to) => editor.change((document) => withConnection(document, { from, to }, catalogue)),
    }),
    [editor, catalogue, message, t],
  )
}
