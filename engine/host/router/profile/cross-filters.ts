import { Failure } from '../../../contract/failure.ts'
import type { CrossCounts, Dimension, Selection } from '../../../contract/profile/cross-filter.ts'
import { type CrossFilter, openCrossFilter } from '../../../profile/cross/cross-filter.ts'
import { id, sql } from '../../../sql/sql.ts'
import type { HostContext } from '../context.ts'
import type { Cursor } from '../cursors/cursor.ts'
import { STORE } from '../cursors/kept-table.ts'
import { holding, rowsOf } from '../cursors/row-store.ts'
import { resourcesOf } from '../resources.ts'

/** The latest of each cursor; its table goes with the cursor's DuckDB. */
const opened = new WeakMap<Cursor, CrossFilter>()

const IN_MEMORY_BYTES = 256_000_000

/** Reads the rows of a cursor into bins once they are all there. Takes the place of the one before. */
export async function openCross(
  context: HostContext,
  { cursor: name, dimensions }: { cursor: string; dimensions: readonly Dimension[] },
  signal: AbortSignal,
): Promise<CrossCounts> {
  const cursor = resourcesOf(context).cursors.get(name)
  const { store, duck } = cursor.base
  await store.progress.end(signal)
  if (signal.aborted) throw new Failure('work.cancelled', { what: 'profile' })
  await using worker = await duck.connect()
  // Scanned at every click: in memory while it is small, else compressed in the cursor's file.
  const bytes = Number(store.progress.rows) * (dimensions.length + 1)
  const table = bytes <= IN_MEMORY_BYTES ? id('cross_filter') : id(STORE, 'main', 'cross_filter')
  const from = sql`(${rowsOf(store)})`
  const request = { duck: worker, from, columns: store.columns, dimensions, table }
  const cross = await holding(store, () => openCrossFilter(request, { signal }))
  opened.set(cursor, cross)
  return cross.count(worker, [], { signal })
}

/** @throws Failure `usage.invalid` when none was opened */
export async function countCross(
  context: HostContext,
  { cursor: name, selections }: { cursor: string; selections: readonly Selection[] },
  signal: AbortSignal,
): Promise<CrossCounts> {
  const cursor = resourcesOf(context).cursors.get(name)
  const cross = opened.get(cursor)
  if (cross === undefined) throw new Failure('usage.invalid', { reason: 'no cross-filter is open for this cursor' })
  await using worker = await cursor.base.duck.connect()
  return cross.count(worker, selections, { signal })
}
