import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { type Catalogue, inputsOf, nodeOf } from '../document/inputs.ts'
import type { Point } from '../document/layout-edits.ts'

const WIDTH_PX = 190
const HEIGHT_PX = 56

/** Places for all nodes, in layers from the sources to the targets with few crossings. Computed in a worker. */
export async function arrangeNodes(document: PipelineFile, catalogue: Catalogue): Promise<Record<string, Point>> {
  const [{ default: Elk }, { default: ElkWorker }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?worker'),
  ])
  const elk = new Elk({ workerFactory: () => new ElkWorker() })
  try {
    const arranged = await elk.layout(elkGraph(document, catalogue))
    return Object.fromEntries(
      (arranged.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: round(x), y: round(y) }]),
    )
  } finally {
    elk.terminateWorker()
  }
}

function elkGraph(document: PipelineFile, catalogue: Catalogue): ElkNode {
  const names = Object.keys(document.nodes)
  return {
    id: 'pipeline',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '60',
      'elk.spacing.nodeNode': '30',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: names.map((id) => ({ id, width: WIDTH_PX, height: HEIGHT_PX })),
    edges: names.flatMap((name) =>
      inputsOf(document.nodes[name] ?? { type: '' }, catalogue)
        .filter(({ output }) => nodeOf(output) in document.nodes)
        .map(({ output }, index) => ({ id: `${name} ${index}`, sources: [nodeOf(output)], targets: [name] })),
    ),
  }
}

/** To the grid that dragging snaps to. */
function round(value: number): number {
  return Math.round(value / 10) * 10
}
