import type { RunLimits } from '../../contract/job-file.ts'
import type { ParameterValues } from '../../contract/pipeline-file.ts'
import type { KeptReject, RejectFilter, RejectGroup } from '../../contract/reject.ts'
import type { LogLine, Receipt, RunEvent, RunState, RunSummary } from '../../contract/run.ts'
import type { RejectExport, RejectExportEvent } from '../../run/export-rejects.ts'
import type { LogPage } from '../../store/run-events.ts'
import type { RunFilter } from '../../store/runs.ts'

export interface StartRequest {
  readonly pipeline: string
  readonly parameters?: ParameterValues
  readonly environment?: string
  readonly limits?: RunLimits
  readonly retry?: { readonly attempts: number; readonly delay: string; readonly maxDelay: string }
  /** DDL that replaces the plan's, by target node. */
  readonly ddl?: Readonly<Record<string, readonly string[]>>
}

/** The life of runs: records in the store, one worker process per run. The host gives it to the router. */
export interface RunService {
  /** Records the run and starts its process; does not wait for it. */
  start(request: StartRequest): Promise<{ runId: string }>
  /** Newest first. */
  list(filter: RunFilter): Promise<RunSummary[]>
  /** @throws Failure when there is no such run */
  get(runId: string): Promise<RunSummary>
  /** Stored events after `afterSequence`, then live ones; ends after the event that ends the run. */
  events(
    runId: string,
    from: { readonly afterSequence: number; readonly kinds?: readonly RunEvent['kind'][] },
    signal?: AbortSignal,
  ): AsyncIterable<RunEvent>
  log(runId: string, page: LogPage): Promise<{ total: number; lines: LogLine[] }>
  cancel(runId: string): Promise<{ state: RunState }>
  rejects(
    runId: string,
    page: { readonly filter?: RejectFilter; readonly limit: number; readonly offset: number },
  ): Promise<{ total: string; rejects: KeptReject[] }>
  rejectGroups(runId: string): Promise<RejectGroup[]>
  exportRejects(runId: string, request: RejectExport, signal?: AbortSignal): AsyncIterable<RejectExportEvent>
  receipt(runId: string): Promise<Receipt>
}
