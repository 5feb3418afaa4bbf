import { useReactFlow } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { useEditorState } from '../document/use-editor.ts'
import { shownCanvas } from './focus-canvas.ts'
import type { DrawnEdge } from './graph.ts'
import { isInSight } from './in-sight.ts'
import type { DrawnItem } from './use-drawing.ts'

const MOVE_MS = 200

/** A node that was added beyond the edge of what is seen comes into sight: neither eye nor Tab finds it there. */
export function useAddedInSight(): void {
  const flow = useReactFlow<DrawnItem, DrawnEdge>()
  const nodes = useEditorState((state) => state.document.nodes)
  const known = useRef(nodes)
  useEffect(() => {
    const [added, ...more] = Object.keys(nodes).filter((name) => !Object.hasOwn(known.current, name))
    known.current = nodes
    // Several at once are pasted or loaded: nobody waits for a certain one.
    if (added === undefined || more.length > 0) return undefined
    const frame = requestAnimationFrame(() => {
      const canvas = shownCanvas()?.getBoundingClientRect()
      const box = flow.getNodesBounds([added])
      if (canvas === undefined) return
      const corner = flow.flowToScreenPosition({ x: box.x, y: box.y })
      const zoom = flow.getZoom()
      if (isInSight({ ...corner, width: box.width * zoom, height: box.height * zoom }, canvas)) return
      void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: MOVE_MS })
    })
    return () => cancelAnimationFrame(frame)
  }, [nodes, flow])
}
