import type { Connection as FlowConnection } from '@xyflow/react'
import {
  type Connection,
  refusal,
  withConnection,
  withoutConnection,
  withReconnected,
} from '../document/connections.ts'
import { useEditor } from '../document/use-editor.ts'
import type { DrawnEdge } from './graph.ts'

type Wire = FlowConnection | DrawnEdge

/** What can be done with the connections between nodes. */
export function useWires() {
  const { editor, catalogue } = useEditor()
  return {
    connect: (drawn: FlowConnection): void => {
      const wire = named(drawn)
      if (wire !== undefined) editor.change((before) => withConnection(before, wire, catalogue))
    },
    /** Without the edge that is being reconnected a place may be free, and a circle none. */
    isPossible: (drawn: Wire, moved: Connection | undefined): boolean => {
      const wire = named(drawn)
      const { document } = editor.store.getState()
      const before = moved === undefined ? document : withoutConnection(document, moved, catalogue)
      return wire !== undefined && refusal(before, wire, catalogue) === undefined
    },
    reconnect: ({ data }: DrawnEdge, drawn: FlowConnection): void => {
      const next = named(drawn)
      if (data !== undefined && next !== undefined)
        editor.change((before) => withReconnected(before, data, next, catalogue))
    },
  }
}

function named({ sourceHandle, target, targetHandle }: Wire): Connection | undefined {
  return typeof sourceHandle === 'string'
    ? { from: sourceHandle, to: target, ...(typeof targetHandle === 'string' ? { field: targetHandle } : {}) }
    : undefined
}
