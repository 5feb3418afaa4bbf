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
  const lowest = new Map<number, number>()
  for (const name of Object.keys(document.nodes)) {
    const put = layout.nodes[name]
    if (put !== undefined) places.set(name, put)
  }
  for (const name of Object.keys(document.nodes)) {
    if (places.has(name)) continue
    const x = (depths.get(name) ?? 0) * COLUMN_PX
    let y = lowest.get(x) ?? 0
    while (
      [...places.values()].some(
        (place) => Math.abs(place.x - x) < COLUMN_PX - 20 && Math.abs(place.y - y) < ROW_PX - 12,
      )
    )
      y += ROW_PX
    places.set(name, { x, y })
    lowest.set(x, y + ROW_PX)
  }
  return places
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
