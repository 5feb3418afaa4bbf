import { connectorOfKind } from '../../connectors/all.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { DatasetSchema } from '../../contract/dataset.ts'
import { Failure, toFailure } from '../../contract/failure.ts'
import type { Duck } from '../../duck/duck.ts'
import type { StoredSyncTable } from '../../store/sync-tables.ts'
import { type ChosenTable, chooseTables } from '../choose-tables.ts'
import type { SyncPorts, SyncRequest } from '../ports.ts'
import type { SyncProgress } from '../progress.ts'
import { copyOne } from './copy-one.ts'
import { inLevels } from './in-levels.ts'
import { noteTable } from './note-table.ts'
import { runAtOnce } from './run-at-once.ts'
import { settingsOf } from './table-settings.ts'

export interface BatchAttempt {
  readonly progress: SyncProgress
  /** Tables whose rows in the target are the sync's own although they are to be copied anew. */
  readonly isOwn: (dataset: string) => boolean
  /** Tables that this run has brought up to date, also in earlier attempts. */
  readonly done: Set<string>
}

interface PlannedTable extends ChosenTable {
  readonly name: string
  readonly needs: readonly string[]
  readonly schema: DatasetSchema
  readonly stored: StoredSyncTable | undefined
  readonly estimatedRows: string | undefined
}

/**
 * Brings every table of a sync that is not followed by its changes up to date once. What others refer to goes first. A table that fails
 * does not keep the others from being done.
 * @throws Failure of the first table that failed
 */
export async function batchAttempt(ports: SyncPorts, request: SyncRequest, attempt: BatchAttempt): Promise<void> {
  const { file, signal } = request
  await using stack = new AsyncDisposableStack()
  const source = stack.use(await ports.openSession(file.source, signal))
  const target = stack.use(await ports.openSession(file.target, signal))
  if (target.write === undefined) {
    throw new Failure('sync.not_capable', {
      connection: file.target,
      kind: ports.kindOf(file.target),
      what: 'take rows',
    })
  }
  const planned = await planTables(ports, request, source)
  const tables = request.backfill === undefined ? planned : planned.filter((table) => hasCursor(request, table))
  if (tables.length === 0) throw new Failure('sync.backfill_unfit', { sync: request.name })
  for (const table of tables) noteTable(ports, request.name, attempt.progress, table).begin()
  attempt.progress.on('prepared_to_copy')
  const duck = stack.use(await ports.openDuck([...(source.folders ?? []), ...(target.folders ?? [])]))
  const failures: Failure[] = []
  const atOnce = target.takesLoadsAtOnce === true ? file.parallel.tables : 1
  for (const level of inLevels(tables.filter(({ dataset }) => !attempt.done.has(dataset)))) {
    await runAtOnce(level, atOnce, async (table) => {
      const failure = await workOff(ports, request, { attempt, source, target, duck, table })
      if (failure !== undefined) failures.push(failure)
    })
    if (signal.aborted) return
  }
  const [first] = failures
  if (first !== undefined) throw first
}

function hasCursor({ file }: SyncRequest, { dataset }: PlannedTable): boolean {
  return settingsOf(file, dataset).mode === 'incremental'
}

/** Tables as the source describes them, in name order; those no longer meant are forgotten. */
async function planTables(
  { tables, kindOf }: SyncPorts,
  { name, file, signal }: SyncRequest,
  source: Session,
): Promise<PlannedTable[]> {
  const listed = await source.list({ signal })
  const connector = await connectorOfKind(kindOf(file.target))
  const chosen = chooseTables(name, file, listed, { withFiles: true, toFiles: connector?.form.group === 'file' })
  const known = new Map(tables.list(name).map((table) => [table.dataset, table]))
  for (const dataset of known.keys()) if (!chosen.some((one) => one.dataset === dataset)) tables.forget(name, dataset)
  const planned: PlannedTable[] = []
  for (const { dataset, target } of chosen) {
    const schema = await source.describe(dataset, {}, signal)
    const before = known.get(dataset)
    if (before !== undefined && before.target !== target) tables.forget(name, dataset)
    planned.push({
      dataset,
      target,
      name: dataset,
      needs: schema.keys.flatMap(({ references }) => (references === undefined ? [] : [references.dataset])),
      schema,
      stored: before?.target === target ? before : undefined,
      estimatedRows: listed.find((one) => one.name === dataset)?.rowEstimate,
    })
  }
  return planned
}

interface Work {
  readonly attempt: BatchAttempt
  readonly source: Session
  readonly target: Session
  readonly duck: Duck
  readonly table: PlannedTable
}

async function workOff(
  ports: SyncPorts,
  request: SyncRequest,
  { attempt, source, target, duck, table }: Work,
): Promise<Failure | undefined> {
  const note = noteTable(ports, request.name, attempt.progress, table)
  try {
    await using own = await duck.connect()
    const isAnew = attempt.isOwn(table.dataset)
    const isOwn = isAnew || table.stored?.state === 'copied' || table.stored?.state === 'copying'
    await copyOne(request, { source, target, duck: own, table, note, isOwn, isAnew })
    note.end()
    attempt.done.add(table.dataset)
    return undefined
  } catch (error) {
    const failure = toFailure(error)
    if (!request.signal.aborted) note.fail(failure)
    return failure
  }
}
