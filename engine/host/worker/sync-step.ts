import { Failure } from '../../contract/failure.ts'
import { durationMs } from '../../contract/job-file.ts'
import type { Receipt, RunEvent } from '../../contract/run.ts'
import type { SyncStatus, SyncTable } from '../../contract/sync.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { writeReceipt } from '../../run/receipt-file.ts'
import { openStore } from '../../store/open-store.ts'
import type { SyncPorts } from '../../sync/ports.ts'
import { runSync } from '../../sync/run-sync.ts'
import { environmentOf, unknownName } from '../../workspace/resolve-connection.ts'
import { connectionSource } from '../router/connection-source.ts'
import type { HostContext } from '../router/context.ts'
import { openSession } from '../router/open-connection.ts'
import { openWorkspace } from '../router/open-workspace.ts'
import type { WorkerRequest } from './protocol.ts'
import { type Started, stepReceipt } from './step-receipt.ts'

const MEMORY_MB = 1_024

export interface SyncWork {
  readonly request: WorkerRequest
  readonly sync: NonNullable<WorkerRequest['sync']>
}

type Emit = (event: Omit<RunEvent, 'runId' | 'sequence' | 'at'>) => void

/**
 * Brings the tables of a sync up to date as a step of a job; one that follows changes ends when it has caught up. How far each table is
 * told as it goes on; what the target did not get is a warning.
 * @throws Failure of the sync; `run.timeout`, `work.cancelled`
 */
export async function syncStep(
  context: HostContext,
  { request, sync }: SyncWork,
  emit: Emit,
  cancelled: AbortSignal,
): Promise<Receipt> {
  const started = { at: new Date(), cpu: process.cpuUsage() }
  const { timeout, memoryMb = MEMORY_MB, threads } = request.limits
  const limitMs = timeout === undefined ? undefined : durationMs(timeout)
  const late = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs)
  const signal = late === undefined ? cancelled : AbortSignal.any([cancelled, late])
  emit({ kind: 'state', state: 'running' })
  const workspace = await openWorkspace(context)
  const file = workspace.syncs.get(sync.name) ?? unknownName('sync', sync.name, workspace.syncs)
  const source = await connectionSource(context, environmentOf(workspace, request.environment ?? file.environment))
  const told = tellSteps(emit)
  using store = openStore(sync.statePath)
  const ports: SyncPorts = {
    openSession: (connection, ended) => openSession(source, connection, ended),
    kindOf: (connection) => workspace.connections.get(connection)?.kind ?? '',
    openDuck: (folders) =>
      openDuck({
        memoryLimitMb: memoryMb,
        allowedDirectories: folders,
        ...(threads === undefined ? {} : { threads }),
      }),
    tables: store.syncTables,
    tell: told.tell,
  }
  await runSync(ports, { name: sync.name, file, untilCaughtUp: true, signal })
  if (late?.aborted === true && limitMs !== undefined) throw new Failure('run.timeout', { limitMs })
  if (cancelled.aborted) throw new Failure('work.cancelled', { what: request.pipeline })
  const receipt = receiptOf(request, started, told)
  await writeReceipt(request.runDirectory, 'final', receipt)
  emit({ kind: 'state', state: 'succeeded' })
  return receipt
}

interface Told {
  readonly tell: (status: SyncStatus) => void
  /** Rows by table that this run wrote. */
  readonly rows: ReadonlyMap<string, bigint>
  readonly warnings: readonly string[]
}

/** Makes events of a run from what a sync tells. */
function tellSteps(emit: Emit): Told {
  const first = new Map<string, SyncTable>()
  const last = new Map<string, SyncTable>()
  const rows = new Map<string, bigint>()
  const warnings = new Set<string>()
  const take = (table: SyncTable): void => {
    const { dataset } = table
    const begun = first.get(dataset) ?? table
    // Copied rows count on from an earlier run, or from nothing when a copy begins anew.
    const isAnew = BigInt(table.copiedRows) < BigInt(begun.copiedRows)
    first.set(dataset, isAnew ? { ...begun, copiedRows: '0' } : begun)
    const copied = BigInt(table.copiedRows) - (isAnew ? 0n : BigInt(begun.copiedRows))
    rows.set(dataset, copied + BigInt(table.written))
    last.set(dataset, table)
    emit({ kind: 'progress', step: dataset, rows: String(rows.get(dataset)) })
    for (const message of warningsOf(table)) {
      if (warnings.has(message)) continue
      warnings.add(message)
      emit({ kind: 'warning', step: dataset, message })
    }
  }
  return {
    rows,
    get warnings() {
      return [...warnings]
    },
    tell: ({ tables }) => {
      for (const table of tables) if (last.get(table.dataset) !== table) take(table)
    },
  }
}

function warningsOf({ dataset, nullCursors = '0', notCarried = [] }: SyncTable): string[] {
  const withoutCursor = nullCursors === '0' ? [] : [`${dataset}: ${nullCursors} rows have no cursor`]
  return [...withoutCursor, ...notCarried.map((what) => `${dataset}: ${what}`)]
}

function receiptOf(request: WorkerRequest, started: Started, { rows, warnings }: Told): Receipt {
  const written = String([...rows.values()].reduce((sum, one) => sum + one, 0n))
  const counts = { read: written, generated: '0', written, rejected: '0', filtered: '0' }
  const nodes = [...rows].map(([node, one]) => ({
    node,
    rowsIn: String(one),
    rowsOut: String(one),
    rejected: '0',
  }))
  return stepReceipt(request, started, { work: 'sync', counts, nodes, warnings: [...warnings] })
}
