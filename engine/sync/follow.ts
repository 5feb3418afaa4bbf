import type { ChangeApplier } from '../connectors/api/change-applier.ts'
import {
  type ChangeBatch,
  type ChangedTable,
  type ChangeFeed,
  isBefore,
  type RefusedMessage,
} from '../connectors/api/changes.ts'
import type { Column } from '../contract/column.ts'
import { Failure } from '../contract/failure.ts'
import type { StructurePolicy, SyncFile } from '../contract/sync-file.ts'
import { ofTable } from './failed-table.ts'
import { netChanges } from './net-changes.ts'
import type { SyncProgress } from './progress.ts'
import { judgeStructure, refilled, type StructureChange, structureChanges } from './structure.ts'

/** A table that is copied and followed. */
export interface FollowedTable {
  readonly target: string
  /** The columns that the target was made to fit. */
  columns: readonly Column[]
  /** Changes before this position may meet rows that were copied after them. */
  readonly copiedAt: string
}

export interface FollowRequest {
  readonly feed: ChangeFeed
  readonly applier: ChangeApplier
  /** The position that the target has. */
  readonly from: string
  readonly tables: ReadonlyMap<string, FollowedTable>
  readonly structure: StructurePolicy
  readonly failedTable: SyncFile['failedTable']
  /** Where the source stood when this began. */
  readonly caughtUpAt: string
  readonly untilCaughtUp: boolean
  /** Where the source's positions do not compare as texts. */
  readonly isBefore?: (a: string, b: string) => boolean
  /** Keeps messages that could not be read, before what comes after them is committed. */
  readonly onRefused: (refused: readonly RefusedMessage[]) => void
  readonly progress: SyncProgress
  /** Whether old rows may hold values in new columns. */
  readonly isFilled: (dataset: string, columns: readonly string[]) => Promise<boolean>
  /** Whether every value of a row is in the stream, so that a column more says nothing about the rows before. */
  readonly tellsAll: boolean
  /** Has a table copied again before it is followed further. */
  readonly onRefill: (dataset: string) => void
  /** Keeps what a table looks like now. */
  readonly onFit: (dataset: string, columns: readonly Column[]) => void
}

/**
 * Applies batch after batch until the feed ends; or until everything before `caughtUpAt` is applied, when that is asked for.
 * Each commit in the target holds whole transactions of the source and their position; only then is the source told.
 */
export async function follow(request: FollowRequest): Promise<void> {
  const { feed, applier, progress, caughtUpAt } = request
  const precedes = request.isBefore ?? isBefore
  const fitted = new Map<ChangedTable, FollowedTable>()
  for (let position = request.from; ; ) {
    const batch = await feed.next()
    if (batch === undefined) return
    await applyBatch(request, { batch, position, fitted })
    if (batch.refused !== undefined) request.onRefused(batch.refused)
    if (batch.isOpen) continue
    await applier.commit(batch.position)
    position = batch.position ?? position
    feed.acknowledge(position)
    progress.committed(batch, position, feed.lagBytes())
    if (precedes(position, caughtUpAt)) continue
    if (progress.state === 'catching_up') progress.on('caught_up')
    if (request.untilCaughtUp) return
  }
}

interface Applying {
  readonly batch: ChangeBatch
  /** Before the batch. */
  readonly position: string
  readonly fitted: Map<ChangedTable, FollowedTable>
}

async function applyBatch(request: FollowRequest, { batch, position, fitted }: Applying): Promise<void> {
  const { applier, progress } = request
  for (const wave of netChanges(batch.changes)) {
    for (const changes of wave) {
      const { dataset } = changes.table
      const followed =
        fitted.get(changes.table) ?? (await ofTable(dataset, request.failedTable, () => fit(request, changes.table)))
      fitted.set(changes.table, followed)
      const outcome = await ofTable(dataset, request.failedTable, () => applier.apply(changes, followed.target))
      if (outcome.missing > 0n && !isBefore(position, followed.copiedAt)) {
        // Who was paused finds what another has deleted since: nothing is missing then.
        await applier.assertOwned()
        throw new Failure('sync.rows_missing', { dataset: followed.target, rows: String(outcome.missing) })
      }
      progress.applied(dataset, outcome)
    }
  }
}

/** Makes the target fit a table as the stream has it now, as far as the policy allows. */
async function fit(request: FollowRequest, table: ChangedTable): Promise<FollowedTable> {
  const { applier, tables, structure, progress, onFit } = request
  const followed = tables.get(table.dataset)
  if (followed === undefined) throw new TypeError(`${table.dataset} was not asked for`)
  const changes = structureChanges(followed.columns, table.columns)
  const { ddl, leftOut, retyped, asked } = judgeStructure(changes, structure)
  if (asked.length > 0) {
    throw new Failure('sync.structure_changed', { dataset: table.dataset, changes: asked.map(({ text }) => text) })
  }
  if (!request.tellsAll) await assertTold(request, { table, followed, changes, leftOut })
  const { statements } = await applier.fit(table, { dataset: followed.target, ddl, leftOut, retyped })
  progress.structure(table.dataset, [...changes.map(({ text }) => text), ...statements])
  if (changes.length > 0) {
    followed.columns = table.columns.filter(({ name }) => !leftOut.has(name))
    onFit(table.dataset, followed.columns)
  }
  return followed
}

interface Told {
  readonly table: ChangedTable
  readonly followed: FollowedTable
  readonly changes: readonly StructureChange[]
  readonly leftOut: ReadonlySet<string>
}

/** @throws Failure `sync.copied_again` when rows of the table may have become others without a word in the stream */
async function assertTold({ isFilled, onRefill }: FollowRequest, told: Told): Promise<void> {
  const { table, followed, leftOut } = told
  const changes = told.changes.filter(({ column }) => !leftOut.has(column))
  const { certain, asked } = refilled(changes, followed.columns, table.columns)
  if (!certain && (asked.length === 0 || !(await isFilled(table.dataset, asked)))) return
  onRefill(table.dataset)
  throw new Failure('sync.copied_again', { dataset: table.dataset, changes: changes.map(({ text }) => text) })
}
