import { setTimeout as sleep } from 'node:timers/promises'
import { Failure, isFailure } from '../contract/failure.ts'
import type { RunState } from '../contract/run.ts'
import { decideRetry, type RetryPolicy } from '../run/retry.ts'
import type { Lease } from '../store/leases.ts'
import type { Store } from '../store/open-store.ts'
import type { NewRunEvent } from '../store/run-events.ts'
import type { AttemptResult, StartAttempt, WorkerAttempt } from './worker-port.ts'

export const LEASE_MS = 6_000
const HEARTBEAT_MS = 1_000

export interface Supervision {
  readonly store: Store
  readonly runId: string
  /** On `run:<id>`; without it another supervisor may be at work. */
  readonly lease: Lease
  readonly retry: RetryPolicy
  readonly startAttempt: StartAttempt
  readonly signal?: AbortSignal
}

/** The subject of the lease that protects a run. */
export function runSubject(runId: string): string {
  return `run:${runId}`
}

/**
 * Sees one run to its end: attempts, retries with back-off, events, cancellation, and a lease renewed while it lasts.
 *
 * When the lease is lost (this process slept too long), the worker is ended and nothing more is written: somebody else has
 * taken over. Gives the state in which the run ended, or undefined after a lost lease.
 */
export async function superviseRun(supervision: Supervision): Promise<RunState | undefined> {
  const { store, runId, lease } = supervision
  const heart = startHeartbeat(supervision)
  try {
    let attempt = (store.runs.get(runId)?.attempt ?? 0) + 1
    for (const first = attempt; ; attempt++) {
      if (!heart.holds()) return undefined
      store.runs.begin(runId, attempt)
      const result = await heart.attempt(attempt)
      if (!heart.holds()) return undefined
      const waitMs = waitBeforeNext(result, attempt - first + 1, supervision)
      if (waitMs === undefined || heart.isCancelled()) return finish(supervision, result)
      note(supervision, {
        kind: 'log',
        message: `attempt ${attempt} failed, next in ${waitMs} ms`,
        ...failureOf(result),
      })
      await sleep(waitMs, undefined, { signal: heart.cancelled }).catch(() => undefined)
    }
  } finally {
    heart.stop()
    store.leases.release(lease)
  }
}

function waitBeforeNext(result: AttemptResult, attempt: number, { retry }: Supervision): number | undefined {
  if (result.state === 'succeeded') return undefined
  const decision = decideRetry(result.failure, attempt, retry, Math.random())
  return decision.kind === 'wait' ? decision.waitMs : undefined
}

function finish(supervision: Supervision, result: AttemptResult): RunState {
  const { store, runId } = supervision
  if (result.state === 'succeeded') {
    store.runs.end(runId, { state: 'succeeded', counts: result.counts })
    note(supervision, { kind: 'state', state: 'succeeded' })
    return 'succeeded'
  }
  const state = isFailure(result.failure, 'work.cancelled') ? 'cancelled' : 'failed'
  store.runs.end(runId, { state, failure: result.failure.toJSON() })
  note(supervision, { kind: 'state', state, ...failureOf(result) })
  return state
}

function failureOf(result: AttemptResult): Pick<NewRunEvent, 'failure'> {
  return result.state === 'failed' ? { failure: result.failure.toJSON() } : {}
}

function note({ store, runId }: Supervision, event: NewRunEvent): void {
  store.runEvents.add(runId, event)
}

interface Heartbeat {
  attempt(number: number): Promise<AttemptResult>
  holds(): boolean
  isCancelled(): boolean
  readonly cancelled: AbortSignal
  stop(): void
}

/** Renews the lease and listens for cancellation, from this process or from another through the store. */
function startHeartbeat(supervision: Supervision): Heartbeat {
  const { store, runId, lease, startAttempt, signal } = supervision
  const cancelled = new AbortController()
  let worker: WorkerAttempt | undefined
  let holds = true
  const cancel = (): void => {
    cancelled.abort()
    worker?.cancel()
  }
  signal?.addEventListener('abort', cancel, { once: true })
  const timer = setInterval(() => {
    holds &&= store.leases.renew(lease, LEASE_MS)
    if (!holds) worker?.kill()
    else if (!cancelled.signal.aborted && store.runs.get(runId)?.cancelRequested === true) cancel()
  }, HEARTBEAT_MS)
  return {
    attempt: async (number) => {
      if (cancelled.signal.aborted || signal?.aborted === true) {
        return { state: 'failed', failure: new Failure('work.cancelled', { what: runId }) }
      }
      worker = startAttempt(number, (event) => {
        // A worker's own words about its state are about an attempt, not about the run.
        if (holds && event.kind !== 'state') note(supervision, event)
      })
      return await worker.result
    },
    holds: () => holds,
    isCancelled: () => cancelled.signal.aborted,
    cancelled: cancelled.signal,
    stop: () => {
      clearInterval(timer)
      signal?.removeEventListener('abort', cancel)
    },
  }
}
