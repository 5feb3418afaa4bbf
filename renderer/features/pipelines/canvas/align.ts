import type { Point } from '../document/layout-edits.ts'

/** Where a node stands and how large it is. */
export interface Box extends Point {
  readonly width: number
  readonly height: number
}

export const SIDES = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
export type Side = (typeof SIDES)[number]
export const AXES = ['across', 'down'] as const
export type Axis = (typeof AXES)[number]

/** The boxes with one side, or their middles, on one line: the outermost of them, or the middle of all. */
export function aligned(boxes: ReadonlyMap<string, Box>, side: Side): ReadonlyMap<string, Point> {
  const all = [...boxes.values()]
  const left = Math.min(...all.map(({ x }) => x))
  const right = Math.max(...all.map(({ x, width }) => x + width))
  const top = Math.min(...all.map(({ y }) => y))
  const bottom = Math.max(...all.map(({ y, height }) => y + height))
  const place: Readonly<Record<Side, (box: Box) => Point>> = {
    left: ({ y }) => ({ x: left, y }),
    centre: ({ y, width }) => ({ x: Math.round((left + right - width) / 2), y }),
    right: ({ y, width }) => ({ x: right - width, y }),
    top: ({ x }) => ({ x, y: top }),
    middle: ({ x, height }) => ({ x, y: Math.round((top + bottom - height) / 2) }),
    bottom: ({ x, height }) => ({ x, y: bottom - height }),
  }
  return new Map([...boxes].map(([name, box]) => [name, place[side](box)]))
}

/** The boxes with equal gaps between them; the two outermost stay where they are. Fewer than three stay as they are. */
export function distributed(boxes: ReadonlyMap<string, Box>, axis: Axis): ReadonlyMap<string, Point> {
  const [at, size] = axis === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const)
  const inOrder = [...boxes].toSorted(([, one], [, other]) => one[at] - other[at])
  const first = inOrder[0]?.[1]
  const last = inOrder.at(-1)?.[1]
  if (first === undefined || last === undefined || inOrder.length < 3) return new Map(boxes)
  const taken = inOrder.reduce((sum, [, box]) => sum + box[size], 0)
  const gap = (last[at] + last[size] - first[at] - taken) / (inOrder.length - 1)
  let next = first[at]
  return new Map(
    inOrder.map(([name, box]) => {
      const point = { x: box.x, y: box.y, [at]: Math.round(next) }
      next += box[size] + gap
      return [name, point]
    }),
  )
}
