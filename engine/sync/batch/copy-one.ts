import { createHash } from 'node:crypto'
import type { Session } from '../../connectors/api/session.ts'
import type { Column } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import type { SyncFile } from '../../contract/sync-file.ts'
import type { DdlPolicy } from '../../contract/write-mode.ts'
import type { Duck } from '../../duck/duck.ts'
import type { SyncRequest } from '../ports.ts'
import { judgeStructure, structureChanges } from '../structure.ts'
import { copyFull } from './copy-full.ts'
import { copyIncremental } from './copy-incremental.ts'
import { copyMirror } from './copy-mirror.ts'
import { cursorColumn } from './cursor.ts'
import { newestCursor } from './newest-cursor.ts'
import type { NotedTable, TableNote } from './note-table.ts'
import { storedCursor } from './stored-cursor.ts'
import type { TableRun } from './table-run.ts'
import { queryOf, settingsOf } from './table-settings.ts'
import { targetHasRows } from './target-rows.ts'

export interface TableWork {
  readonly source: Session
  readonly target: Session
  readonly sharesTypes: boolean
  readonly throttle: TableRun['throttle']
  readonly duck: Duck
  readonly table: NotedTable
  readonly note: TableNote
  /** Whether the rows in the target are the sync's own. */
  readonly isOwn: boolean
  /** Whether it was asked to copy them again. */
  readonly isAnew: boolean
  readonly later: TableRun['later']
}

/** Brings one table up to date in the way that the file says. */
export async function copyOne(request: SyncRequest, work: TableWork): Promise<void> {
  const run = tableRun(request, work)
  const { settings } = run
  if (settings.mode === 'incremental') return copyByCursor(request, run, work)
  if (!work.isOwn) await assertRoom(request.file, run)
  if (settings.mode === 'mirror' || settings.history !== undefined) {
    requireKeys(run)
    return copyMirror(run)
  }
  if (run.notes.load.chunks === undefined) run.notes.startCopy(0n)
  await copyFull(run, { keepsRows: !work.isOwn && request.file.existing === 'keep' })
}

async function copyByCursor(
  { file, backfill }: SyncRequest,
  run: TableRun,
  { isOwn, isAnew }: TableWork,
): Promise<void> {
  const column = cursorColumn(run.dataset, run.columns, run.settings)
  requireKeys(run)
  if (backfill !== undefined) return copyIncremental(run, column, { from: backfill.from, before: backfill.to })
  const cursor = await storedCursor(run, isAnew)
  if (cursor !== undefined) return copyIncremental(run, column, undefined)
  if (!isOwn && run.notes.load.chunks === undefined) await assertRoom(file, run)
  if (run.settings.history !== undefined || run.query !== undefined) return copyIncremental(run, column, undefined)
  if (run.notes.load.chunks === undefined) {
    // What changes while the first copy runs lies behind this value, and comes with the next run.
    run.notes.keep({ nextCursor: await newestCursor(run, column) })
    run.notes.startCopy(0n)
  }
  const { nextCursor } = run.notes.load
  await copyFull(run, {
    keepsRows: !isOwn && file.existing === 'keep',
    ...(nextCursor === undefined ? {} : { state: { cursor: nextCursor } }),
  })
  run.notes.keep({ cursor: nextCursor, nextCursor: undefined })
}

function tableRun(
  { name, file, signal }: SyncRequest,
  { source, target, sharesTypes, throttle, duck, table, note, later }: TableWork,
): TableRun {
  const settings = settingsOf(file, table.dataset)
  const query = queryOf(file, table.dataset)
  const { columns, ddl } = fitting(file, table)
  const primary = table.schema.keys.find(({ kind }) => kind === 'primary')?.columns ?? []
  return {
    source,
    target,
    sharesTypes,
    throttle,
    duck,
    dataset: table.dataset,
    to: table.target,
    settings,
    query: query === undefined ? undefined : { text: query.query, from: query.from },
    columns,
    keys: settings.keys ?? primary,
    ddl,
    chunkRows: file.chunkRows,
    chunksAtOnce: file.parallel.chunks,
    loadPrefix: `sync:${createHash('sha256').update(`${name}\0${table.dataset}`).digest('hex').slice(0, 24)}:`,
    notes: note,
    later,
    now: { ms: Date.now(), timeZone: file.timeZone },
    signal,
  }
}

/** What the policy for changes of structure leaves. @throws Failure `sync.structure_changed` */
function fitting(
  { structure }: SyncFile,
  { dataset, stored, schema }: NotedTable,
): { readonly columns: readonly Column[]; readonly ddl: DdlPolicy } {
  const shown = schema.columns.filter(({ hidden }) => hidden !== true)
  if (stored?.columns === undefined) return { columns: shown, ddl: 'alter' }
  const { leftOut, asked } = judgeStructure(structureChanges(stored.columns, shown), structure)
  if (asked.length > 0) throw new Failure('sync.structure_changed', { dataset, changes: asked.map(({ text }) => text) })
  return { columns: shown.filter(({ name }) => !leftOut.has(name)), ddl: 'alter' }
}

function requireKeys({ dataset, keys }: TableRun): void {
  if (keys.length === 0) throw new Failure('sync.keys_missing', { dataset })
}

/** @throws Failure `sync.target_not_empty` */
async function assertRoom({ existing }: SyncFile, run: TableRun): Promise<void> {
  if (existing !== 'refuse') return
  if (await targetHasRows(run)) throw new Failure('sync.target_not_empty', { dataset: run.to })
}
