import { mean, QUANTILES, quantile } from './counting.ts'

const BINS = 40

/** What a profile says of numbers that are finite; undefined when there are none. */
export function plainNumbers(values: readonly number[]): object | undefined {
  if (values.length === 0) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  const [low, median, high] = [0.25, 0.5, 0.75].map((at) => quantile(sorted, at)) as [number, number, number]
  const mad = quantile(
    values.map((value) => Math.abs(value - median)).toSorted((a, b) => a - b),
    0.5,
  )
  const deviation = deviationOf(values)
  const outside = (least: number, most: number): object => ({
    low: least,
    high: most,
    count: values.filter((value) => value < least || value > most).length,
  })
  return {
    quantiles: QUANTILES.map((at) => ({ at, value: quantile(sorted, at) })),
    median,
    mad,
    outliers: {
      iqr: outside(low - 1.5 * (high - low), high + 1.5 * (high - low)),
      ...(mad > 0 ? { mad: outside(median - 3.5 * 1.4826 * mad, median + 3.5 * 1.4826 * mad) } : {}),
      ...(deviation > 0 ? { zScore: outside(mean(values) - 3 * deviation, mean(values) + 3 * deviation) } : {}),
    },
  }
}

/** NaN for fewer than two. */
export function deviationOf(values: readonly number[]): number {
  const centre = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1))
}

/** Rows of each bin: equal ones between the ends, or between the 1st and 99th percentile where the ends are ten times further. */
export function plainBins(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)]
  const [p1, p99] = [quantile(sorted, 0.01), quantile(sorted, 0.99)]
  const isSqueezed = p99 > p1 && most - least > 10 * (p99 - p1)
  const [low, high] = isSqueezed ? [p1, p99] : [least, most]
  if (!(high > low)) return values.length === 0 ? [] : [values.length]
  const bins = Array.from({ length: BINS }, () => 0)
  for (const value of values) {
    const bin = Math.min(Math.max(Math.floor(((value - low) / (high - low)) * BINS), 0), BINS - 1)
    bins[bin] = (bins[bin] ?? 0) + 1
  }
  return bins
}
