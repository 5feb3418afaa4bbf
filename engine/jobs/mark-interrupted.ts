import type { Store } from '../store/open-store.ts'
import { runSubject } from './supervise-run.ts'

/** Runs that say `running` though nobody holds their lease were killed with their supervisor: says so. Gives their ids. */
export function markInterrupted(store: Store): string[] {
  const lost = store.runs
    .list({ state: 'running', limit: 1_000 })
    .filter(({ runId }) => !store.leases.isHeld(runSubject(runId)))
  for (const { runId } of lost) {
    store.runs.end(runId, { state: 'interrupted' })
    store.runEvents.add(runId, { kind: 'state', state: 'interrupted' })
  }
  return lost.map(({ runId }) => runId)
}
