import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openToWrite } from '../../connectors/sqlite/database.ts'
import type { SyncStatus } from '../../contract/sync.ts'
import { syncFileSchema } from '../../contract/sync-file.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'
import { openStore } from '../../store/open-store.ts'
import { testPorts } from '../../testing/run-ports.ts'
import type { SyncPorts, SyncRequest } from '../ports.ts'
import { runSync } from '../run-sync.ts'
import { gatherRows } from './gather-rows.ts'

const folder = await mkdtemp(join(tmpdir(), 'runnel-batch-'))
const store = openStore(join(folder, 'state.sqlite'))
const KINDS: Readonly<Record<string, { readonly kind: string; readonly settings: unknown }>> = {
  erp: { kind: 'sqlite', settings: { file: 'erp.db' } },
  dw: { kind: 'duckdb', settings: { file: 'dw.duckdb' } },
  copy: { kind: 'sqlite', settings: { file: 'copy.db' } },
  lake: { kind: 'parquet', settings: { folder: '.' } },
  texts: { kind: 'text', settings: { folder: '.' } },
}
const database = await openDuck({ memoryLimitMb: 256, threads: 1, spillParent: folder })
const connections = await testPorts(folder, KINDS)
const ports: SyncPorts = {
  openSession: (connection, signal) => connections.openSession(connection, signal),
  kindOf: (connection) => KINDS[connection]?.kind ?? '',
  // One for all: opening it takes longer than most of what is tried here.
  openDuck: () => database.connect(),
  tables: store.syncTables,
  tell: (status) => told.push(status),
}
let serial = 0
let name: string
let told: SyncStatus[] = []

afterAll(async () => {
  store[Symbol.dispose]()
  await database[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  name = `s${serial++}`
  told = []
})
afterEach(async () => {
  for (const file of ['erp.db', 'dw.duckdb', 'copy.db']) {
    for (const end of ['', '-wal', '-shm', '.wal']) await rm(join(folder, `${file}${end}`), { force: true })
  }
})

function change(statements: string, file = 'erp.db'): void {
  using erp = openToWrite({ source: 'erp', path: join(folder, file) })
  erp.execute(statements)
}

function sync(settings: object, more: Partial<SyncRequest> = {}): Promise<void> {
  const file = syncFileSchema.parse({ version: 1, source: 'erp', target: 'dw', ...settings })
  return runSync(ports, { name, file, signal: new AbortController().signal, ...more })
}

/** All rows of a dataset as texts, in order. */
async function rowsOf(connection: string, dataset: string, columns?: readonly string[]): Promise<(string | null)[][]> {
  await using session = await connections.openSession(connection)
  await using duck = await database.connect()
  const wanted = { session, dataset, ...(columns === undefined ? {} : { columns }) }
  await gatherRows(duck, 'found', wanted, new AbortController().signal)
  const { rows } = await duck.rows(sql`SELECT COLUMNS(*)::VARCHAR FROM found ORDER BY ALL`)
  return rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : null)))
}

const ORDERS = `CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT, changed INTEGER)`

describe('a full copy', () => {
  it.each([
    ['dw', 'orders', {}],
    ['copy', 'orders', { load: 'truncate' }],
    ['lake', 'orders.parquet', { rename: { suffix: '.parquet' } }],
    ['texts', 'orders.csv', { rename: { suffix: '.csv' } }],
  ])('into %s takes the place of what was there', async (target, dataset, settings) => {
    change(`${ORDERS}; INSERT INTO orders VALUES (1, 'a', 10), (2, 'b', NULL)`)
    const begunAtMs = performance.now()
    await sync({ mode: 'full', target, ...settings, throttle: { rowsPerSecond: 20 } })
    expect(performance.now() - begunAtMs).toBeGreaterThan(95)
    change(`DELETE FROM orders WHERE id = 1; INSERT INTO orders VALUES (3, '汇渠', 5)`)
    await sync({ mode: 'full', target, ...settings })
    expect(await rowsOf(target, dataset)).toEqual(await rowsOf('erp', 'orders'))
    expect(told.at(-1)).toMatchObject({ state: 'stopped', tables: [{ state: 'copied', copiedRows: '2' }] })
  })

  it('does not touch rows that are not its own, unless told to', async () => {
    change(`${ORDERS}; INSERT INTO orders VALUES (1, 'a', 10)`)
    change(`${ORDERS}; INSERT INTO orders VALUES (7, 'theirs', 10)`, 'copy.db')
    await expect(sync({ mode: 'full', target: 'copy' })).rejects.toMatchObject({ code: 'sync.target_not_empty' })
    await sync({ mode: 'full', target: 'copy', existing: 'keep' })
    expect((await rowsOf('copy', 'orders')).map(([key]) => key)).toEqual(['1', '7'])
    await sync({ mode: 'full', target: 'copy', existing: 'keep' }, { resync: 'all' })
  })

  it('copies what others refer to first, and goes on with the others when one fails', async () => {
    change(`CREATE TABLE a_line (id INTEGER PRIMARY KEY, head INTEGER REFERENCES z_head (id));
      CREATE TABLE z_head (id INTEGER PRIMARY KEY); INSERT INTO z_head VALUES (1); INSERT INTO a_line VALUES (1, 1)`)
    change(`CREATE TABLE m (id INTEGER, "x" INTEGER); INSERT INTO m VALUES (NULL, 1)`)
    await expect(sync({ mode: 'mirror' }, { backfill: { from: '1', to: '2' } })).rejects.toMatchObject({
      code: 'sync.backfill_unfit',
    })
    await expect(sync({ mode: 'mirror' })).rejects.toMatchObject({
      code: 'sync.keys_missing',
      detail: { dataset: 'm' },
    })
    expect(told.at(-1)?.tables.map(({ dataset, state }) => [dataset, state])).toEqual([
      ['a_line', 'copied'],
      ['m', 'failed'],
      ['z_head', 'copied'],
    ])
  })
})

describe('a table that comes later', () => {
  it('is copied, left alone, or waited for', async () => {
    change(`${ORDERS}; INSERT INTO orders VALUES (1, 'a', 10)`)
    await sync({ mode: 'full' })
    change('CREATE TABLE later (id INTEGER PRIMARY KEY)')
    await sync({ mode: 'full', newTables: 'ignore' })
    await expect(sync({ mode: 'full', newTables: 'pause' })).rejects.toMatchObject({
      code: 'sync.structure_changed',
      detail: { dataset: 'later', changes: ['+ table'] },
    })
    expect(told.at(-1)?.state).toBe('paused')
    await expect(rowsOf('dw', 'later')).rejects.toMatchObject({ code: 'source.dataset_missing' })
    await sync({ mode: 'full' })
    expect(await rowsOf('dw', 'later')).toEqual([])
  })
})

describe('an incremental copy', () => {
  it('brings what is new, counts rows without a cursor, and reads a range again when told to', async () => {
    const settings = { mode: 'incremental', cursor: ['updated', 'changed'] }
    change(`${ORDERS}; INSERT INTO orders VALUES (1, 'a', 10), (2, 'b', NULL)`)
    await sync(settings)
    change(
      `UPDATE orders SET name = 'no cursor' WHERE id = 2; INSERT INTO orders VALUES (3, 'tie', 10), (4, 'new', 11)`,
    )
    // Another machine knows nothing of the first run but what the target says.
    store.syncTables.forget(name)
    await sync(settings)
    expect(await rowsOf('dw', 'orders')).toEqual(await rowsOf('erp', 'orders'))
    expect(told.at(-1)?.tables[0]).toMatchObject({ copiedRows: '0', nullCursors: '1', written: '3' })
    change(`UPDATE orders SET name = 'silent' WHERE id IN (1, 4)`)
    await sync(settings, { backfill: { from: '10', to: '11' } })
    expect((await rowsOf('dw', 'orders', ['name'])).flat()).toEqual(['new', 'no cursor', 'silent', 'tie'])
    await sync(settings)
    expect(await rowsOf('dw', 'orders')).toEqual(await rowsOf('erp', 'orders'))
  })

  it('misses a commit that comes later than its cursor without a look-back, and finds it with one', async () => {
    change(`${ORDERS}; INSERT INTO orders VALUES (1, 'a', 10)`)
    await sync({ mode: 'incremental', cursor: 'changed' })
    change(`INSERT INTO orders VALUES (2, 'late', 8)`)
    await sync({ mode: 'incremental', cursor: 'changed' })
    expect(await rowsOf('dw', 'orders')).toHaveLength(1)
    await sync({ mode: 'incremental', cursor: 'changed', lookBack: 2 })
    expect(await rowsOf('dw', 'orders')).toHaveLength(2)
  })

  it('does not let a clock that is ahead hide what others write', async () => {
    change(
      `CREATE TABLE t (id INTEGER PRIMARY KEY, at TIMESTAMP); INSERT INTO t VALUES (1, '2099-01-01 00:00:00'), (2, '2020-01-01 00:00:00')`,
    )
    await sync({ mode: 'incremental', cursor: 'at', lookBack: '1h' })
    const now = new Date().toISOString().replace('T', ' ').slice(0, 19)
    change(`INSERT INTO t VALUES (3, '${now}')`)
    await sync({ mode: 'incremental', cursor: 'at', lookBack: '1h' })
    expect(await rowsOf('dw', 't')).toEqual(await rowsOf('erp', 't'))
  })

  it('ends with what the source has, whatever is committed when', async () => {
    const LOOK_BACK = 3
    const commit = fc.record({ key: fc.nat(5), delay: fc.nat(LOOK_BACK), value: fc.nat(99), hasCursor: fc.boolean() })
    const tick = fc.record({ commits: fc.array(commit, { maxLength: 3 }), isSynced: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(tick, { minLength: 2, maxLength: 6 }), async (ticks) => {
        name = `s${serial++}`
        const target = `t${serial}`
        const run = (): Promise<void> =>
          sync({ mode: 'incremental', cursor: 'changed', lookBack: LOOK_BACK, rename: { suffix: String(serial) } })
        change(`DROP TABLE IF EXISTS t; CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER, changed INTEGER)`)
        for (let now = 0; now < ticks.length + LOOK_BACK; now++) {
          const due = ticks.flatMap(({ commits }, at) =>
            commits.filter(({ delay }) => at + delay === now).map((one) => ({ ...one, at })),
          )
          change(
            due
              .map(
                ({ key, value, at, hasCursor }) =>
                  `INSERT OR REPLACE INTO t VALUES (${key}, ${value}, ${hasCursor ? at : 'NULL'})`,
              )
              .join(';'),
          )
          if (ticks[now]?.isSynced === true) await run()
        }
        await run()
        expect(await rowsOf('dw', target)).toEqual(await rowsOf('erp', 't'))
      }),
      { numRuns: 8 },
    )
  })
})

describe('what is gone from the source', () => {
  it.each([
    ['dw', ''],
    ['texts', '.csv'],
  ])('is deleted, kept or marked by a mirror in %s', async (target, ending) => {
    const mirror = (as: string): object => ({
      mode: 'mirror',
      target,
      deletes: { as },
      rename: { suffix: `_${as}${ending}` },
    })
    const ways = ['delete', 'keep', 'mark']
    change(`${ORDERS}; INSERT INTO orders VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30)`)
    for (const as of ways) await sync(mirror(as), { name: `${name}_${as}` })
    change(`DELETE FROM orders WHERE id = 1; UPDATE orders SET name = 'B' WHERE id = 2`)
    for (const as of ways) await sync(mirror(as), { name: `${name}_${as}` })
    expect(told.at(-1)?.tables[0]).toMatchObject({ written: '1', deleted: '1' })
    expect(await rowsOf(target, `orders_delete${ending}`)).toEqual(await rowsOf('erp', 'orders'))
    expect((await rowsOf(target, `orders_keep${ending}`, ['id', 'name'])).map((row) => row.join())).toEqual([
      '1,a',
      '2,B',
      '3,c',
    ])
    expect((await rowsOf(target, `orders_mark${ending}`, ['id', 'deleted_at'])).map(([, at]) => at === null)).toEqual([
      false,
      true,
      true,
    ])
    change(`INSERT INTO orders VALUES (1, 'back', 10)`)
    await sync(mirror('mark'), { name: `${name}_mark` })
    expect((await rowsOf(target, `orders_mark${ending}`, ['deleted_at'])).flat()).toEqual([null, null, null])
  })

  it.each(['full', 'incremental', 'mirror'])('may be told by a flag of its rows (%s)', async (mode) => {
    const settings = { mode, cursor: 'changed', deletes: { when: 'gone = 1 -- a flag' } }
    change(
      `CREATE TABLE t (id INTEGER PRIMARY KEY, gone INTEGER, changed INTEGER); INSERT INTO t VALUES (1, 0, 1), (2, NULL, 1), (3, 1, 1)`,
    )
    await sync(settings)
    expect((await rowsOf('dw', 't', ['id'])).flat()).toEqual(['1', '2'])
    change(`UPDATE t SET gone = 1, changed = 2 WHERE id = 1; UPDATE t SET gone = 0, changed = 2 WHERE id = 3`)
    await sync(settings)
    expect((await rowsOf('dw', 't', ['id'])).flat()).toEqual(['2', '3'])
  })
})

describe('a history', () => {
  it.each(['mirror', 'incremental'])('keeps every version of a row, the last of them current (%s)', async (mode) => {
    const settings = { mode, cursor: 'changed', history: { validFrom: 'since', validTo: 'until', isCurrent: 'is_now' } }
    change(`${ORDERS}; INSERT INTO orders VALUES (1, 'a', 1), (2, 'b', 1), (3, NULL, 1)`)
    await sync(settings)
    await sync(settings)
    change(
      `UPDATE orders SET name = 'A', changed = 2 WHERE id = 1; UPDATE orders SET name = 'C', changed = 2 WHERE id = 3; DELETE FROM orders WHERE id = 2`,
    )
    await sync(settings)
    const versions = await rowsOf('dw', 'orders', ['id', 'name', 'is_now'])
    expect(versions.map((row) => row.join())).toEqual([
      '1,A,true',
      '1,a,false',
      mode === 'mirror' ? '2,b,false' : '2,b,true',
      '3,C,true',
      '3,,false',
    ])
    const times = await rowsOf('dw', 'orders', ['id', 'since', 'until', 'is_now'])
    const [ended, begun] = times.filter(([key]) => key === '1')
    expect([ended?.[2], begun?.[2]]).toEqual([begun?.[1], null])
  })
})
