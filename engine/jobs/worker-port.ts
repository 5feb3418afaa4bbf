import type { Failure } from '../contract/failure.ts'
import type { RowCounts } from '../contract/run.ts'
import type { NewRunEvent } from '../store/run-events.ts'

export type AttemptResult =
  | { readonly state: 'succeeded'; readonly counts: RowCounts }
  | { readonly state: 'failed'; readonly failure: Failure }

/** One attempt under way in a process of its own. */
export interface WorkerAttempt {
  /** Settles when the process ended; a process that died without a word is `run.worker_lost`. Never rejects. */
  readonly result: Promise<AttemptResult>
  /** Asks it to stop; it ends as `work.cancelled` unless it had finished. */
  cancel(): void
  /** Ends it at once. */
  kill(): void
}

export type StartAttempt = (attempt: number, onEvent: (event: NewRunEvent) => void) => WorkerAttempt
