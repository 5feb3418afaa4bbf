import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import type { Point } from '../document/layout-edits.ts'
import { groupId, noteId } from './search-canvas.ts'

export interface Move {
  readonly id: string
  readonly to: Point
}

/**
 * Where nodes and notes are after these moves. A frame has no place of its own: moving it moves its nodes by as much, unless they
 * are moved themselves.
 */
export function movedPlaces(
  moves: readonly Move[],
  layout: LayoutFile,
  placeOf: (id: string) => Point | undefined,
): ReadonlyMap<string, Point> {
  const groups = new Map(layout.groups.map((group) => [groupId(group.id), group]))
  const places = new Map<string, Point>()
  for (const { id, to } of moves) {
    const group = groups.get(id)
    const from = placeOf(id)
    if (group === undefined || from === undefined) continue
    for (const name of group.nodes) {
      const place = placeOf(name)
      if (place !== undefined) places.set(name, { x: place.x + to.x - from.x, y: place.y + to.y - from.y })
    }
  }
  for (const { id, to } of moves) if (!groups.has(id)) places.set(id, to)
  return places
}

/** Places by what they belong to. */
export function byKind(places: ReadonlyMap<string, Point>, layout: LayoutFile) {
  const notes = layout.notes.flatMap(({ id }): [string, Point][] => {
    const place = places.get(noteId(id))
    return place === undefined ? [] : [[id, place]]
  })
  const noted = new Set(notes.map(([id]) => noteId(id)))
  return { nodes: new Map([...places].filter(([id]) => !noted.has(id))), notes: new Map(notes) }
}
