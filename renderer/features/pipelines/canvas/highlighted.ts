import type { ColumnPath } from '../lineage/column-path.ts'
import type { DrawnNode } from './graph.ts'

/** While the way of a column is shown, nodes that it does not pass stand back. */
export function highlighted(nodes: DrawnNode[], path: ColumnPath | undefined): DrawnNode[] {
  if (path === undefined) return nodes
  return nodes.map((node) => (path.nodes.has(node.id) ? node : { ...node, style: { opacity: 0.35 } }))
}
