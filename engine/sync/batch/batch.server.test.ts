import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { Secret } from '../../base/secret.ts'
import { mysql } from '../../connectors/mysql/connector.ts'
import { postgresConfigSchema } from '../../connectors/postgresql/config.ts'
import { postgresql } from '../../connectors/postgresql/connector.ts'
import type { SyncStatus } from '../../contract/sync.ts'
import { syncFileSchema } from '../../contract/sync-file.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { trusted } from '../../sql/sql.ts'
import { openStore } from '../../store/open-store.ts'
import { openMysqlSite } from '../../testing/mysql/mysql-site.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/servers/test-database.ts'
import type { SyncPorts } from '../ports.ts'
import { runSync } from '../run-sync.ts'

const server = inject('postgres')
const [erp, dw] = [await createTestDatabase(server), await createTestDatabase(server)]
const shop = await openMysqlSite(inject('mariadb'))
const folder = await mkdtemp(join(tmpdir(), 'runnel-batch-'))
const store = openStore(join(folder, 'state.sqlite'))
let serial = 0
let name: string
let told: SyncStatus[]

const ports: SyncPorts = {
  openSession: (connection, signal) => {
    if (connection === 'shop') return mysql.open({ ...shop.request, signal })
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
  kindOf: (connection) => (connection === 'shop' ? 'mysql' : 'postgresql'),
  openDuck: () => openDuck({ memoryLimitMb: 256, threads: 1, spillParent: folder }),
  tables: store.syncTables,
  tell: (status) => told.push(status),
}

afterAll(async () => {
  store[Symbol.dispose]()
  await rm(folder, { recursive: true })
  for (const database of [erp, dw, shop]) await database[Symbol.asyncDispose]()
})
beforeEach(async () => {
  name = `b${serial++}`
  told = []
  await erp.query(`
    DROP SCHEMA public CASCADE; CREATE SCHEMA public;
    CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount numeric(12,2), changed timestamptz);
    CREATE TABLE lines ("order" bigint, n int, price numeric(30,10), PRIMARY KEY ("order", n));
    CREATE TABLE loose (v text, n int);
    INSERT INTO orders SELECT i, E'tab\\t汇渠 ' || i % 7, i * 1.25, timestamptz '2026-01-01 00:00:00.123456+00' + i * interval '1 min' FROM generate_series(1, 4500) i;
    INSERT INTO lines SELECT i / 3 + 1, i % 3, i / 7.0 FROM generate_series(1, 2500) i;
    INSERT INTO loose SELECT 'same', 1 FROM generate_series(1, 3);
    ALTER TABLE lines ADD FOREIGN KEY ("order") REFERENCES orders (id);
    ALTER TABLE loose ADD FOREIGN KEY (n) REFERENCES orders (id);
    ALTER TABLE lines ADD UNIQUE (price, n); CREATE INDEX ON orders (amount, changed); CREATE INDEX ON orders (customer);
    CREATE INDEX lowered ON orders (lower(customer));
    COMMENT ON TABLE orders IS 'All ''orders'''; COMMENT ON COLUMN orders.amount IS 'in 元'`)
  await dw.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
})

function sync(settings: object, more: { signal?: AbortSignal; ports?: SyncPorts } = {}): Promise<void> {
  const file = syncFileSchema.parse({ version: 1, source: 'erp', target: 'dw', chunkRows: 1_000, ...settings })
  const { signal = new AbortController().signal } = more
  return runSync(more.ports ?? ports, { name, file, signal, untilCaughtUp: true })
}

const TABLES = ['orders', 'lines', 'loose']

async function content(database: TestDatabase, table: string): Promise<unknown> {
  return [table, ...(await database.query(`SELECT * FROM ${table} ORDER BY 1, 2`)).map((row) => row.join('|'))]
}

async function expectEqual(): Promise<void> {
  for (const table of TABLES) expect(await content(dw, table)).toEqual(await content(erp, table))
}

describe('a full copy', () => {
  it('goes on behind the last piece, several at once, and shows how far it is', async () => {
    const stop = new AbortController()
    const stopping: SyncPorts = {
      ...ports,
      tables: {
        ...store.syncTables,
        putLoad: (of, dataset, load) => {
          store.syncTables.putLoad(of, dataset, load)
          if (dataset === 'public.orders' && load.chunks?.[1]?.rows !== undefined) stop.abort()
        },
      },
    }
    await sync({ mode: 'full', parallel: { tables: 1, chunks: 2 } }, { signal: stop.signal, ports: stopping })
    expect(told.findLast(({ tables }) => tables.some(({ chunks }) => chunks !== undefined))?.tables).toContainEqual(
      expect.objectContaining({ dataset: 'public.orders', chunks: { done: 2, all: 5 }, copiedRows: '2000' }),
    )
    await erp.query('UPDATE orders SET amount = 0 WHERE id = 4000')
    await sync({ mode: 'full' })
    await expectEqual()
    const loads = await dw.query(`SELECT count(*) FROM _runnel_state WHERE dataset LIKE '%orders%' AND inserted > 0`)
    expect(loads).toEqual([['3']])
    expect(told.at(-1)?.tables.map(({ dataset, copiedRows }) => [dataset, copiedRows])).toEqual([
      ['public.lines', '2500'],
      ['public.loose', '3'],
      ['public.orders', '4500'],
    ])
    await erp.query('DELETE FROM lines; DELETE FROM orders WHERE id > 100')
    await sync({ mode: 'full' })
    await expectEqual()
  })
})

describe('what a table has beside its rows', () => {
  const described = `SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype IN ('p', 'u', 'f') AND connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_runnel_state'
    UNION ALL SELECT regexp_replace(pg_get_indexdef(indexrelid), ' INDEX \\S+', '') FROM pg_index WHERE indrelid IN ('orders'::regclass, 'lines'::regclass)
    UNION ALL SELECT description FROM pg_description WHERE objoid IN ('orders'::regclass, 'lines'::regclass) ORDER BY 1`

  it('is carried over once the rows are in; what is not is told', async () => {
    await sync({ mode: 'mirror', overrides: [{ tables: ['loose'], mode: 'full' }] })
    const notCarried = (dataset: string): unknown =>
      told.at(-1)?.tables.find((table) => table.dataset === dataset)?.notCarried
    expect(notCarried('public.orders')).toEqual(['index lowered: it is over more than plain columns'])
    const ofLoose = /FOREIGN KEY \(n\)|lower\(/
    const expected = (await erp.query(described)).flat().filter((text) => !ofLoose.test(text ?? ''))
    expect((await dw.query(described)).flat()).toEqual(expected)
    // The key refers to what is deleted: children go first although parents come first.
    await erp.query(`DELETE FROM lines WHERE "order" = 7; UPDATE loose SET n = 2; DELETE FROM orders WHERE id = 7;
      INSERT INTO orders VALUES (7000); INSERT INTO lines VALUES (7000, 1, -1)`)
    await sync({ mode: 'mirror', overrides: [{ tables: ['loose'], mode: 'full' }] })
    await expectEqual()
  })
})

describe('the result of a query', () => {
  it('is kept up by the range of its cursor', async () => {
    const query = {
      name: 'recent',
      mode: 'incremental',
      cursor: 'changed',
      keys: ['id'],
      from: '2026-01-04',
      query: `SELECT id, changed, $since::timestamptz AS since FROM orders WHERE changed >= $since AND changed < $until`,
    }
    const settings = { mode: 'full', tables: { include: ['none'] }, queries: [query] }
    await sync(settings)
    const since = `SELECT count(*), since = '2026-01-04 00:00+00' FROM recent GROUP BY 2 ORDER BY 1`
    expect(await dw.query(since)).toEqual([['181', 't']])
    await erp.query(
      `INSERT INTO orders VALUES (5000, 'new', 1, '2026-01-05 00:00+00'), (5001, 'ahead', 1, now() + interval '1 day')`,
    )
    await sync(settings)
    // The row of the last cursor is read again: there may be more of it.
    expect(await dw.query(since)).toEqual([
      ['2', 'f'],
      ['180', 't'],
    ])
    await expect(sync({ ...settings, queries: [{ ...query, from: undefined }] })).rejects.toMatchObject({
      code: 'sync.query_unbound',
    })
  })
})

describe('PostgreSQL and MariaDB', () => {
  it('keep each other up by cursor and by comparison, in pieces', async () => {
    await sync({
      mode: 'incremental',
      cursor: 'changed',
      lookBack: '5m',
      target: 'shop',
      overrides: [{ tables: ['lines', 'loose'], mode: 'full' }],
    })
    await erp.query(`
      INSERT INTO orders SELECT 9000 + i, 'new', i, changed FROM orders, generate_series(1, 2) i WHERE id = 4500;
      UPDATE orders SET customer = 'late', changed = changed + interval '3119 min' WHERE id = 1378;
      INSERT INTO orders VALUES (9999, 'no cursor', NULL, NULL)`)
    await sync({
      mode: 'incremental',
      cursor: 'changed',
      lookBack: '5m',
      target: 'shop',
      overrides: [{ tables: ['lines', 'loose'], mode: 'full' }],
    })
    expect(told.at(-1)?.tables.find(({ dataset }) => dataset === 'public.orders')).toMatchObject({
      copiedRows: '4500',
      nullCursors: '1',
      written: '4',
      notCarried: ['index lowered: it is over more than plain columns', expect.stringMatching(/^comment of amount: /)],
    })
    expect((await shop.run(trusted('SHOW CREATE TABLE orders')))[0]?.[1]).toMatch(
      /PRIMARY KEY \(`id`\)[^]*KEY `orders_amount_changed` \(`amount`,`changed`\)[^]*COMMENT='All ''orders'''/,
    )
    name = `b${serial++}`
    await sync({ mode: 'mirror', source: 'shop', target: 'dw', overrides: [{ tables: ['loose'], mode: 'full' }] })
    await expectEqual()
    await shop.run(trusted(`DELETE FROM orders WHERE id BETWEEN 10 AND 19`))
    await shop.run(trusted(`UPDATE \`lines\` SET price = -\`order\` WHERE n = 0 AND \`order\` < 6`))
    await sync({ mode: 'mirror', source: 'shop', target: 'dw', overrides: [{ tables: ['loose'], mode: 'full' }] })
    expect(told.at(-1)?.tables.map(({ written, deleted }) => [written, deleted])).toEqual([
      ['4', '0'],
      ['0', '0'],
      ['0', '10'],
    ])
    name = `b${serial++}`
    await dw.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    await sync({ mode: 'full', source: 'shop', target: 'dw' })
    const rows = 'SELECT id, customer, amount FROM orders ORDER BY id'
    expect(await dw.query(rows)).toEqual(await shop.run(trusted(rows)))
  })
})
