import { POSITION_COLUMN } from '../../../connectors/api/positions.ts'
import type { Arrangement } from '../../../contract/cursor.ts'
import type { Duck } from '../../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { orderOf, whereOf } from './condition.ts'
import { keptTable, STORE } from './kept-table.ts'
import { Progress } from './progress.ts'
import { holding, pickedStore, type RowStore } from './row-store.ts'

export interface Arranged {
  /** The first rows at once, all of them as soon as they are sorted. */
  readonly store: RowStore
  /** What is to be known about these rows alone. */
  warnings?(): readonly string[]
  /** Ends the work and drops what it made. */
  stop(): Promise<void>
}

/** Rows that are shown before the whole is sorted. */
const FIRST_ROWS = 1_000n
/** Up to here whole rows are kept in their order, so that a page is one read; beyond only their positions are. */
const KEPT_ROWS = 2_000_000n

let counter = 0

/**
 * Rows of a store in another order, or some of them. The first rows are there when it returns; the rest follows in the background.
 * @throws Failure `cursor.column_unknown`, `sql.invalid`, `work.cancelled`
 */
export async function arrange(
  duck: Duck,
  base: RowStore,
  arrangement: Arrangement,
  signal?: AbortSignal,
): Promise<Arranged> {
  const where = await whereOf(duck, base.columns, arrangement.filter)
  const order = join([...orderOf(base.columns, arrangement.sort), id(POSITION_COLUMN)])
  const query = (rows: Sql): Sql => sql`SELECT * FROM (${rows})${where} ORDER BY ${order}`
  const number = counter++
  // Not the connection that rows come in by: that one is busy.
  await using worker = await duck.connect()
  // Asked before, not after: rows that come meanwhile are not among the first.
  const wasRead = base.progress.isDone && base.progress.error === undefined
  const first = await keptTable(worker, `first_${number}`, base.columns)
  const found = await holding(base, () =>
    first.add(
      worker,
      sql`${query(base.relation())} LIMIT ${literal(FIRST_ROWS)}`,
      signal === undefined ? {} : { signal },
    ),
  )
  const progress = new Progress()
  progress.advance(found)
  const stop = new AbortController()
  const state: { store: RowStore } = { store: first.store(progress) }
  const isWhole = wasRead && found < FIRST_ROWS
  const sortRest = async (): Promise<void> => {
    if (isWhole) return progress.finish(found)
    try {
      const { store, total } = await holding(base, () => arrangeAll({ duck, base, query, number, signal: stop.signal }))
      state.store = store(progress)
      progress.finish(total)
    } catch (error) {
      progress.fail(error)
    }
  }
  const work = sortRest()
  return {
    store: current(progress, () => state.store),
    stop: async () => {
      stop.abort()
      await work
      for (const name of [`first_${number}`, `order_${number}`, `rows_${number}`]) {
        await duck.run(sql`DROP TABLE IF EXISTS ${id(STORE, 'main', name)}`).catch(() => undefined)
      }
    },
  }
}

interface ArrangeAll {
  readonly duck: Duck
  readonly base: RowStore
  readonly query: (rows: Sql) => Sql
  readonly number: number
  readonly signal: AbortSignal
}

async function arrangeAll({
  duck,
  base,
  query,
  number,
  signal,
}: ArrangeAll): Promise<{ store: (progress: Progress) => RowStore; total: bigint }> {
  await base.progress.end(signal)
  await using worker = await duck.connect()
  const { total } = base.progress
  if (base.pick !== undefined && (total === null || total > KEPT_ROWS)) {
    const table = id(STORE, 'main', `order_${number}`)
    const count = await worker.run(
      sql`CREATE TABLE ${table} AS SELECT ${id(POSITION_COLUMN)} AS "position" FROM (${query(base.relation())})`,
      { signal },
    )
    const rows =
      count > 0n ? count : BigInt((await worker.value(sql`SELECT count(*) FROM ${table}`, { signal })) ?? '0')
    return { store: (progress) => pickedStore(base, table, progress), total: rows }
  }
  const kept = await keptTable(worker, `rows_${number}`, base.columns)
  const rows = await kept.add(worker, query(base.relation()), { signal })
  return { store: (progress) => kept.store(progress), total: rows }
}

/** A store that becomes another one while it is used. */
export function current(progress: Progress, now: () => RowStore, hold?: RowStore['hold']): RowStore {
  return {
    progress,
    get columns() {
      return now().columns
    },
    relation: () => now().relation(),
    slice: (reader, from, to, call) => now().slice(reader, from, to, call),
    get pick() {
      return now().pick
    },
    hold,
  }
}
