import { type OnConnectEnd, useReactFlow } from '@xyflow/react'
import { type DragEvent, useState } from 'react'
import { useCanvasStore } from './canvas-store.ts'
import type { DrawnEdge } from './graph.ts'
import { KIND_DRAGGED } from './NodePalette.tsx'
import type { DrawnItem } from './use-drawing.ts'
import { useNodeActs } from './use-node-acts.ts'

/** What is let go on the drawing: a kind of the palette, also on an edge, and the loose end of a connection. */
export function useDrop() {
  const acts = useNodeActs()
  const store = useCanvasStore()
  const flow = useReactFlow<DrawnItem, DrawnEdge>()
  const [over, setOver] = useState<string>()
  const onConnectEnd: OnConnectEnd = (event, { toNode, fromHandle }) => {
    const [from, place] = [fromHandle?.id, 'changedTouches' in event ? event.changedTouches[0] : event]
    // An edge that was taken by its end and let go beside everything stays; a new one asks for its reader.
    if (toNode !== null || fromHandle?.type !== 'source' || typeof from !== 'string' || place === undefined) return
    const at = { x: place.clientX, y: place.clientY }
    store.setState({ asking: { kind: 'add', at, from, place: flow.screenToFlowPosition(at) } })
  }
  return {
    /** The edge that a dragged kind would be put into. */
    over,
    onConnectEnd,
    onDragOver: (event: DragEvent): void => {
      if (!event.dataTransfer.types.includes(KIND_DRAGGED)) return
      event.preventDefault()
      setOver(edgeAt(event.clientX, event.clientY))
    },
    onDragLeave: (): void => setOver(undefined),
    onDrop: (event: DragEvent): void => {
      const kind = event.dataTransfer.getData(KIND_DRAGGED)
      setOver(undefined)
      if (kind === '') return
      event.preventDefault()
      const edge = edgeAt(event.clientX, event.clientY)
      const onto = edge === undefined ? undefined : flow.getEdge(edge)?.data
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: true })
      acts.add(kind, { at, ...(onto === undefined ? {} : { onto }) })
    },
  }
}

/** The edge at a place of the window; the line that takes the pointer is wider than the one that is seen. */
function edgeAt(x: number, y: number): string | undefined {
  const edge = document.elementFromPoint(x, y)?.closest('.react-flow__edge')
  return edge?.getAttribute('data-id') ?? undefined
}
