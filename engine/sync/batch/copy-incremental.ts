import { randomBytes } from 'node:crypto'
import type { Column } from '../../contract/column.ts'
import { id, sql } from '../../sql/sql.ts'
import { boundQuery } from './bound-query.ts'
import { highestCursor, lookBackFrom, nowText } from './cursor.ts'
import { gatherRows, type RowCondition } from './gather-rows.ts'
import { mergeHistory } from './history.ts'
import { mergeRows } from './merge-rows.ts'
import { removeGone } from './remove-gone.ts'
import { markedColumns, splitDeleted, unmarked } from './split-deleted.ts'
import type { TableRun } from './table-run.ts'

export interface CursorRange {
  readonly from: string
  /** Rows below it only; the cursor then stays where it is. */
  readonly before?: string
}

/**
 * Merges rows whose cursor is at or behind a value into the target. Reading at the value again, and `lookBack` before it, is what finds
 * rows of equal cursors and those committed late; merging by key is what keeps them from being there twice. Rows without a cursor are
 * taken along every time and counted.
 */
export async function copyIncremental(run: TableRun, column: Column, range: CursorRange | undefined): Promise<void> {
  const { duck, notes } = run
  const { cursor } = notes.load
  const from = range?.from ?? (cursor === undefined ? undefined : await fromOf(run, column, cursor))
  await gather(run, column, { from, before: range?.before })
  const state =
    range?.before === undefined ? await highestCursor(duck, id('delta'), { column, cursor, now: run.now }) : cursor
  await mergeDelta(run, state)
  if (state !== undefined && state !== cursor) notes.keep({ cursor: state })
}

function fromOf({ duck, settings: { lookBack } }: TableRun, column: Column, cursor: string): Promise<string> {
  return lookBackFrom(duck, { column, cursor, lookBack })
}

/**
 * Rows without a cursor first: one that gets its cursor between the two readings is then in both, not in neither. Of a row that was read
 * twice the later reading counts.
 */
async function gather(
  run: TableRun,
  column: Column,
  { from, before }: { readonly from: string | undefined; readonly before: string | undefined },
): Promise<void> {
  const { source: session, dataset, duck, keys, throttle, signal, query } = run
  const wanted = { session, dataset, throttle, columns: run.columns.map(({ name }) => name) }
  await duck.run(sql`DROP TABLE IF EXISTS delta; DROP TABLE IF EXISTS late`)
  if (query !== undefined) {
    const options = {
      query: boundQuery(query.text, { since: from ?? query.from, until: before ?? nowText(run, column) }),
    }
    await gatherRows(duck, 'delta', { ...wanted, options }, signal)
    return
  }
  await gatherRows(duck, 'delta', { ...wanted, where: [{ column, operator: 'is_null' }] }, signal)
  run.notes.nullCursors(BigInt((await duck.value(sql`SELECT count(*) FROM delta`)) ?? 0))
  const where: RowCondition[] = [
    ...(from === undefined ? [] : [{ column, operator: 'at_least' as const, value: from }]),
    ...(before === undefined ? [] : [{ column, operator: 'less' as const, value: before }]),
  ]
  await gatherRows(duck, 'late', { ...wanted, where }, signal)
  const names = keys.map((key) => id(key))
  const [first = sql`1`, ...rest] = names.map((name) => sql`d.${name} = l.${name}`)
  const isSame = rest.reduce((all, one) => sql`${all} AND ${one}`, first)
  await duck.run(sql`DELETE FROM delta AS d WHERE EXISTS (SELECT 1 FROM late AS l WHERE ${isSame})`)
  await duck.run(sql`INSERT INTO delta BY NAME SELECT * FROM late; DROP TABLE late`)
}

/** The cursor is stored in the transaction of the rows, where the target has one. */
async function mergeDelta(run: TableRun, cursor: string | undefined): Promise<void> {
  const name = `delta:${randomBytes(6).toString('hex')}`
  const { present, gone } = splitDeleted(run, id('delta'))
  if (gone !== undefined && run.settings.history === undefined) await removeGone(run, gone, `${name}:gone`)
  if (run.settings.history !== undefined) {
    await mergeHistory(run, run.settings.history, {
      present,
      gone,
      name,
      ...(cursor === undefined ? {} : { state: { cursor } }),
    })
    return
  }
  const outcome = await mergeRows(
    run,
    { relation: unmarked(run, present), columns: markedColumns(run) },
    {
      mode: 'upsert',
      keys: run.keys,
      all: markedColumns(run),
      name,
      ...(cursor === undefined ? {} : { state: { cursor } }),
    },
  )
  run.notes.applied({ written: outcome.inserted + outcome.updated, deleted: 0n })
}
