import { useReactFlow } from '@xyflow/react'
import type { MouseEvent as ReactMouseEvent } from 'react'
import type { Point } from '../document/layout-edits.ts'
import { useEditor } from '../document/use-editor.ts'
import { useCanvasStore } from './canvas-store.ts'
import type { DrawnEdge } from './graph.ts'
import type { DrawnItem } from './use-drawing.ts'

/** Opens the menu for what was pointed at; it is selected first, unless it is among what is selected. */
export function useMenus() {
  const { editor } = useEditor()
  const store = useCanvasStore()
  const flow = useReactFlow()
  const open = (event: ReactMouseEvent | MouseEvent): void => {
    event.preventDefault()
    const at = placeOf(event)
    const place = flow.screenToFlowPosition(at, { snapToGrid: true })
    store.setState({ asking: { kind: 'menu', at, place } })
  }
  const pick = (id: string): void => {
    if (store.getState().picked.has(id)) return
    editor.select([])
    store.setState({ picked: new Set([id]) })
  }
  return {
    onNodeContextMenu: (event: ReactMouseEvent, { id, type }: DrawnItem): void => {
      if (type !== 'step') pick(id)
      else if (!editor.store.getState().selection.includes(id)) {
        store.setState({ picked: new Set() })
        editor.select([id])
      }
      open(event)
    },
    onEdgeContextMenu: (event: ReactMouseEvent, { id }: DrawnEdge): void => {
      pick(id)
      open(event)
    },
    onSelectionContextMenu: open,
    onPaneContextMenu: (event: ReactMouseEvent | MouseEvent): void => {
      editor.select([])
      store.setState({ picked: new Set() })
      open(event)
    },
  }
}

/** The pointer's place; of a key that asked for the menu the middle of what has the focus. */
function placeOf(event: ReactMouseEvent | MouseEvent): Point {
  if (event.clientX !== 0 || event.clientY !== 0) return { x: event.clientX, y: event.clientY }
  const box = event.target instanceof Element ? event.target.getBoundingClientRect() : new DOMRect()
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
