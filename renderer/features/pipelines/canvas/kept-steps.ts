import type { Point } from '../document/layout-edits.ts'
import type { Box } from './align.ts'
import type { DrawnNode } from './graph.ts'

/** What is added to a node of the graph when it is drawn. */
export interface Shown {
  readonly position: Point
  readonly selected: boolean
  /** In a frame that is closed. */
  readonly hidden: boolean
  readonly measured: Pick<Box, 'width' | 'height'> | undefined
}

interface Kept extends Shown {
  readonly from: DrawnNode
  readonly node: DrawnNode
}

/**
 * Gives nodes as they are drawn, and the same object as the last time for one that did not change: React Flow takes in and draws
 * every new object anew, and one node that comes into sight must not do that to the thousand others.
 */
export function stepKeeper(): (nodes: readonly DrawnNode[], shownOf: (node: DrawnNode) => Shown) => DrawnNode[] {
  let kept = new Map<string, Kept>()
  return (nodes, shownOf) => {
    const next = new Map<string, Kept>()
    for (const from of nodes) {
      const shown = shownOf(from)
      const before = kept.get(from.id)
      next.set(from.id, before !== undefined && isSame(before, from, shown) ? before : drawn(from, shown))
    }
    kept = next
    return [...next.values()].map(({ node }) => node)
  }
}

function isSame(before: Kept, from: DrawnNode, { position, selected, hidden, measured }: Shown): boolean {
  return (
    before.from === from &&
    before.position === position &&
    before.selected === selected &&
    before.hidden === hidden &&
    before.measured === measured
  )
}

function drawn(from: DrawnNode, shown: Shown): Kept {
  const { position, selected, hidden, measured } = shown
  return {
    from,
    ...shown,
    node: { ...from, position, selected, hidden, ...(measured === undefined ? {} : { measured }) },
  }
}
