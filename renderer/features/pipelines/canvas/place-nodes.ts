import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { type Catalogue, inputsOf, nodeOf } from '../document/inputs.ts'
import type { Point } from '../document/layout-edits.ts'

const COLUMN_PX = 250
const ROW_PX = 92

/**
 * Where every node stands: where it was put, else in a column by its distance from the sources, below what stands there. The same
 * document and layout always give the same places.
 */
export function placeNodes(
  document: PipelineFile,
  layout: LayoutFile,
  catalogue: Catalogue,
): ReadonlyMap<string, Point> {
  const depths = depthsOf(document, catalogue)
  const places = new Map<string, Point>()
  for (const name of Object.keys(document.nodes)) {
    const put = layout.nodes[name]
    if (put !== undefined) places.set(name, put)
  }
  const depthOf = (name: string): number => depths.get(name) ?? 0
  const names = Object.keys(document.nodes).filter((name) => !places.has(name))
  const columns = Map.groupBy(names, depthOf)
  for (const depth of [...columns.keys()].toSorted((one, other) => one - other)) {
    const wished = (columns.get(depth) ?? []).map((name) => ({
      name,
      y: besideInputs(document, name, places, catalogue),
    }))
    // In the order of what they read, so that few edges cross and a line stays straight.
    for (const { name, y } of wished.toSorted((one, other) => one.y - other.y)) {
      places.set(name, freePlace(places, { x: depth * COLUMN_PX, y }))
    }
  }
  return places
}

/** The middle of what a node reads; a source stands at the top. */
function besideInputs(
  document: PipelineFile,
  name: string,
  places: ReadonlyMap<string, Point>,
  catalogue: Catalogue,
): number {
  const config = document.nodes[name]
  const inputs = config === undefined ? [] : inputsOf(config, catalogue)
  const ys = inputs.flatMap(({ output }) => places.get(nodeOf(output))?.y ?? [])
  return ys.length === 0 ? 0 : Math.round(ys.reduce((sum, y) => sum + y, 0) / ys.length)
}

/** The wished place, or the next one below that no node covers. */
function freePlace(places: ReadonlyMap<string, Point>, { x, y }: Point): Point {
  const near = [...places.values()].filter((place) => Math.abs(place.x - x) < COLUMN_PX - 20)
  let free = y
  while (near.some((place) => Math.abs(place.y - free) < ROW_PX - 12)) free += ROW_PX
  return { x, y: free }
}

/** The longest way from a source, in steps; nodes of a circle count as sources of it. */
export function depthsOf(document: PipelineFile, catalogue: Catalogue): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  const entered = new Set<string>()
  const visit = (name: string): number => {
    const known = depths.get(name)
    const config = document.nodes[name]
    if (known !== undefined || config === undefined || entered.has(name)) return known ?? 0
    entered.add(name)
    const before = inputsOf(config, catalogue).map(({ output }) => visit(nodeOf(output)))
    const depth = before.length === 0 ? 0 : Math.max(...before) + 1
    depths.set(name, depth)
    return depth
  }
  for (const name of Object.keys(document.nodes)) visit(name)
  return depths
}
