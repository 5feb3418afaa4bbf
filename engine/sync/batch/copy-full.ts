import { randomBytes } from 'node:crypto'
import { isFailure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import { id, sql } from '../../sql/sql.ts'
import type { StoredSyncLoad } from '../../store/sync-loads.ts'
import { columnList } from './gather-rows.ts'
import { loadPieces, loadRelation } from './load-rows.ts'
import { markedColumns } from './split-deleted.ts'
import type { TableRun } from './table-run.ts'
import { isThere, targetHasRows } from './target-rows.ts'

type Chunk = NonNullable<StoredSyncLoad['chunks']>[number]

export interface FullCopy {
  /** Whether rows that are in the target stay, beside and under those that come. */
  readonly keepsRows: boolean
  /** Stored in the target with the last piece. */
  readonly state?: Cell
}

/**
 * Copies a whole table: in one load that takes the place of the rows that were there, or in pieces by key where no reader can miss rows
 * or the file says so. Each piece is a load of its own that is noted when it is in the target, and whoever is stopped goes on with the
 * next one.
 */
export async function copyFull(run: TableRun, copy: FullCopy): Promise<void> {
  if (run.notes.load.chunks === undefined) {
    await makeTable(run)
    const chunks = (await isInPieces(run, copy)) ? await planChunks(run) : [{}]
    run.notes.keep({ copy: randomBytes(6).toString('hex'), chunks, atOnce: run.chunksAtOnce })
  }
  const { chunks = [] } = run.notes.load
  if (chunks.length === 1) await copyAtOnce(run, copy)
  else await copyInPieces(run, copy, chunks)
  run.notes.keep({ copy: undefined, chunks: undefined, atOnce: undefined })
}

async function isInPieces(run: TableRun, { keepsRows }: FullCopy): Promise<boolean> {
  return keepsRows || run.settings.load === 'truncate' || !(await targetHasRows(run))
}

/** A table that is not there yet is made with its key, by a load of no rows; files have neither. */
async function makeTable(run: TableRun): Promise<void> {
  if (run.keys.length === 0 || (await isThere(run))) return
  await mergeNothing(run).catch((error: unknown) => {
    if (!isFailure(error, 'write.mode_unsupported')) throw error
  })
}

async function mergeNothing(run: TableRun): Promise<void> {
  const columns = markedColumns(run)
  await run.duck.run(sql`CREATE OR REPLACE TEMP TABLE nothing (${columnList(columns)})`)
  const name = `table:${randomBytes(6).toString('hex')}`
  await loadRelation(run, { relation: id('nothing'), columns }, { mode: 'upsert', keys: run.keys, name })
}

/** The keys at which the table is cut. Rows that come later belong to the last piece, or to the one their key falls into. */
async function planChunks({ source, dataset, query, keys, chunkRows, signal }: TableRun): Promise<Chunk[]> {
  if (source.keyBound === undefined || keys.length === 0 || query !== undefined) return [{}]
  const chunks: Chunk[] = []
  for (let after: string[] | undefined; ; ) {
    const start = after === undefined ? {} : { after }
    const upTo = await source.keyBound({ dataset, keys, rows: chunkRows, signal, ...start })
    if (upTo === undefined) return [...chunks, start]
    after = [...upTo]
    chunks.push({ ...start, upTo: after })
  }
}

async function copyAtOnce(run: TableRun, { keepsRows, state }: FullCopy): Promise<void> {
  const { load, settings } = { load: run.notes.load, settings: run.settings }
  const emptied = settings.load === 'swap' ? 'replace' : 'truncate'
  const rows = await loadPieces(run, [undefined], {
    name: `${load.copy}:all`,
    ...modeOf(run, keepsRows, emptied),
    ...(state === undefined ? {} : { state }),
  })
  run.notes.copied(rows)
}

function modeOf({ keys }: TableRun, keepsRows: boolean, emptied: 'replace' | 'truncate' | 'append') {
  if (!keepsRows) return { mode: emptied }
  return keys.length > 0 ? { mode: 'upsert' as const, keys } : { mode: 'append' as const }
}

/** Pieces that are loaded together are committed together. A load that came through before a crash is known by its name. */
async function copyInPieces(run: TableRun, copy: FullCopy, chunks: readonly Chunk[]): Promise<void> {
  const { copy: name = '', atOnce = 1 } = run.notes.load
  if (!copy.keepsRows) await emptyTarget(run, name)
  for (let i = 0; i < chunks.length; i += atOnce) {
    const group = chunks.slice(i, i + atOnce)
    if (group.every(({ rows }) => rows !== undefined)) continue
    const ranges = group.map(({ after, upTo }) => ({
      keys: run.keys,
      ...(after === undefined ? {} : { after }),
      ...(upTo === undefined ? {} : { upTo }),
    }))
    const isLast = i + atOnce >= chunks.length
    const rows = await loadPieces(run, ranges, {
      name: `${name}:${i}`,
      ...modeOf(run, copy.keepsRows, 'append'),
      ...(isLast && copy.state !== undefined ? { state: copy.state } : {}),
    })
    run.notes.copied(rows)
    noteDone(run, i, { count: group.length, rows })
  }
}

/** Once for a copy: the load of no rows is known by its name as well. */
async function emptyTarget(run: TableRun, name: string): Promise<void> {
  await run.duck.run(sql`CREATE OR REPLACE TEMP TABLE nothing (${columnList(run.columns)})`)
  await loadRelation(
    run,
    { relation: id('nothing'), columns: run.columns },
    { mode: 'truncate', name: `${name}:empty` },
  )
}

function noteDone(run: TableRun, from: number, { count, rows }: { count: number; rows: bigint }): void {
  const { chunks = [] } = run.notes.load
  const done = chunks.map((chunk, i) =>
    i < from || i >= from + count ? chunk : { ...chunk, rows: i === from ? String(rows) : '0' },
  )
  run.notes.keep({ chunks: done })
}
