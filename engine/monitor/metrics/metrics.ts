import { collectDefaultMetrics, Registry } from 'prom-client'
import { RUN_STATES } from '../../contract/run.ts'
import type { Store } from '../../store/open-store.ts'
import { gauge } from './gauge.ts'
import { type SyncFigures, syncGauges } from './sync-gauges.ts'

export interface Metrics {
  readonly contentType: string
  /** The text of one scrape. */
  scrape(): Promise<string>
}

/** What an operator watches, taken from the store at each scrape: it survives restarts, unlike counters in memory. */
export function openMetrics(store: Pick<Store, 'statistics'>, syncs: SyncFigures): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'runnel_' })
  const runs = gauge(registry, 'runnel_runs', 'Runs by state', ['state'])
  const rows = gauge(registry, 'runnel_rows_total', 'Rows of all succeeded runs by what became of them', ['outcome'])
  const seconds = gauge(registry, 'runnel_last_run_seconds', 'Duration of the last succeeded run of a pipeline', [
    'pipeline',
  ])
  const waiting = gauge(registry, 'runnel_job_runs_waiting', 'Job runs that wait to start', [])
  const oldest = gauge(registry, 'runnel_job_queue_age_seconds', 'Age of the job run that waits longest', [])
  const showSyncs = syncGauges(registry, syncs)
  return {
    contentType: registry.contentType,
    scrape: async () => {
      const now = store.statistics.collect()
      for (const state of RUN_STATES) runs.set({ state }, now.runs[state] ?? 0)
      for (const [outcome, count] of Object.entries(now.rows)) rows.set({ outcome }, count)
      for (const { pipeline, lastSeconds } of now.pipelines) seconds.set({ pipeline }, lastSeconds)
      waiting.set(now.waiting)
      oldest.set(now.oldestWaitingSeconds)
      showSyncs()
      return registry.metrics()
    },
  }
}
