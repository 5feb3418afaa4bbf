import type { TreeRow } from './visible-rows.ts'

type TreeAct =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'toggle'; readonly isOpen: boolean }
  | { readonly kind: 'choose' }

/** What a key does in a tree, after the tree pattern of the ARIA authoring practices; undefined when it does nothing. */
export function nextFocus(rows: readonly TreeRow[], at: number, key: string): TreeAct | undefined {
  const row = rows[at]
  if (row === undefined) return undefined
  const to = (index: number): TreeAct | undefined =>
    index >= 0 && index < rows.length && index !== at ? { kind: 'focus', index } : undefined
  switch (key) {
    case 'ArrowDown':
      return to(at + 1)
    case 'ArrowUp':
      return to(at - 1)
    case 'Home':
      return to(0)
    case 'End':
      return to(rows.length - 1)
    case 'Enter':
    case ' ':
      return row.kind === 'node' && row.node.hasChildren ? { kind: 'toggle', isOpen: !row.isOpen } : { kind: 'choose' }
    case 'ArrowRight':
      if (row.kind !== 'node' || !row.node.hasChildren) return undefined
      return row.isOpen ? to(at + 1) : { kind: 'toggle', isOpen: true }
    case 'ArrowLeft':
      if (row.kind === 'node' && row.isOpen) return { kind: 'toggle', isOpen: false }
      return to(parentOf(rows, at))
    default:
      return undefined
  }
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const row = rows[at]
  if (row === undefined) return -1
  const depth = row.kind === 'node' ? row.path.length - 1 : row.path.length
  return rows.findLastIndex((other, index) => index < at && other.kind === 'node' && other.path.length === depth)
}
