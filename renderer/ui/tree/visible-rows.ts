/** A node of a lazy tree as its owner knows it. */
export interface TreeNode {
  readonly id: string
  readonly label: string
  readonly detail?: string
  readonly hasChildren: boolean
}

/** The children of a node as far as they are known. */
export interface TreeLevel {
  readonly nodes: readonly TreeNode[]
  readonly state: 'loading' | 'failed' | 'ready'
  /** More can be loaded. */
  readonly hasMore: boolean
}

/** One line of the drawn tree. */
export type TreeRow =
  | {
      readonly kind: 'node'
      readonly key: string
      readonly node: TreeNode
      /** From the top: the ids of the nodes above and its own. */
      readonly path: readonly string[]
      readonly isOpen: boolean
      readonly position: number
      readonly siblings: number
    }
  | { readonly kind: 'loading' | 'failed' | 'empty' | 'more'; readonly key: string; readonly path: readonly string[] }

/** A key for a path; ids may hold anything. */
export function pathKey(path: readonly string[]): string {
  return JSON.stringify(path)
}

/** The lines of a tree from the top down, those of closed nodes left out. */
export function visibleRows(
  levels: ReadonlyMap<string, TreeLevel>,
  open: ReadonlySet<string>,
  path: readonly string[] = [],
): TreeRow[] {
  const level = levels.get(pathKey(path))
  if (level === undefined) return [{ kind: 'loading', key: `loading ${pathKey(path)}`, path }]
  const rows = level.nodes.flatMap((node, index): TreeRow[] => {
    const inner = [...path, node.id]
    const key = pathKey(inner)
    const isOpen = node.hasChildren && open.has(key)
    const row: TreeRow = {
      kind: 'node',
      key,
      node,
      path: inner,
      isOpen,
      position: index + 1,
      siblings: level.nodes.length,
    }
    return isOpen ? [row, ...visibleRows(levels, open, inner)] : [row]
  })
  const last = lastRow(level)
  return last === undefined ? rows : [...rows, { kind: last, key: `${last} ${pathKey(path)}`, path }]
}

function lastRow({ state, hasMore, nodes }: TreeLevel): 'loading' | 'failed' | 'empty' | 'more' | undefined {
  if (state !== 'ready') return state
  if (hasMore) return 'more'
  return nodes.length === 0 ? 'empty' : undefined
}
