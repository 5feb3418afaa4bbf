import { randomBytes } from 'node:crypto'
import type { ChangeApplier, NetTable } from '../connectors/api/change-applier.ts'
import type { ChangedTable, ChangeSource } from '../connectors/api/changes.ts'
import type { Session } from '../connectors/api/session.ts'
import type { Column } from '../contract/column.ts'
import { Failure } from '../contract/failure.ts'
import type { SyncFile } from '../contract/sync-file.ts'
import type { Duck } from '../duck/duck.ts'
import type { StoredSyncTable, SyncTableStore } from '../store/sync-tables.ts'
import { copyTable } from './copy-table.ts'
import { ofTable } from './failed-table.ts'
import { hasRows } from './has-rows.ts'
import type { SyncProgress } from './progress.ts'
import { structureChanges } from './structure.ts'

/** Both systems of a sync, open. */
export interface SyncSystems {
  readonly source: Session
  readonly changes: ChangeSource
  readonly target: Session
  readonly applier: ChangeApplier
}

export interface CopyTablesRequest extends SyncSystems {
  readonly sync: string
  readonly file: SyncFile
  readonly tables: SyncTableStore
  readonly progress: SyncProgress
  readonly duck: Duck
  /** Tables whose rows in the target are the sync's own, from an earlier copy. */
  readonly isOwn: (dataset: string) => boolean
  readonly signal: AbortSignal
}

const NOTHING: Omit<NetTable, 'table'> = {
  isTruncated: false,
  deleted: [],
  written: new Map(),
  moved: new Map(),
  copies: new Map(),
}

/**
 * Copies what is not copied yet, table after table, each from where it was left. Every piece is noted when it is in the
 * target.
 *
 * @throws FailedTable when that table is to be left out; what it began is undone with the applier
 */
export async function copyTables(request: CopyTablesRequest, waiting: readonly StoredSyncTable[]): Promise<void> {
  for (const stored of waiting) {
    await ofTable(stored.dataset, request.file.failedTable, () => copyOne(request, stored))
  }
}

async function copyOne(request: CopyTablesRequest, stored: StoredSyncTable): Promise<void> {
  const { columns, keys } = await request.source.describe(stored.dataset, {}, request.signal)
  const primary = keys.find(({ kind }) => kind === 'primary')?.columns ?? []
  const positions = columns.flatMap(({ name }, i) => (primary.includes(name) ? [i] : []))
  const table: ChangedTable = { dataset: stored.dataset, columns, keys: positions }
  const note = (more: Partial<StoredSyncTable>): void => {
    Object.assign(current, more)
    request.tables.put(request.sync, current)
    request.progress.table(stored.dataset, {
      target: current.target,
      state: current.state,
      copiedRows: String(current.copiedRows),
    })
  }
  const current = { ...stored, columns }
  const { columns: before = columns } = stored
  // What was begun with another structure cannot be gone on with.
  const isExact =
    stored.isLoose === true || (stored.state === 'copying' && structureChanges(before, columns).length > 0)
  const copy = { table, stored: current, before, note }
  try {
    await (positions.length === 0 || isExact ? copyLoose(request, copy) : copyKeyed(request, copy))
  } catch (error) {
    if (await hasChanged(request, table))
      throw new Failure('sync.begin_again', { dataset: table.dataset }, { cause: error })
    throw error
  }
}

interface TableCopy {
  readonly table: ChangedTable
  readonly stored: StoredSyncTable
  /** The columns that the target was made to fit last. */
  readonly before: readonly Column[]
  readonly note: (more: Partial<StoredSyncTable>) => void
}

/** Whether the source's table has got another structure. */
async function hasChanged({ source, signal }: CopyTablesRequest, { dataset, columns }: ChangedTable): Promise<boolean> {
  const now = await source.describe(dataset, {}, signal)
  return structureChanges(columns, now.columns).length > 0
}

/** In pieces by key. Rows change meanwhile; the changes since before the first piece are applied afterwards and put that right. */
async function copyKeyed(request: CopyTablesRequest, copying: TableCopy): Promise<void> {
  const { file, changes, signal } = request
  const { table, stored, note } = copying
  let copiedRows = stored.copiedRows
  if (stored.state === 'waiting') {
    await makeRoom(request, copying)
    note({ state: 'copying' })
  }
  const copy = {
    ...request,
    table,
    to: stored.target,
    chunkRows: file.chunkRows,
    loadPrefix: randomBytes(8).toString('hex'),
    signal,
  }
  for await (const { bound, rows } of copyTable(copy, stored.bound)) {
    copiedRows += rows
    if (bound !== undefined) note({ bound, copiedRows })
  }
  const copiedAt = await changes.now()
  // Changes of rows as they were before do not fit what was copied since.
  if (await hasChanged(request, table)) throw new Failure('sync.begin_again', { dataset: table.dataset })
  note({ state: 'copied', copiedRows, copiedAt })
}

/**
 * In one piece that was true at one position of the log: equal rows cannot be told apart, so no change may be applied twice. The
 * load is named after the position; after a crash it is looked up whether that load came through.
 */
async function copyLoose(request: CopyTablesRequest, copying: TableCopy): Promise<void> {
  const { changes, file, signal } = request
  const { table, stored, note } = copying
  const copy = { ...request, table, to: stored.target, chunkRows: file.chunkRows, signal }
  if (stored.state === 'copying' && stored.copiedAt !== undefined && (await isLoaded(request, stored))) {
    note({ state: 'copied' })
    return
  }
  await makeRoom(request, copying)
  await using held = await changes.hold(signal)
  note({ state: 'copying', copiedAt: held.position, isLoose: true })
  const pieces = copyTable({ ...copy, loadPrefix: loadName(request, held.position), moment: held.moment }, undefined)
  let copiedRows = 0n
  for await (const { rows } of pieces) {
    copiedRows += rows
    note({ copiedRows })
  }
  if (await hasChanged(request, table)) throw new Failure('sync.begin_again', { dataset: table.dataset })
  note({ state: 'copied' })
}

function loadName({ sync }: CopyTablesRequest, position: string): string {
  return `${sync}:${position}`
}

async function isLoaded(request: CopyTablesRequest, { target, copiedAt, columns }: StoredSyncTable): Promise<boolean> {
  const { duck, signal } = request
  await using writer = await request.target.write?.({
    dataset: target,
    columns: columns ?? [],
    mode: 'append',
    keys: [],
    loadId: `${loadName(request, copiedAt ?? '')}:end:`,
    options: {},
    ddl: 'never',
    duck,
    signal,
  })
  return writer?.committed !== undefined
}

/** The table is in the target, and empty unless its rows are to be kept. @throws Failure `sync.target_not_empty` */
export async function makeRoom(
  request: CopyTablesRequest,
  { table, stored, before }: Omit<TableCopy, 'note'>,
): Promise<void> {
  const { applier, file, progress } = request
  const { target, state, isLoose = false } = stored
  const isOwn = isLoose || state === 'copying' || request.isOwn(table.dataset)
  const isEmptied = file.existing === 'replace' || isOwn
  const retyped = structureChanges(before, table.columns).flatMap(({ kind, column }) =>
    kind === 'type' ? [column] : [],
  )
  const how = { dataset: target, ddl: 'alter', ...(isOwn ? { retyped: new Set(retyped) } : {}) } as const
  const { exists, statements } = await applier.fit(table, how)
  progress.structure(table.dataset, statements)
  if (exists && isEmptied) await applier.apply({ ...NOTHING, table, isTruncated: true }, target)
  if (exists && !isEmptied && file.existing === 'refuse' && (await hasRows(request, target))) {
    throw new Failure('sync.target_not_empty', { dataset: target })
  }
  await applier.commit(undefined)
}
