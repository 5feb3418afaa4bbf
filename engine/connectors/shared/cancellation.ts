import { Failure } from '../../contract/failure.ts'

/** @throws Failure `work.cancelled` when the signal was aborted. */
export function assertNotCancelled(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted === true) throw new Failure('work.cancelled', { what })
}
