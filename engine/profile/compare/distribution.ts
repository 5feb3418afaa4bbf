import type { CountedValue, HistogramBin } from '../../contract/profile/column-profile.ts'

/** Share of values at or below a place; straight between the edges of the bins. */
export interface Distribution {
  readonly edges: readonly number[]
  readonly at: (place: number) => number
}

/** From a histogram whose edges are numbers or ISO times; undefined without values. */
export function distributionOf(bins: readonly HistogramBin[]): Distribution | undefined {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  const first = bins[0]
  if (total === 0 || first === undefined) return undefined
  const edges = [position(first.from), ...bins.map(({ to }) => position(to))]
  let sum = 0
  const shares = [0, ...bins.map(({ count }) => (sum += count) / total)]
  return {
    edges,
    at: (place) => {
      const right = edges.findIndex((edge) => edge > place)
      if (right === 0) return 0
      if (right < 0) return 1
      const [left, to] = [edges[right - 1] ?? place, edges[right] ?? place]
      const [low, high] = [shares[right - 1] ?? 0, shares[right] ?? 1]
      return low + ((high - low) * (place - left)) / (to - left)
    },
  }
}

/** Edges of dates and times are compared as milliseconds. */
export function position(edge: string): number {
  const number = Number(edge)
  return edge !== '' && Number.isNaN(number)
    ? Date.parse(edge.includes(' ') ? `${edge.replace(' ', 'T')}Z` : edge)
    : number
}

/** Two-sample Kolmogorov-Smirnov statistic: the largest distance of the distribution functions, as near as the bins tell. */
export function kolmogorovSmirnov(a: Distribution, b: Distribution): number {
  return [...a.edges, ...b.edges].reduce((most, edge) => Math.max(most, Math.abs(a.at(edge) - b.at(edge))), 0)
}

const DECILES = 10
/** What an empty bin counts as, so that the logarithm exists. */
const LEAST_SHARE = 1e-4

/** Population stability index over ten bins of equal share in `before`. */
export function populationStability(before: Distribution, after: Distribution): number {
  const cuts = Array.from({ length: DECILES - 1 }, (_, i) => quantile(before, (i + 1) / DECILES))
  const distinct = cuts.filter((cut, i) => i === 0 || cut > (cuts[i - 1] ?? 0))
  const shares = ({ at }: Distribution): number[] => {
    const sums = [0, ...distinct.map((cut) => at(cut)), 1]
    return sums.slice(1).map((sum, i) => Math.max(sum - (sums[i] ?? 0), LEAST_SHARE))
  }
  const [p, q] = [shares(before), shares(after)]
  return p.reduce((sum, share, i) => sum + ((q[i] ?? 0) - share) * Math.log((q[i] ?? 0) / share), 0)
}

/** The place below which a share of the values lies. */
function quantile({ edges, at }: Distribution, share: number): number {
  let [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (at(middle) < share) low = middle
    else high = middle
  }
  return high
}

/** Share of each value. */
export type Mix = ReadonlyMap<string, number>

export function mixOf(values: readonly CountedValue[]): Mix {
  const total = values.reduce((sum, { count }) => sum + count, 0)
  return new Map(values.map(({ value, count }) => [value, count / total]))
}

const half = (p: number, middle: number): number => (p === 0 ? 0 : (p / 2) * Math.log2(p / middle))

/** Jensen-Shannon divergence with base 2: 0 for equal mixes, 1 for those with nothing in common. */
export function jensenShannon(a: Mix, b: Mix): number {
  return [...new Set([...a.keys(), ...b.keys()])].reduce((sum, name) => {
    const [p, q] = [a.get(name) ?? 0, b.get(name) ?? 0]
    return sum + half(p, (p + q) / 2) + half(q, (p + q) / 2)
  }, 0)
}
