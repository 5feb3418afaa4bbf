import type { Receipt } from '../../contract/run.ts'
import type { WorkerRequest } from './protocol.ts'

/** When an attempt began, and what its process had used by then. */
export interface Started {
  readonly at: Date
  readonly cpu: NodeJS.CpuUsage
}

/** The receipt of a step that is no pipeline, from what it did and what its process used. */
export function stepReceipt(
  { runId, pipeline, attempt }: WorkerRequest,
  { at, cpu }: Started,
  { work, ...did }: Pick<Receipt, 'counts' | 'nodes' | 'warnings'> & { readonly work: string },
): Receipt {
  const { user, system } = process.cpuUsage(cpu)
  const finished = new Date()
  return {
    ...did,
    runId,
    pipeline,
    state: 'succeeded',
    startedAt: at.toISOString(),
    finishedAt: finished.toISOString(),
    attempts: attempt,
    targets: [],
    bytesRead: '0',
    durationsMs: { [work]: finished.getTime() - at.getTime() },
    cpuSeconds: (user + system) / 1e6,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}
