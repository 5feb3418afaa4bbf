/** Distinct texts with the times they stand, commonest first, then in the order of their UTF-8 bytes. */
export function counted(
  values: Iterable<string>,
  inOrder: (a: string, b: string) => number = byBytes,
): [string, number][] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([a, n], [b, m]) => m - n || inOrder(a, b))
}

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

/** Linear between the two nearest of sorted numbers, as in R's type 7. */
export function quantile(sorted: readonly number[], at: number): number {
  const place = at * (sorted.length - 1)
  const low = Math.floor(place)
  const [a = Number.NaN, b = a] = [sorted[low], sorted[low + 1]]
  return a + (b - a) * (place - low)
}

export const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const
