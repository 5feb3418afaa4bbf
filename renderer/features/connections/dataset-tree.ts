import type { TreeItem } from '../../../engine/contract/api/connections.ts'
import type { TreeLevel, TreeNode } from '../../ui/tree/visible-rows.ts'

/** One answer of `connections.tree` as a level of the tree, after what was there before it. */
export function levelOf(
  before: readonly TreeNode[],
  { items, next }: { readonly items: readonly TreeItem[]; readonly next?: string | undefined },
  count: (rows: string) => string,
): TreeLevel {
  const nodes = items.map((item): TreeNode => {
    const { id, name: label } = item
    if (item.kind === 'schema') return { id, label, detail: String(item.datasets), hasChildren: true }
    return { id, label, ...(item.rows === undefined ? {} : { detail: count(item.rows) }), hasChildren: false }
  })
  return { nodes: [...before, ...nodes], state: 'ready', hasMore: next !== undefined }
}
