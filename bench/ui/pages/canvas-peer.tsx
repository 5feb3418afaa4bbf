import '@xyflow/react/dist/style.css'
import { Background, Controls, type Edge, MiniMap, type Node, ReactFlow } from '@xyflow/react'
import { createRoot } from 'react-dom/client'
import { graphOf } from '../graph.ts'

// A plain React Flow page with the same graph as our pipeline, as large as our canvas: `?nodes=…&width=…&height=…`.

const asked = new URLSearchParams(location.search)
const graph = graphOf(Number(asked.get('nodes')))
const [width, height] = [Number(asked.get('width')), Number(asked.get('height'))]
const nodes: Node[] = graph.nodes.map(({ name, x, y }) => ({ id: name, position: { x, y }, data: { label: name } }))
const edges: Edge[] = graph.edges.map(({ from, to }) => ({ id: `${from}>${to}`, source: from, target: to }))
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(
  <div style={{ width, height }}>
    <ReactFlow
      defaultNodes={nodes}
      defaultEdges={edges}
      defaultViewport={{ x: 24, y: 24, zoom: 0.55 }}
      minZoom={0.1}
      onlyRenderVisibleElements
    >
      <Background gap={20} />
      <Controls />
      <MiniMap pannable zoomable />
    </ReactFlow>
  </div>,
)
