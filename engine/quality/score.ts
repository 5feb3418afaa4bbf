import type { CheckResult, RuleResult } from '../contract/check-result.ts'
import type { Dimension } from '../contract/rule.ts'

/**
 * From 0 to 100: per dimension the mean of the shares of rows that keep its rules, and the mean of those. A rule that could not
 * be checked counts as kept by none; without rules all is well.
 */
export function scored(results: readonly RuleResult[]): Pick<CheckResult, 'score' | 'dimensions'> {
  const shares = new Map<Dimension, number[]>()
  for (const { dimension, status, share } of results) {
    shares.set(dimension, [...(shares.get(dimension) ?? []), status === 'failed' ? 0 : 1 - share])
  }
  const dimensions = Object.fromEntries([...shares].map(([dimension, all]) => [dimension, rounded(100 * mean(all))]))
  return { dimensions, score: rounded(shares.size === 0 ? 100 : mean(Object.values(dimensions))) }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Down, so that only what keeps all rules has 100. */
function rounded(score: number): number {
  return Math.floor(score * 100) / 100
}
