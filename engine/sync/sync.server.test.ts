import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { Secret } from '../base/secret.ts'
import { postgresConfigSchema } from '../connectors/postgresql/config.ts'
import { postgresql } from '../connectors/postgresql/connector.ts'
import type { SyncStatus } from '../contract/sync.ts'
import { syncFileSchema } from '../contract/sync-file.ts'
import { openDuck } from '../duck/open-duck.ts'
import { openStore } from '../store/open-store.ts'
import { createTestDatabase, type TestDatabase } from '../testing/servers/test-database.ts'
import type { SyncPorts, SyncRequest } from './ports.ts'
import { runSync } from './run-sync.ts'

const server = inject('postgres')
const [erp, dw] = [await createTestDatabase(server), await createTestDatabase(server)]
const folder = await mkdtemp(join(tmpdir(), 'runnel-sync-'))
const store = openStore(join(folder, 'state.sqlite'))
let serial = 0
let name: string
let told: SyncStatus[]

const ports: SyncPorts = {
  openSession: (connection, signal) => {
    const { host, port, user } = server
    const database = connection === 'erp' ? erp.name : dw.name
    return postgresql.open({
      name: connection,
      config: postgresConfigSchema.parse({ host, port, user, database, tls: { mode: 'disable' } }),
      baseDirectory: '/',
      secret: () => Promise.resolve(new Secret(server.password)),
      signal,
    })
  },
  kindOf: () => 'postgresql',
  openDuck: () => openDuck({ memoryLimitMb: 256, spillParent: folder }),
  tables: store.syncTables,
  tell: (status) => told.push(status),
}

afterAll(async () => {
  await runSync(ports, request({ resync: 'all', untilCaughtUp: true })).catch(() => undefined)
  store[Symbol.dispose]()
  await rm(folder, { recursive: true })
  for (const database of [erp, dw]) {
    await database.query(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database() AND NOT active`,
    )
    await database[Symbol.asyncDispose]()
  }
})

beforeEach(async () => {
  name = `s${serial++}`
  told = []
  await erp.query(
    `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database() AND NOT active`,
  )
  await erp.query(`
    DROP SCHEMA public CASCADE; CREATE SCHEMA public;
    CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount numeric(12,2), placed timestamptz);
    CREATE TABLE lines ("order" bigint, n int, "what?" text, price numeric(30,10), PRIMARY KEY ("order", n));
    CREATE TABLE loose (v text, n int);
    ALTER TABLE loose REPLICA IDENTITY FULL;
    INSERT INTO orders SELECT i, 'customer ' || i % 7, i * 1.25, timestamptz '2026-01-01 00:00:00.123456+00' + i * interval '1 min' FROM generate_series(1, 2500) i;
    INSERT INTO lines SELECT i / 3, i % 3, E'tab\\there "quoted" 汇渠 ' || i, i / 7.0 FROM generate_series(1, 3000) i;
    INSERT INTO loose SELECT 'same', 1 FROM generate_series(1, 3)`)
  await dw.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
})

function request(more: Partial<SyncRequest> & { file?: never; settings?: object } = {}): SyncRequest {
  const { settings, ...rest } = more
  const file = syncFileSchema.parse({ version: 1, source: 'erp', target: 'dw', chunkRows: 1_000, ...settings })
  return { name, file, signal: new AbortController().signal, ...rest }
}

const sync = (more: Parameters<typeof request>[0] = {}): Promise<void> =>
  runSync(ports, request({ untilCaughtUp: true, ...more }))

/** Rows and a hash over all of them, whatever their order. */
async function content(database: TestDatabase, table: string): Promise<unknown> {
  return database.query(
    `SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint::numeric), 0) FROM ${table} t`,
  )
}

async function expectEqual(...tables: string[]): Promise<void> {
  for (const table of tables) expect([table, await content(dw, table)]).toEqual([table, await content(erp, table)])
}

describe('a sync', () => {
  it('copies in pieces, then applies what changed, and goes on where it stopped', async () => {
    await sync()
    await expectEqual('orders', 'lines', 'loose')
    expect(told.map(({ state }) => state).filter((state, i, all) => state !== all[i - 1])).toEqual([
      'preparing',
      'copying',
      'catching_up',
      'streaming',
      'stopped',
    ])
    await erp.query(`
      UPDATE orders SET amount = -1 WHERE id % 10 = 0; DELETE FROM orders WHERE id % 7 = 0; INSERT INTO orders VALUES (9999, NULL, NULL, NULL);
      UPDATE lines SET n = n + 10 WHERE "order" < 50; DELETE FROM loose WHERE ctid = '(0,1)'; INSERT INTO loose VALUES ('other', NULL)`)
    await sync()
    await expectEqual('orders', 'lines', 'loose')
    await erp.query('TRUNCATE orders; INSERT INTO orders SELECT i FROM generate_series(1, 5) i')
    await sync()
    await expectEqual('orders', 'lines', 'loose')
  })

  it('loses nothing that changes while it copies', async () => {
    const writing = new AbortController()
    let written = 0
    const writer = (async () => {
      while (!writing.signal.aborted) {
        const id = Math.ceil(Math.random() * 3_000)
        await erp.query(
          `INSERT INTO orders VALUES (${id}, 'new', ${written}) ON CONFLICT (id) DO UPDATE SET amount = excluded.amount;
           DELETE FROM orders WHERE id = ${Math.ceil(Math.random() * 3_000)};
           UPDATE lines SET price = ${written} WHERE "order" = ${id % 1000};
           UPDATE orders SET id = ${100_000 + written} WHERE id = ${id % 50};
           INSERT INTO loose VALUES ('w', ${written % 3}); UPDATE loose SET n = n + 1 WHERE ctid = (SELECT min(ctid) FROM loose)`,
        )
        written++
      }
    })()
    await sync({ settings: { chunkRows: 1_000 } })
    writing.abort()
    await writer
    expect(written).toBeGreaterThan(5)
    await sync()
    await expectEqual('orders', 'lines', 'loose')
  })

  it('follows until it is stopped, within half a second', async () => {
    const stop = new AbortController()
    const running = runSync(ports, request({ signal: stop.signal }))
    await expect.poll(() => told.at(-1)?.state).toBe('streaming')
    await erp.query(`UPDATE orders SET customer = 'now' WHERE id = 1`)
    await expect.poll(async () => (await dw.query('SELECT customer FROM orders WHERE id = 1'))[0]?.[0]).toBe('now')
    stop.abort()
    await running
    expect(told.at(-1)?.state).toBe('stopped')
    expect(told.findLast(({ latencyMs }) => latencyMs !== undefined)?.transactions).not.toBe('0')
  })

  it('goes on behind the last piece when it is stopped while it copies', async () => {
    const stop = new AbortController()
    const stopping: SyncPorts = {
      ...ports,
      tables: {
        ...store.syncTables,
        put: (of, table) => {
          store.syncTables.put(of, table)
          if (table.dataset === 'public.orders' && table.bound !== undefined) stop.abort()
        },
      },
    }
    await runSync(stopping, request({ signal: stop.signal }))
    expect(store.syncTables.list(name).find(({ dataset }) => dataset === 'public.orders')).toMatchObject({
      state: 'copying',
      copiedRows: 1_000n,
      bound: ['1000'],
    })
    await erp.query(`DELETE FROM orders WHERE id = 500; UPDATE orders SET amount = 0 WHERE id = 900`)
    await sync()
    await expectEqual('orders', 'lines', 'loose')
  })
})

describe('changes of structure', () => {
  it('are applied: a column more, a wider type, a column less', async () => {
    await sync()
    await erp.query(`ALTER TABLE orders ADD note text; INSERT INTO orders VALUES (9001, 'x', 1, NULL, 'noted')`)
    await erp.query(`ALTER TABLE lines ALTER n TYPE bigint; INSERT INTO lines VALUES (9001, 5000000000, 'wide', 1)`)
    await sync()
    await expectEqual('orders', 'lines')
    await erp.query(`ALTER TABLE orders DROP customer; UPDATE orders SET amount = 5 WHERE id = 9001`)
    await sync()
    expect(await dw.query('SELECT customer, amount, note FROM orders WHERE id = 9001')).toEqual([
      ['x', '5.00', 'noted'],
    ])
  })

  it('are waited before when the policy says so, and nothing is lost once it is changed', async () => {
    await sync()
    await erp.query(
      `UPDATE orders SET amount = 1 WHERE id = 1; ALTER TABLE orders ADD note text; UPDATE orders SET note = 'n' WHERE id = 2`,
    )
    await expect(sync({ settings: { structure: { add: 'pause' } } })).rejects.toMatchObject({
      code: 'sync.structure_changed',
      detail: { changes: ['+ note VARCHAR'] },
    })
    expect(told.at(-1)?.state).toBe('paused')
    await sync()
    await expectEqual('orders')
  })

  it('may be ignored: the new column stays out, and its rows come', async () => {
    await sync()
    await erp.query(`ALTER TABLE orders ADD note text; INSERT INTO orders VALUES (9001, 'x', 1, NULL, 'noted')`)
    await sync({ settings: { structure: { add: 'ignore' } } })
    expect(await dw.query('SELECT * FROM orders WHERE id = 9001')).toEqual([['9001', 'x', '1.00', null]])
  })
})

describe('what a sync refuses', () => {
  it('is to overwrite a table that holds rows', async () => {
    await dw.query(
      `CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount numeric(12,2), placed timestamptz); INSERT INTO orders VALUES (-1)`,
    )
    await expect(sync()).rejects.toMatchObject({ code: 'sync.target_not_empty', detail: { dataset: 'orders' } })
    expect(await dw.query('SELECT id FROM orders')).toEqual([['-1']])
    await sync({ settings: { existing: 'replace' } })
    await expectEqual('orders')
  })

  it('is to go on over a gap; a resync mends it', async () => {
    await sync()
    await erp.query(`SELECT pg_drop_replication_slot('runnel_${name}'); DELETE FROM orders WHERE id < 100`)
    await expect(sync()).rejects.toMatchObject({ code: 'changes.gap' })
    await expect(sync()).rejects.toMatchObject({ code: 'changes.gap' })
    await sync({ resync: 'all' })
    await expectEqual('orders', 'lines', 'loose')
  })

  it('is a row of which it knows only a part; a resync of the table mends it', async () => {
    await erp.query(
      `ALTER TABLE orders ALTER customer SET STORAGE EXTERNAL; UPDATE orders SET customer = repeat('x', 20000) WHERE id = 1`,
    )
    await sync()
    await dw.query('DELETE FROM orders WHERE id = 1')
    await erp.query('UPDATE orders SET amount = 3 WHERE id = 1')
    await expect(sync()).rejects.toMatchObject({ code: 'sync.rows_missing', detail: { dataset: 'orders', rows: '1' } })
    await sync({ resync: ['public.orders'] })
    await expectEqual('orders')
  })
})
