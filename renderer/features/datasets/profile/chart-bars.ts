import type { ColumnProfile } from '../../../../engine/contract/profile/column-profile.ts'
import type { Dimension } from '../../../../engine/contract/profile/cross-filter.ts'

/** One bar of a chart that rows can be chosen by. */
export interface Bar {
  readonly bin: number
  /** Undefined for what has no name of its own: other values, and none. */
  readonly label: string | undefined
  readonly role: 'bin' | 'other' | 'none'
  /** Rows that the selections in other charts leave, and all rows. */
  readonly count: number
  readonly all: number
}

/** Bars of a dimension; those for other values and for none only where they hold rows. */
export function barsOf(dimension: Dimension, counts: readonly number[], all: readonly number[]): Bar[] {
  const labels = labelsOf(dimension)
  return all
    .map((total, bin): Bar => {
      const role = bin < labels.length ? 'bin' : bin < all.length - 1 ? 'other' : 'none'
      return { bin, label: labels[bin], role, count: counts[bin] ?? 0, all: total }
    })
    .filter(({ role, all: total }) => role === 'bin' || total > 0)
}

function labelsOf(dimension: Dimension): string[] {
  switch (dimension.kind) {
    case 'range':
      return dimension.edges.slice(1).map((to, i) => `${shortEdge(dimension.edges[i] ?? '')} … ${shortEdge(to)}`)
    case 'values':
      return [...dimension.values]
    case 'patterns':
      return [...dimension.patterns]
    case 'condition':
    case 'dependency':
      return []
  }
}

/** What a profile says itself of a dimension, until all rows are counted. */
export function countsSoFar(dimension: Dimension, { exact, detail }: ColumnProfile): number[] {
  switch (dimension.kind) {
    case 'range': {
      const bins = (detail.histogram ?? []).filter(({ from, to }) => from !== to)
      return [...dimension.edges.slice(1).map((_, i) => bins[i]?.count ?? 0), exact.nulls]
    }
    case 'values':
      return withRest(dimension.values.map((value) => detail.top.find((one) => one.value === value)?.count ?? 0))
    case 'patterns':
      return withRest(
        dimension.patterns.map((form) => detail.text?.patterns.find(({ pattern }) => pattern === form)?.count ?? 0),
      )
    case 'condition':
    case 'dependency':
      return []
  }
  function withRest(counts: number[]): number[] {
    const named = counts.reduce((sum, count) => sum + count, 0)
    return [...counts, Math.max(0, detail.values - named), exact.nulls]
  }
}

/** Six digits of a number, a time without what nobody reads; anything else as it is. */
export function shortEdge(edge: string): string {
  if (edge !== '' && Number.isFinite(Number(edge))) return String(Number(Number(edge).toPrecision(6)))
  return edge.replace(/ 00:00:00$/, '').replace(/(:\d\d)\.\d+$/, '$1')
}

/** The bins after one was clicked: alone, or with `isAdded` beside those there are; a second click takes it away. */
export function nextBins(bins: readonly number[], bin: number, isAdded: boolean): number[] {
  if (bins.includes(bin)) return isAdded ? bins.filter((one) => one !== bin) : bins.length === 1 ? [] : [bin]
  return isAdded ? [...bins, bin].toSorted((a, b) => a - b) : [bin]
}
