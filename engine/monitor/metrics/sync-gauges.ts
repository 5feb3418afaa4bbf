import type { Registry } from 'prom-client'
import { SYNC_STATES, type SyncStatus } from '../../contract/sync.ts'
import { gauge } from './gauge.ts'

/** How the syncs of an engine stand now, by name. */
export type SyncFigures = () => Iterable<readonly [sync: string, status: SyncStatus]>

/** Figures of syncs; what a sync does not tell now is not shown rather than shown as it was. */
export function syncGauges(registry: Registry, figures: SyncFigures): () => void {
  const labels = ['sync'] as const
  const state = gauge(registry, 'runnel_sync_state', 'States of syncs: 1 for the one it is in', [...labels, 'state'])
  const lagBytes = gauge(registry, 'runnel_sync_lag_bytes', 'Log of the source that is not applied yet', labels)
  const lag = gauge(registry, 'runnel_sync_lag_seconds', 'From commit to commit, of the last batch', labels)
  const rate = gauge(registry, 'runnel_sync_changes_per_second', 'Changes applied, over the last seconds', labels)
  const tables = gauge(registry, 'runnel_sync_tables', 'Tables by state', [...labels, 'state'])
  const headroom = gauge(
    registry,
    'runnel_sync_reader_headroom_bytes',
    'Log that the source may still write before it gives the reader up',
    labels,
  )
  const failure = gauge(registry, 'runnel_sync_last_error', '1 with the code of what fails now', [...labels, 'code'])
  const all = [state, lagBytes, lag, rate, tables, headroom, failure]
  return () => {
    for (const one of all) one.reset()
    for (const [sync, status] of figures()) {
      for (const known of SYNC_STATES) state.set({ sync, state: known }, known === status.state ? 1 : 0)
      lagBytes.set({ sync }, status.reader?.lagBytes ?? status.lagBytes)
      rate.set({ sync }, status.changesPerSecond)
      if (status.latencyMs !== undefined) lag.set({ sync }, status.latencyMs / 1_000)
      if (status.reader?.headroomBytes !== undefined) headroom.set({ sync }, status.reader.headroomBytes)
      if (status.failure !== undefined) failure.set({ sync, code: status.failure.code }, 1)
      for (const [known, found] of Map.groupBy(status.tables, (table) => table.state)) {
        tables.set({ sync, state: known }, found.length)
      }
    }
  }
}
