import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { Secret } from '../base/secret.ts'
import { materialise } from '../connectors/api/materialise.ts'
import type { Session } from '../connectors/api/session.ts'
import { mysql } from '../connectors/mysql/connector.ts'
import { postgresConfigSchema } from '../connectors/postgresql/config.ts'
import { postgresql } from '../connectors/postgresql/connector.ts'
import type { SyncStatus } from '../contract/sync.ts'
import { syncFileSchema } from '../contract/sync-file.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { id, join as list, sql, trusted } from '../sql/sql.ts'
import { openStore } from '../store/open-store.ts'
import { openMysqlSite } from '../testing/mysql/mysql-site.ts'
import { createTestDatabase } from '../testing/servers/test-database.ts'
import type { SyncPorts, SyncRequest } from './ports.ts'
import { runSync } from './run-sync.ts'

const TABLES = ['orders', 'lines', 'loose']

/** A database at either end. */
interface End extends AsyncDisposable {
  readonly kind: string
  /** Before the names of tables. */
  readonly schema: string
  open(): Promise<Session>
  run(...statements: string[]): Promise<(string | null)[][]>
  /** Makes the tables, and fills them. */
  readonly seed: readonly string[]
  /** Something that a writer does over and over: every kind of change. */
  change(i: number): string[]
}

async function postgresEnd(): Promise<End> {
  const server = inject('postgres')
  const database = await createTestDatabase(server)
  const { host, port, user } = server
  return {
    kind: 'postgresql',
    schema: 'public',
    open: () =>
      postgresql.open({
        name: 'pg',
        config: postgresConfigSchema.parse({ host, port, user, database: database.name, tls: { mode: 'disable' } }),
        baseDirectory: '/',
        secret: () => Promise.resolve(new Secret(server.password)),
      }),
    run: async (...statements) => database.query(statements.join(';')),
    seed: [
      'CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount numeric(12,2), placed timestamptz, isPaid boolean, note bytea, tags text[])',
      'CREATE TABLE lines ("order" bigint, n varchar(20), "what?" jsonb, price double precision, PRIMARY KEY ("order", n))',
      'CREATE TABLE loose (v text, n real)',
      'ALTER TABLE loose REPLICA IDENTITY FULL',
      `INSERT INTO orders SELECT i, E'c\\t' || i % 7, i * 1.25, timestamptz '2026-01-01 00:00:00.123456+00' + i * interval '1 min', i % 3 = 0, decode(to_hex(i), 'escape'), ARRAY['a"', NULL] FROM generate_series(1, 2500) i`,
      `INSERT INTO lines SELECT i / 3, 'N' || i % 3, jsonb_build_object('汇', i), i / 7.0 FROM generate_series(1, 2000) i`,
      `INSERT INTO loose SELECT 'same', 0.1 FROM generate_series(1, 3)`,
    ],
    change: (i) => [
      `INSERT INTO orders VALUES (${(i * 37) % 3_000}, E'new\\\\ ${i}', ${i}, now(), true, '\\x00ff', '{x,NULL}') ON CONFLICT (id) DO UPDATE SET amount = excluded.amount, note = excluded.note`,
      `DELETE FROM orders WHERE id = ${(i * 91) % 3_000}`,
      `UPDATE lines SET price = ${i} / 3.0, n = n || 'x' WHERE "order" = ${i % 600} AND length(n) < 15`,
      `UPDATE orders SET id = ${100_000 + i} WHERE id = ${i % 50}`,
      `INSERT INTO loose VALUES ('w', ${i % 3})`,
      `DELETE FROM loose WHERE ctid = (SELECT min(ctid) FROM loose WHERE n = ${(i + 1) % 3})`,
    ],
    async [Symbol.asyncDispose]() {
      const slots =
        'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database() AND NOT active'
      await database.query(slots)
      await database[Symbol.asyncDispose]()
    },
  }
}

async function mariadbEnd(): Promise<End> {
  const site = await openMysqlSite(inject('mariadb'))
  return {
    kind: 'mysql',
    schema: site.database,
    open: () => mysql.open(site.request),
    run: async (...statements) => {
      let rows: (string | null)[][] = []
      for (const statement of statements) rows = await site.run(trusted(statement))
      return rows
    },
    seed: [
      "CREATE TABLE orders (id bigint unsigned PRIMARY KEY, customer varchar(40) CHARACTER SET gbk, amount decimal(12,2), placed timestamp(6) NULL, kind enum('a','汇'), note blob, document json, clock time(3), day date, at datetime(6))",
      'CREATE TABLE `lines` (`order` bigint, n varchar(20), `what?` longtext, price double, PRIMARY KEY (`order`, n))',
      'CREATE TABLE loose (v text, n float)',
      `INSERT INTO orders SELECT seq, CONCAT('客户\\t', seq % 7), seq * 1.25, '2026-01-01 00:00:00.123456' + INTERVAL seq MINUTE, IF(seq % 2, 'a', '汇'), UNHEX(HEX(seq)), JSON_OBJECT('n', seq), '-12:30:00.5', '2024-02-29', '9999-12-31 23:59:59.999999' FROM seq_1_to_2500`,
      "INSERT INTO `lines` SELECT seq DIV 3, CONCAT('N', seq % 3), CONCAT('tab\\t\"q\" \\\\ ', seq), seq / 7 FROM seq_1_to_2000",
      "INSERT INTO loose SELECT 'same', 0.1 FROM seq_1_to_3",
    ],
    change: (i) => [
      'BEGIN',
      `INSERT INTO orders VALUES (${(i * 37) % 3_000}, '新 ${i}', ${i}, '2026-03-01', '汇', x'00ff', '[]', NULL, NULL, '2026-01-01') ON DUPLICATE KEY UPDATE amount = ${i}, note = x'5c00'`,
      `DELETE FROM orders WHERE id = ${(i * 91) % 3_000}`,
      'COMMIT',
      `UPDATE \`lines\` SET price = ${i} / 3.0, n = CONCAT(n, 'x') WHERE \`order\` = ${i % 600} AND length(n) < 15`,
      `UPDATE orders SET id = ${100_000 + i} WHERE id = ${i % 50}`,
      `INSERT INTO loose VALUES ('w', ${i % 3})`,
      `DELETE FROM loose WHERE n = ${(i + 1) % 3} LIMIT 1`,
    ],
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  }
}

const folder = await mkdtemp(join(tmpdir(), 'runnel-mariadb-sync-'))
const store = openStore(join(folder, 'state.sqlite'))
const duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
afterAll(async () => {
  await duck[Symbol.asyncDispose]()
  store[Symbol.dispose]()
  await rm(folder, { recursive: true })
})

describe.each([
  ['PostgreSQL', 'MariaDB', postgresEnd, mariadbEnd],
  ['MariaDB', 'PostgreSQL', mariadbEnd, postgresEnd],
  ['MariaDB', 'MariaDB', mariadbEnd, mariadbEnd],
])('%s to %s', (from, to, openSource, openTarget) => {
  it('is equal by key and content after changes under way, stops and new starts', async () => {
    await using source = await openSource()
    await using target = await openTarget()
    await source.run(...source.seed)
    const told: SyncStatus[] = []
    let isStopped = false
    const stop = new AbortController()
    const ports: SyncPorts = {
      openSession: (connection) => (connection === 's' ? source.open() : target.open()),
      kindOf: (connection) => (connection === 's' ? source.kind : target.kind),
      openDuck: () => openDuck({ memoryLimitMb: 256, spillParent: folder }),
      tables: {
        ...store.syncTables,
        put: (of, table) => {
          store.syncTables.put(of, table)
          // Once in the middle of a table.
          if (!isStopped && table.bound !== undefined) stop.abort()
          isStopped ||= table.bound !== undefined
        },
      },
      tell: (status) => told.push(status),
    }
    const file = syncFileSchema.parse({ version: 1, source: 's', target: 't', chunkRows: 1_000 })
    const sync = (more: Partial<SyncRequest> = {}): Promise<void> =>
      runSync(ports, {
        name: `${from}-${to}`.toLowerCase(),
        file,
        untilCaughtUp: true,
        signal: new AbortController().signal,
        ...more,
      })
    const writing = new AbortController()
    let written = 0
    const writer = (async () => {
      for (; !writing.signal.aborted; written++) await source.run(...source.change(written))
    })()
    await using ending = new AsyncDisposableStack()
    ending.defer(() => {
      writing.abort()
      return writer
    })
    await sync({ signal: stop.signal })
    expect(stop.signal.aborted).toBe(true)
    await sync()
    // Followed while it is written, stopped in the midst of it, and gone on with.
    for (let i = 0; i < 3; i++) {
      const leaving = new AbortController()
      const before = written
      const running = sync({ untilCaughtUp: false, signal: leaving.signal })
      await expect.poll(() => told.at(-1)?.state === 'streaming' && written > before + 5).toBe(true)
      leaving.abort()
      await running
    }
    writing.abort()
    await writer
    expect(written).toBeGreaterThan(15)
    await source.run('TRUNCATE TABLE loose', `INSERT INTO loose VALUES ('again', 0.5), ('again', 0.5)`)
    await sync()
    for (const table of TABLES) await expectSame(source, target, table)
  })
})

/** Every value of the target, in the source's type, is that of the source. */
async function expectSame(source: End, target: End, table: string): Promise<void> {
  const expected = await load(source, table, 'expected')
  const found = await load(target, table, 'found')
  const columns = expected.map(({ name }) => name)
  expect(found.map(({ name }) => name)).toEqual(columns)
  const typed = expected.map(({ name, type }) => sql`${canonical(name, type, found)} AS ${id(name)}`)
  const own = expected.map(({ name, type }) => sql`${canonical(name, type, expected)} AS ${id(name)}`)
  const [left, right] = [sql`SELECT ${list(own)} FROM expected`, sql`SELECT ${list(typed)} FROM found`]
  const { rows } = await duck.rows(
    sql`SELECT 'lost', * FROM (${left} EXCEPT ALL ${right}) UNION ALL SELECT 'alien', * FROM (${right} EXCEPT ALL ${left}) LIMIT 5`,
  )
  const count = await duck.value(sql`SELECT count(*) FROM expected`)
  await duck.run(sql`DROP TABLE expected`)
  await duck.run(sql`DROP TABLE found`)
  expect([table, rows]).toEqual([table, []])
  expect(Number(count)).toBeGreaterThan(1)
}

type Columns = readonly { readonly name: string; readonly type: string }[]

function canonical(name: string, type: string, columns: Columns) {
  const found = columns.find((column) => column.name === name)
  // Lists became JSON.
  if (type.endsWith('[]')) return sql`to_json(${id(name)})::JSON::VARCHAR`
  return sql`CAST(${found?.type === type ? id(name) : sql`${id(name)}::VARCHAR`} AS ${trusted(type)})`
}

async function load(end: End, table: string, as: 'expected' | 'found'): Promise<Columns> {
  await using session = await end.open()
  await using reading = await session.read({ dataset: `${end.schema}.${table}`, options: {}, duck: duckOf() })
  await materialise(duckOf(), reading, as)
  return reading.columns.map(({ name, type }) => ({ name, type }))
}

function duckOf(): Duck {
  return duck
}
