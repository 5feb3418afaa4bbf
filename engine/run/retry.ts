import type { Failure } from '../contract/failure.ts'

export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number
  readonly delayMs: number
  readonly maxDelayMs: number
}

export type RetryDecision =
  | { readonly kind: 'stop'; readonly because: 'not_retryable' | 'attempts_used' }
  | { readonly kind: 'wait'; readonly waitMs: number }

/**
 * Whether a failed attempt is followed by another, and after how long.
 *
 * The delay doubles with each attempt up to the maximum; jitter takes away up to half of it, so that many runs which failed
 * together do not come back together.
 * @param attempt the attempt that failed, from 1
 * @param jitter 0 to 1, from a random source
 */
export function decideRetry(failure: Failure, attempt: number, policy: RetryPolicy, jitter: number): RetryDecision {
  if (!failure.spec.retryable) return { kind: 'stop', because: 'not_retryable' }
  if (attempt >= policy.attempts) return { kind: 'stop', because: 'attempts_used' }
  const fullMs = Math.min(policy.maxDelayMs, policy.delayMs * 2 ** (attempt - 1))
  return { kind: 'wait', waitMs: Math.round(fullMs * (1 - jitter / 2)) }
}
