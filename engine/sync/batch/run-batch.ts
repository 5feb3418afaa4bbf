import type { Session } from '../../connectors/api/session.ts'
import { Failure, toFailure } from '../../contract/failure.ts'
import type { Duck } from '../../duck/duck.ts'
import type { SyncPorts, SyncRequest } from '../ports.ts'
import type { SyncProgress } from '../progress.ts'
import { type Carrying, carryForeignKeys, carryStructure } from './carry-structure.ts'
import { copyOne } from './copy-one.ts'
import { inLevels } from './in-levels.ts'
import { noteTable, type TableNote } from './note-table.ts'
import { type PlannedTable, planTables } from './plan-tables.ts'
import { runAtOnce } from './run-at-once.ts'
import { queryOf, settingsOf } from './table-settings.ts'
import { openThrottle, type Throttle } from './throttle.ts'

export interface BatchAttempt {
  readonly progress: SyncProgress
  /** Tables whose rows in the target are the sync's own although they are to be copied anew. */
  readonly isOwn: (dataset: string) => boolean
  /** Tables that this run has brought up to date, also in earlier attempts. */
  readonly done: Set<string>
}

interface NotedPlan extends PlannedTable {
  readonly note: TableNote
  /** Whether other tables of the sync refer to it. */
  readonly isNeeded: boolean
}

interface Batch {
  readonly request: SyncRequest
  readonly attempt: BatchAttempt
  readonly source: Session
  readonly target: Session
  readonly duck: Duck
  /** Whether both systems are of one kind and have the same types. */
  readonly sharesTypes: boolean
  readonly throttle: Throttle
  readonly carrying: Carrying
  /** What waits until all tables have their new rows. */
  readonly last: (() => Promise<void>)[]
  readonly failures: Failure[]
}

/**
 * Brings every table of a sync that is not followed by its changes up to date once. What others refer to gets its rows first and loses
 * them last. A table that fails does not keep the others from being done.
 * @throws Failure of the first table that failed
 */
export async function batchAttempt(ports: SyncPorts, request: SyncRequest, attempt: BatchAttempt): Promise<void> {
  const { file, signal } = request
  await using stack = new AsyncDisposableStack()
  const source = stack.use(await ports.openSession(file.source, signal))
  const target = stack.use(await ports.openSession(file.target, signal))
  if (target.write === undefined) {
    const kind = ports.kindOf(file.target)
    throw new Failure('sync.not_capable', { connection: file.target, kind, what: 'take rows' })
  }
  const planned = await planTables(ports, request, source)
  const tables = notedTables(ports, request, attempt, planned)
  attempt.progress.on('prepared_to_copy')
  const duck = stack.use(await ports.openDuck([...(source.folders ?? []), ...(target.folders ?? [])]))
  const targets = new Map(planned.map((table) => [table.dataset, table.target]))
  const carrying = { source, target, carry: file.carry, targets, signal }
  const sharesTypes = ports.kindOf(file.source) === ports.kindOf(file.target)
  const throttle = openThrottle(file.throttle, file.timeZone, signal)
  const batch: Batch = {
    request,
    attempt,
    source,
    target,
    duck,
    sharesTypes,
    throttle,
    carrying,
    last: [],
    failures: [],
  }
  const atOnce = target.takesLoadsAtOnce === true ? file.parallel.tables : 1
  for (const level of inLevels(tables)) {
    await runAtOnce(level, atOnce, (table) => workOff(batch, table))
    if (signal.aborted) return
  }
  for (const work of batch.last.toReversed()) await work()
  await finish(batch, tables)
}

function notedTables(
  ports: SyncPorts,
  { name, file, backfill }: SyncRequest,
  { progress, done }: BatchAttempt,
  planned: readonly PlannedTable[],
): NotedPlan[] {
  const needed = new Set(planned.flatMap(({ dataset, needs }) => needs.filter((need) => need !== dataset)))
  const meant = planned.filter(
    ({ dataset }) => backfill === undefined || settingsOf(file, dataset).mode === 'incremental',
  )
  if (meant.length === 0) throw new Failure('sync.backfill_unfit', { sync: name })
  return meant
    .map((table) => ({
      ...table,
      note: noteTable(ports, name, progress, table),
      isNeeded: needed.has(table.dataset),
    }))
    .filter(({ note, dataset }) => {
      note.begin()
      return !done.has(dataset)
    })
}

async function workOff(batch: Batch, table: NotedPlan): Promise<void> {
  const { request, attempt, source, target, duck, sharesTypes, throttle, carrying, last } = batch
  const { note, dataset, stored } = table
  const own = await duck.connect()
  const waiting: (() => Promise<void>)[] = []
  try {
    const isAnew = attempt.isOwn(dataset)
    const isOwn = isAnew || stored?.state === 'copied' || stored?.state === 'copying'
    const later = table.isNeeded ? (work: () => Promise<void>) => void waiting.push(work) : undefined
    await copyOne(request, { source, target, sharesTypes, throttle, duck: own, table, note, isOwn, isAnew, later })
    // What a query gives has no keys and indexes.
    if (queryOf(request.file, dataset) === undefined) note.notCarried(await carryStructure(carrying, table))
  } catch (error) {
    await own[Symbol.asyncDispose]()
    return noteFailure(batch, table, error)
  }
  last.push(async () => {
    try {
      for (const work of waiting) await work()
      attempt.done.add(dataset)
      note.end()
    } catch (error) {
      noteFailure(batch, table, error)
    } finally {
      await own[Symbol.asyncDispose]()
    }
  })
  if (waiting.length === 0) await last.pop()?.()
}

function noteFailure({ request, failures }: Batch, { note }: NotedPlan, error: unknown): void {
  const failure = toFailure(error)
  if (!request.signal.aborted) note.fail(failure)
  failures.push(failure)
}

/** A table that is emptied each time cannot be referred to, nor refer to rows that come later. */
async function finish({ request, attempt, carrying, failures }: Batch, tables: readonly NotedPlan[]): Promise<void> {
  for (const table of tables) {
    if (!attempt.done.has(table.dataset)) continue
    const isEmptied = (dataset: string): boolean => settingsOf(request.file, dataset).mode === 'full'
    const isStanding = !isEmptied(table.dataset) && !table.needs.some(isEmptied)
    if (isStanding) table.note.notCarried(await carryForeignKeys(carrying, table))
  }
  const [first] = failures
  if (first !== undefined) throw first
}
