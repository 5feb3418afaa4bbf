import { ReactFlow, type ReactFlowProps } from '@xyflow/react'
import { useRef } from 'react'
import type { DrawnEdge } from './graph.ts'
import type { DrawnItem } from './use-drawing.ts'
import { useView } from './use-view.ts'

/** React Flow with a view of its own: nothing around it is drawn anew when that moves. */
export function Flow(props: ReactFlowProps<DrawnItem, DrawnEdge>) {
  const flow = useRef<HTMLDivElement>(null)
  return <ReactFlow<DrawnItem, DrawnEdge> ref={flow} {...props} {...useView(flow)} />
}
