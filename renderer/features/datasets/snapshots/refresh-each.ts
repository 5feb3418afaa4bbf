import { failureOf } from '../../../../engine/contract/api/failure-of.ts'
import type { Failure } from '../../../../engine/contract/failure.ts'

/** Where one of several snapshots stands that are taken again. */
export type Refreshed =
  | { readonly state: 'waiting' | 'running' | 'done' | 'stopped' }
  | { readonly state: 'failed'; readonly failure: Failure }

interface Refreshing {
  readonly datasets: readonly string[]
  readonly refresh: (dataset: string, signal: AbortSignal) => Promise<unknown>
  readonly onState: (dataset: string, refreshed: Refreshed) => void
  readonly signal: AbortSignal
}

/** Takes snapshots again one after the other; one that fails keeps the next ones from nothing. Never throws. */
export async function refreshEach({ datasets, refresh, onState, signal }: Refreshing): Promise<void> {
  for (const dataset of datasets) onState(dataset, { state: 'waiting' })
  for (const dataset of datasets) {
    if (signal.aborted) {
      onState(dataset, { state: 'stopped' })
      continue
    }
    onState(dataset, { state: 'running' })
    try {
      await refresh(dataset, signal)
      onState(dataset, { state: 'done' })
    } catch (error) {
      onState(dataset, signal.aborted ? { state: 'stopped' } : { state: 'failed', failure: failureOf(error) })
    }
  }
}
