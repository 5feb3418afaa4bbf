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
      const number = attempt
      if (!heart.write(() => store.runs.begin(runId, number))) return undefined
      const result = await heart.attempt(attempt)
      const waitMs = waitBeforeNext(result, attempt - first + 1, supervision)
      if (waitMs === undefined || heart.isCancelled()) return finish(supervision, heart, result)
      const message = `attempt ${attempt} failed, next in ${waitMs} ms`
      heart.write(() => void store.runEvents.add(runId, { kind: 'log', message, ...failureOf(result) }))
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

function finish({ store, runId }: Supervision, heart: Heartbeat, result: AttemptResult): RunState | undefined {
  const isWritten = heart.write(() => {
    if (result.state === 'succeeded') store.runs.end(runId, { state: result.state, counts: result.counts })
    else store.runs.end(runId, { state: endStateOf(result), failure: result.failure.toJSON() })
    store.runEvents.add(runId, { kind: 'state', state: endStateOf(result), ...failureOf(result) })
  })
  return isWritten ? endStateOf(result) : undefined
}

function endStateOf(result: AttemptResult): RunState {
  if (result.state === 'succeeded') return 'succeeded'
  return isFailure(result.failure, 'work.cancelled') ? 'cancelled' : 'failed'
}

function failureOf(result: AttemptResult): Pick<NewRunEvent, 'failure'> {
  return result.state === 'failed' ? { failure: result.failure.toJSON() } : {}
}

interface Heartbeat {
  attempt(number: number): Promise<AttemptResult>
  /** Writes under the lease; false, with nothing written, when another has taken over. */
  write(work: () => void): boolean
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
  const write = (work: () => void): boolean => {
    holds &&= store.leases.whileHeld(lease, LEASE_MS, work)
    if (!holds) worker?.kill()
    return holds
  }
  const cancel = (): void => {
    cancelled.abort()
    worker?.cancel()
  }
  signal?.addEventListener('abort', cancel, { once: true })
  const timer = setInterval(() => {
    if (!write(() => undefined)) return
    if (!cancelled.signal.aborted && store.runs.get(runId)?.cancelRequested === true) cancel()
  }, HEARTBEAT_MS)
  return {
    attempt: async (number) => {
      if (cancelled.signal.aborted || signal?.aborted === true) {
        return { state: 'failed', failure: new Failure('work.cancelled', { what: runId }) }
      }
      worker = startAttempt(number, (event) => {
        // A worker's own words about its state are about an attempt, not about the run.
        if (event.kind !== 'state') write(() => void store.runEvents.add(runId, event))
      })
      return await worker.result
    },
    write,
    isCancelled: () => cancelled.signal.aborted,
    cancelled: cancelled.signal,
    stop: () => {
      clearInterval(timer)
      signal?.removeEventListener('abort', cancel)
    },
  }
}
