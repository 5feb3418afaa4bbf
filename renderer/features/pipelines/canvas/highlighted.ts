import { type ColumnPath, wireOf } from '../lineage/column-path.ts'
import type { DrawnEdge } from './graph.ts'

/** Classes of what stands out on the canvas, and of what stands back. */
export type Mark = 'found' | 'passed' | 'aside'

export interface Highlights {
  /** Of the chosen column; what it does not pass stands back. */
  readonly path: ColumnPath | undefined
  /** Ids that the search found. */
  readonly found: ReadonlySet<string>
  /** The edge that something dragged would be put into. */
  readonly over: string | undefined
}

export function nodeMark(
  { id, type }: { readonly id: string; readonly type?: string },
  marks: Highlights,
): Mark | undefined {
  if (marks.found.has(id)) return 'found'
  return marks.path === undefined || type !== 'step' || marks.path.nodes.has(id) ? undefined : 'aside'
}

export function edgeMark(
  { id, data, target }: Pick<DrawnEdge, 'id' | 'data' | 'target'>,
  marks: Highlights,
): Mark | undefined {
  if (id === marks.over) return 'found'
  if (marks.path === undefined || data === undefined) return undefined
  return marks.path.wires.has(wireOf(data.from, target)) ? 'passed' : 'aside'
}

/** The items with the class of their mark; the same items where there is none. */
export function withMarks<Item extends { readonly className?: string }>(
  items: Item[],
  markOf: (item: Item) => Mark | undefined,
  classes: Readonly<Record<string, string>>,
): Item[] {
  const marks = items.map(markOf)
  if (marks.every((mark) => mark === undefined)) return items
  return items.map((item, index) => {
    const mark = marks[index]
    return mark === undefined ? item : { ...item, className: classes[mark] ?? '' }
  })
}
