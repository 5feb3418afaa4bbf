import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import type { DrawnEdge } from './graph.ts'
import { groupId } from './search-canvas.ts'

/**
 * The frames that are drawn closed, by the nodes in them. One of which a node is selected is open for as long: whatever chose the
 * node wants it to be seen.
 */
export function closedFrames(
  { groups }: Pick<LayoutFile, 'groups'>,
  selection: readonly string[],
): ReadonlyMap<string, string> {
  const chosen = new Set(selection)
  const closed = groups.filter(({ isCollapsed, nodes }) => isCollapsed && !nodes.some((name) => chosen.has(name)))
  return new Map(closed.flatMap(({ id, nodes }) => nodes.map((name) => [name, groupId(id)] as const)))
}

/** Edges end at the closed frame that their node is in; those between nodes of one closed frame are not drawn. */
export function foldedEdges(edges: readonly DrawnEdge[], closed: ReadonlyMap<string, string>): DrawnEdge[] {
  if (closed.size === 0) return [...edges]
  return edges.flatMap((edge): DrawnEdge[] => {
    const [source, target] = [closed.get(edge.source), closed.get(edge.target)]
    if (source === undefined && target === undefined) return [edge]
    if (source === target) return []
    return [
      {
        ...edge,
        reconnectable: false,
        ...(source === undefined ? {} : { source, sourceHandle: null }),
        ...(target === undefined ? {} : { target, targetHandle: null }),
      },
    ]
  })
}
