import { setTimeout as sleep } from 'node:timers/promises'
import type { ChangeApplier } from '../connectors/api/change-applier.ts'
import type { ChangeRequest, ChangeSource } from '../connectors/api/changes.ts'
import type { Session } from '../connectors/api/session.ts'
import type { DatasetSummary } from '../contract/dataset.ts'
import { Failure, toFailure } from '../contract/failure.ts'
import type { StoredSyncTable } from '../store/sync-tables.ts'
import { batchAttempt } from './batch/run-batch.ts'
import { beginWithLog } from './begin-with-log.ts'
import { type ChosenTable, chooseTables } from './choose-tables.ts'
import { copyTables, type SyncSystems } from './copy-tables.ts'
import { FailedTable } from './failed-table.ts'
import { type FollowedTable, follow } from './follow.ts'
import type { SyncPorts, SyncRequest } from './ports.ts'
import { SyncProgress } from './progress.ts'
import { ReplayingFeed } from './replaying-feed.ts'

/** Who runs a sync that is not followed waits for its end. */
const MOST_BATCH_ATTEMPTS = 5
const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 5_000
/** How often a position is stored while nothing changes; sooner where somebody waits for it. */
const IDLE_MS = { usual: 2_000, soon: 200 }
const MOST_CHANGES = 100_000
const MOST_BYTES = 8 * 1024 * 1024

/**
 * Copies the tables of a sync and follows their changes until it is stopped, or until it has caught up when that is asked for. Failures
 * that may pass by themselves are waited out, without end: what happens meanwhile is kept by the source.
 * @throws Failure that does not pass by itself; what is in the target stays and is gone on from
 */
export async function runSync(ports: SyncPorts, request: SyncRequest): Promise<void> {
  const progress = new SyncProgress(request.name, ports.tell, ports.note)
  progress.on('start')
  const forgotten = await resyncRequested(ports, request, progress)
  const runner: Runner = { progress, isOwn: (dataset) => forgotten.has(dataset), claim: undefined }
  const done = new Set<string>()
  for (let failures = 0; ; ) {
    try {
      if (request.file.mode !== 'changes') await batchAttempt(ports, request, { progress, isOwn: runner.isOwn, done })
      else await attempt(ports, request, runner)
      progress.on('stop')
      return
    } catch (error) {
      if (request.signal.aborted) return progress.on('stop')
      if (error instanceof FailedTable) {
        leaveOut(ports, request.name, error)
        progress.on('lost', error.failure)
        progress.on('retry')
        continue
      }
      const failure = toFailure(error)
      if (!failure.spec.retryable || (request.file.mode !== 'changes' && failures + 1 >= MOST_BATCH_ATTEMPTS)) {
        progress.on(failure.code === 'sync.structure_changed' ? 'asked' : 'refused', failure)
        throw failure
      }
      failures = progress.state === 'streaming' ? 1 : failures + 1
      progress.on('lost', failure)
      await sleep(delayMs(failures), undefined, { signal: request.signal }).catch(() => undefined)
      if (request.signal.aborted) return progress.on('stop')
      progress.on('retry')
    }
  }
}

/** Notes that a table is not followed until it is copied again; the next attempt goes on without it. */
function leaveOut({ tables, note }: SyncPorts, sync: string, { dataset, failure }: FailedTable): void {
  note?.({ kind: 'left_out', dataset, failure: failure.toJSON() })
  const stored = tables.list(sync).find((one) => one.dataset === dataset)
  if (stored !== undefined) tables.put(sync, { ...stored, state: 'failed', failure: failure.toJSON() })
}

/** Doubles from failure to failure; jitter keeps many that failed together from coming back together. */
function delayMs(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 10)) * (1 - Math.random() / 2)
}

/** Forgets how far the tables had come that are to be copied again; gives their names. */
async function resyncRequested(
  ports: SyncPorts,
  { name, file, resync, signal }: SyncRequest,
  progress: SyncProgress,
): Promise<ReadonlySet<string>> {
  if (resync === undefined) return new Set()
  try {
    const known = ports.tables.list(name).filter(({ dataset }) => resync === 'all' || resync.includes(dataset))
    if (resync === 'all' && file.mode !== 'changes') ports.tables.forget(name)
    else if (resync === 'all') {
      await using source = await ports.openSession(file.source, signal)
      await requireChanges(ports, file.source, source).forget(name)
      ports.tables.forget(name)
    } else for (const dataset of resync) ports.tables.forget(name, dataset)
    return new Set(known.map(({ dataset }) => dataset))
  } catch (error) {
    const failure = toFailure(error)
    progress.on('refused', failure)
    throw failure
  }
}

/** What lasts from attempt to attempt. */
interface Runner {
  readonly progress: SyncProgress
  readonly isOwn: (dataset: string) => boolean
  /** Of the last applier: whoever was overtaken while the connection was lost must not take the target back. */
  claim: string | undefined
}

async function attempt(ports: SyncPorts, request: SyncRequest, runner: Runner): Promise<void> {
  const { progress, isOwn } = runner
  const { name, file, signal } = request
  await using stack = new AsyncDisposableStack()
  const source = stack.use(await ports.openSession(file.source, signal))
  const target = stack.use(await ports.openSession(file.target, signal))
  if (request.backfill !== undefined) throw new Failure('sync.backfill_unfit', { sync: name })
  const changes = requireChanges(ports, file.source, source)
  const listed = await source.list({ signal })
  const chosen = chooseTables(name, file, listed)
  const datasets = chosen.map(({ dataset }) => dataset)
  const applier = stack.use(await requireApplier(ports, { target, claim: runner.claim }, request))
  runner.claim = applier.claim
  // What an earlier sync of the same name left is not a place to go on from.
  const isBegun = ports.tables.list(name).some(({ state }) => state !== 'waiting')
  const known = isBegun ? await applier.position() : undefined
  const prepared = await changes.prepare({ reader: name, datasets, signal, ...(known === undefined ? {} : { known }) })
  const systems = { source, changes, target, applier }
  let from = await beginning(systems, { request, prepared, tables: ports.tables.list(name) })
  const stored = noteTables(ports, progress, { name, chosen, listed })
  const waiting = stored.filter(({ state }) => state !== 'copied' && state !== 'failed')
  progress.on(waiting.length > 0 ? 'prepared_to_copy' : 'prepared_to_follow')
  if (waiting.length > 0) {
    await using duck = await ports.openDuck([...(source.folders ?? []), ...(target.folders ?? [])])
    const copying = { ...systems, sync: name, file, tables: ports.tables, progress, duck, isOwn, signal }
    if (changes.fullLog === undefined) await copyTables(copying, waiting)
    else from = await beginWithLog(copying, changes.fullLog, { waiting, from })
    progress.on('copied')
  }
  await followTables(ports, request, { systems, from, progress })
}

function requireChanges(ports: SyncPorts, connection: string, { changes }: Session): ChangeSource {
  if (changes !== undefined) return changes
  throw new Failure('sync.not_capable', { connection, kind: ports.kindOf(connection), what: 'change capture' })
}

function requireApplier(
  ports: SyncPorts,
  { target, claim }: { readonly target: Session; readonly claim: string | undefined },
  { name, file, signal }: SyncRequest,
): Promise<ChangeApplier> {
  if (target.openApplier !== undefined) {
    return target.openApplier({ reader: name, signal, ...(claim === undefined ? {} : { claim }) })
  }
  const what = 'applying changes'
  throw new Failure('sync.not_capable', { connection: file.target, kind: ports.kindOf(file.target), what })
}

interface Beginning {
  readonly request: SyncRequest
  readonly prepared: { readonly position: string; readonly isNew: boolean }
  readonly tables: readonly StoredSyncTable[]
}

/** The position from which changes must be applied. @throws Failure `changes.gap` when the source began anew under copies that exist */
async function beginning(
  { applier, changes }: SyncSystems,
  { request: { name, file }, prepared, tables }: Beginning,
): Promise<string> {
  const stored = await applier.position()
  if (!prepared.isNew) return stored ?? prepared.position
  if (tables.some(({ state }) => state !== 'waiting')) {
    // The next start must find out as well.
    await changes.forget(name)
    throw new Failure('changes.gap', { source: file.source, stored: stored ?? '-', available: prepared.position })
  }
  // What an earlier sync of the same name left is not a place to go on from.
  await applier.commit(prepared.position)
  return prepared.position
}

interface Noted {
  readonly name: string
  readonly chosen: readonly ChosenTable[]
  readonly listed: readonly DatasetSummary[]
}

/**
 * The tables of the sync as they stand; new ones are noted, and those no longer meant are forgotten. One that failed stays left out.
 */
function noteTables({ tables }: SyncPorts, progress: SyncProgress, noted: Noted): StoredSyncTable[] {
  const { name, chosen, listed } = noted
  const estimates = new Map(listed.map(({ name: dataset, rowEstimate }) => [dataset, rowEstimate]))
  const known = new Map(tables.list(name).map((table) => [table.dataset, table]))
  for (const dataset of known.keys()) if (!chosen.some((one) => one.dataset === dataset)) tables.forget(name, dataset)
  return chosen.map(({ dataset, target }) => {
    const before = known.get(dataset)
    const table = before?.target === target ? before : ({ dataset, target, state: 'waiting', copiedRows: 0n } as const)
    if (table !== before) tables.put(name, table)
    const { state, copiedRows } = table
    const failure = 'failure' in table && table.failure !== undefined ? { failure: table.failure } : {}
    const estimatedRows = estimates.get(dataset)
    progress.table(dataset, {
      target,
      state,
      copiedRows: String(copiedRows),
      ...(estimatedRows === undefined ? {} : { estimatedRows }),
      ...failure,
    })
    return table
  })
}

interface Following {
  readonly systems: SyncSystems
  readonly from: string
  readonly progress: SyncProgress
}

async function followTables(
  ports: SyncPorts,
  { name, file, signal, untilCaughtUp = false, replay: isReplaying = false }: SyncRequest,
  { systems: { changes, applier }, from, progress }: Following,
): Promise<void> {
  const stored = ports.tables.list(name).filter(({ state }) => state === 'copied')
  const datasets = stored.map(({ dataset }) => dataset)
  const tables = new Map(stored.map((table) => [table.dataset, followed(table)]))
  const atOnce = stored.flatMap(({ dataset, copiedAt, isLoose }) =>
    isLoose === true && copiedAt !== undefined ? [[dataset, copiedAt] as const] : [],
  )
  const caughtUpAt = await changes.now()
  const asked: ChangeRequest = {
    reader: name,
    datasets,
    from,
    ...(atOnce.length === 0 ? {} : { notBefore: new Map(atOnce) }),
    known: new Map([...tables].map(([dataset, { columns }]) => [dataset, columns])),
    flushMs: file.flushMs,
    idleMs: untilCaughtUp ? IDLE_MS.soon : IDLE_MS.usual,
    mostChanges: MOST_CHANGES,
    mostBytes: MOST_BYTES,
    signal,
  }
  await using feed = await changes.open(asked)
  await follow({
    feed: isReplaying
      ? new ReplayingFeed(feed, { sync: name, source: changes, tables: ports.tables, request: asked })
      : feed,
    applier,
    from,
    tables,
    structure: file.structure,
    failedTable: file.failedTable,
    caughtUpAt,
    untilCaughtUp,
    ...(changes.isBefore === undefined ? {} : { isBefore: (a, b) => changes.isBefore?.(a, b) ?? false }),
    tellsAll: changes.fullLog !== undefined,
    onRefused: (refused) => ports.tables.keepRefused(name, refused),
    progress,
    isFilled: (dataset, columns) => changes.fills?.(dataset, columns, signal) ?? Promise.resolve(true),
    onRefill: (dataset) => {
      const table = stored.find((one) => one.dataset === dataset)
      if (table !== undefined) ports.tables.put(name, copyAgain(table))
    },
    onFit: (dataset, columns) => {
      const table = ports.tables.list(name).find((one) => one.dataset === dataset)
      if (table !== undefined) ports.tables.put(name, { ...table, columns })
    },
  })
}

/** To be copied at one moment, so that no change from before is applied to it. */
function copyAgain({ dataset, target, columns }: StoredSyncTable): StoredSyncTable {
  const waiting = { dataset, target, state: 'waiting', copiedRows: 0n, isLoose: true } as const
  return columns === undefined ? waiting : { ...waiting, columns }
}

function followed({ target, columns = [], copiedAt = '' }: StoredSyncTable): FollowedTable {
  return { target, columns, copiedAt }
}
