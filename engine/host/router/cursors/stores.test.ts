import { expect, it } from 'vitest'
import { POSITION_COLUMN } from '../../../connectors/api/positions.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { id, sql } from '../../../sql/sql.ts'
import type { Cursor } from './cursor.ts'
import { attachStore, keptTable, STORE } from './kept-table.ts'
import { Progress } from './progress.ts'
import { offsetStore, pickedStore, rowsOf } from './row-store.ts'
import { CursorShelf } from './shelf.ts'

it('reads rows of another order by the positions it keeps', async () => {
  await using duck = await openDuck()
  await attachStore(duck)
  const kept = await keptTable(duck, 'base', [{ name: 'rowid', type: 'BIGINT' }])
  await kept.add(duck, sql`SELECT range AS rowid FROM range(5000)`)
  const progress = new Progress()
  const order = id(STORE, 'main', 'backwards')
  await duck.run(sql`CREATE TABLE ${order} AS SELECT range AS "position" FROM range(4999, -1, -1)`)
  const store = pickedStore(kept.store(progress), order, progress)
  const slice = await store.slice(duck, 2_000n, 2_003n, {})
  const { rows } = await duck.rows(sql`SELECT * FROM (${slice}) ORDER BY ${id(POSITION_COLUMN)}`)
  expect(rows).toEqual([
    ['2999', '2000'],
    ['2998', '2001'],
    ['2997', '2002'],
  ])
  expect((await duck.rows(await store.slice(duck, 5_000n, 5_010n, {}))).rows).toEqual([])
  const whole = await duck.rows(
    sql`SELECT count(*), max(rowid) FILTER (${id(POSITION_COLUMN)} = 0) FROM (${store.relation()})`,
  )
  expect(whole.rows).toEqual([['5000', '4999']])
})

it('gives rows that are counted off without their positions, in their order', async () => {
  await using duck = await openDuck()
  await duck.run(sql`CREATE VIEW counted_off AS SELECT range * 2 AS "a""b" FROM range(5000)`)
  const store = offsetStore([{ name: 'a"b', type: 'BIGINT' }], sql`FROM counted_off`, new Progress())
  const [numbered, bare] = [await duck.rows(store.relation()), await duck.rows(rowsOf(store))]
  expect(bare.columns).toEqual([{ name: 'a"b', type: 'BIGINT' }])
  expect(bare.rows).toEqual(numbered.rows.map(([value]) => [value]))
  const { rows } = await duck.rows(sql`EXPLAIN SELECT sum("a""b") FROM (${rowsOf(store)})`)
  expect(JSON.stringify(rows)).not.toContain('WINDOW')
})

it('waits for rows until they are there, all were read, or the time is over', async () => {
  const progress = new Progress()
  const reached = progress.reach(10n, 10_000)
  progress.advance(5n)
  progress.advance(10n)
  await reached
  await progress.reach(11n, 1)
  expect([progress.rows, progress.isDone]).toEqual([10n, false])
  const ended = progress.end()
  progress.finish(10n)
  await ended
  await progress.reach(100n, 10_000)
  expect(progress.total).toBe(10n)
})

it('is woken when its caller goes away', async () => {
  const stop = new AbortController()
  const waiting = new Progress().reach(1n, 60_000, stop.signal)
  stop.abort()
  await expect(waiting).resolves.toBeUndefined()
})

it('keeps a bounded number of cursors and closes those unused for longest', async () => {
  const closed: string[] = []
  const shelf = new CursorShelf()
  const stub = (name: string) =>
    ({ id: name, [Symbol.asyncDispose]: async () => void closed.push(name) }) as unknown as Cursor
  for (let i = 0; i < 24; i++) await shelf.add(stub(`c${i}`))
  expect(shelf.get('c0').id).toBe('c0')
  await shelf.add(stub('c24'))
  expect(closed).toEqual(['c1'])
  await shelf[Symbol.asyncDispose]()
  expect(closed.length).toBe(25)
})
