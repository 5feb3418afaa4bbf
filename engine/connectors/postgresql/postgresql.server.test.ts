import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { Secret } from '../../base/secret.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'
import { startProxy } from '../../testing/servers/proxy.ts'
import { createTestDatabase } from '../../testing/servers/test-database.ts'
import { materialise } from '../api/materialise.ts'
import type { Session } from '../api/session.ts'
import type { WriteRequest, Writer } from '../api/writer.ts'
import { postgresConfigSchema } from './config.ts'
import { postgresql } from './connector.ts'

const server = inject('postgres')
const database = await createTestDatabase(server)
afterAll(() => database[Symbol.asyncDispose]())
const { host, user } = server

const open = (port = server.port): Promise<Session> =>
  postgresql.open({
    name: 'pg',
    config: postgresConfigSchema.parse({ host, port, user, database: database.name, tls: { mode: 'disable' } }),
    baseDirectory: '/',
    secret: () => Promise.resolve(new Secret(server.password)),
  })

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'name', type: 'VARCHAR' },
]
const ROWS = sql`(SELECT range AS id, 'name ' || range AS name FROM range(200000))`

function write(session: Session, request: Partial<WriteRequest> & { duck: Duck; loadId: string }): Promise<Writer> {
  if (session.write === undefined) throw new Error('no writer')
  return session.write({ dataset: 'target', columns, mode: 'append', keys: [], options: {}, ddl: 'create', ...request })
}

const countOf = async (table: string): Promise<string | null | undefined> =>
  (await database.query(`SELECT count(*) FROM ${table}`))[0]?.[0]

const stages = async (): Promise<unknown[]> =>
  database.query(`SELECT relname FROM pg_class WHERE relname LIKE '\\_runnel\\_stage%' AND relkind = 'r'`)

beforeEach(() => database.query('DROP TABLE IF EXISTS target CASCADE; CREATE TABLE target (id bigint, name text)'))

describe('faults', () => {
  it('looks the outcome up when the reply to COMMIT is lost', async () => {
    await using proxy = await startProxy(server)
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open(proxy.port)
    await using writer = await write(session, { duck, loadId: 'lost-reply' })
    await writer.stage(ROWS)
    let isSent = false
    proxy.watch((direction, bytes) => {
      if (direction === 'toServer' && bytes.includes('COMMIT')) isSent = true
      if (direction === 'toClient' && isSent) {
        proxy.watch(undefined)
        return 'cut'
      }
      return 'pass'
    })
    expect(await writer.commit()).toMatchObject({ inserted: 200_000n })
    expect(isSent).toBe(true)
    expect(await countOf('target')).toBe('200000')
  })

  it('says that nothing was committed when COMMIT itself is lost', async () => {
    await using proxy = await startProxy(server)
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open(proxy.port)
    await using writer = await write(session, { duck, loadId: 'lost-commit' })
    await writer.stage(ROWS)
    proxy.watch((direction, bytes) => {
      if (direction === 'toClient' || !bytes.includes('COMMIT')) return 'pass'
      proxy.watch(undefined)
      return 'cut'
    })
    await expect(writer.commit()).rejects.toMatchObject({ code: 'source.unavailable' })
    expect(await countOf('target')).toBe('0')
  })

  it('shows nothing of a load that is cut in the middle of COPY, and the next attempt is whole', async () => {
    await using proxy = await startProxy(server)
    await using duck = await openDuck({ memoryLimitMb: 256 })
    {
      await using session = await open(proxy.port)
      await using writer = await write(session, { duck, loadId: 'cut' })
      let sent = 0
      proxy.watch((direction, bytes) => {
        if (direction === 'toServer') sent += bytes.length
        return sent > 1_000_000 ? 'cut' : 'pass'
      })
      const load = writer.stage(ROWS).then(() => writer.commit())
      await expect(load).rejects.toMatchObject({ code: 'source.unavailable' })
    }
    expect(await countOf('target')).toBe('0')
    await using session = await open()
    await using writer = await write(session, { duck, loadId: 'cut' })
    await writer.stage(ROWS)
    await writer.commit()
    expect(await countOf('target')).toBe('200000')
    expect(await stages()).toEqual([])
  })

  it('reports a backend that the server ends in the middle of a read', async () => {
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open()
    const options = { query: 'SELECT g AS id FROM generate_series(1, 1000000000) g' }
    await using reading = await session.read({ dataset: 'q', options, duck })
    const attempt = materialise(duck, reading, 'broken').catch((error: unknown) => error)
    const end =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'COPY%1000000000%' AND state = 'active'"
    await expect.poll(async () => (await database.query(end))[0]?.[0]).toBe('1')
    expect(await attempt).toMatchObject({ code: 'source.unavailable' })
  })

  it('cancels the statement on the server', async () => {
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open()
    const stop = new AbortController()
    const options = { query: 'SELECT pg_sleep(60)::text AS s' }
    await using reading = await session.read({ dataset: 'q', options, duck, signal: stop.signal })
    const attempt = materialise(duck, reading, 'slow').catch((error: unknown) => error)
    const running =
      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()"
    const count = async (): Promise<unknown> => (await database.query(running))[0]?.[0]
    await expect.poll(count).toBe('1')
    stop.abort()
    expect(await attempt).toMatchObject({ code: 'work.cancelled' })
    await expect.poll(count).toBe('0')
  })
})

describe('read', () => {
  it('reads a large table over several streams on one snapshot, each row once', async () => {
    await database.query("INSERT INTO target SELECT i, repeat('x', 200) FROM generate_series(1, 200000) i")
    await using duck = await openDuck({ memoryLimitMb: 512 })
    await using session = await open()
    await using reading = await session.read({ dataset: 'target', options: { streams: 2 }, duck })
    await database.query('DELETE FROM target WHERE id <= 1000')
    const { relation } = await materialise(duck, reading, 'big')
    const [row] = (await duck.rows(sql`SELECT count(*), count(DISTINCT id), sum(id) FROM ${relation}`)).rows
    expect(row).toEqual(['200000', '200000', '20000100000'])
    expect(reading.counts().rows).toBe(200_000n)
  })

  it.each(['pg-binary', 'pg-text'] as const)('passes bytes from table to table as %s', async (format) => {
    await database.query(
      "DROP TABLE IF EXISTS origin; CREATE TABLE origin AS SELECT i AS id, ('{' || i || '}')::int[] AS a, i::numeric(50,3) n, '1 day'::interval v, repeat('x', 200) t FROM generate_series(1, 200000) i",
    )
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open()
    await using bytes = await session.readBytes?.({ dataset: 'origin', options: {}, duck }, [format])
    if (bytes === undefined) throw new Error('no bytes')
    expect(bytes.streams).toHaveLength(2)
    const request = {
      duck,
      loadId: `bytes-${format}`,
      dataset: 'copy',
      columns: bytes.columns,
      mode: 'replace' as const,
    }
    await using writer = await write(session, request)
    expect(writer.byteFormats).toContain(format)
    const staged = await Promise.all(
      bytes.streams.map(async (stream) => (await writer.stageBytes?.(format, bytes.columns, stream())) ?? 0n),
    )
    expect(staged.reduce((sum, rows) => sum + rows, 0n)).toBe(200_000n)
    expect(bytes.counts().rows).toBe(200_000n)
    expect(await writer.commit()).toMatchObject({ inserted: 200_000n, targetRows: 200_000n })
    const differ = 'SELECT count(*) FROM (TABLE origin EXCEPT TABLE copy) d'
    expect((await database.query(differ))[0]?.[0]).toBe('0')
    await database.query('DROP TABLE copy')
  })

  it('takes exactly one SELECT as a query', async () => {
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open()
    const read = async (query: string): Promise<unknown> => {
      await using reading = await session.read({ dataset: 'q', options: { query }, duck })
      const { relation } = await materialise(duck, reading, 'q')
      return (await duck.rows(sql`SELECT * FROM ${relation}`)).rows
    }
    expect(await read('SELECT 1::smallint AS a, NULL::numeric(5,2) AS b -- end')).toEqual([[1, null]])
    for (const query of [
      'DROP TABLE target',
      'SELECT 1) q; DROP TABLE target; SELECT * FROM (SELECT 1',
      'WITH d AS (DELETE FROM target RETURNING *) SELECT * FROM d',
    ]) {
      await expect(read(query)).rejects.toMatchObject({ code: 'source.rejected' })
    }
    expect(await countOf('target')).toBe('0')
  })
})

describe('write', () => {
  it('finds keys that the target takes for one', async () => {
    await database.query(
      "CREATE COLLATION IF NOT EXISTS ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); DROP TABLE IF EXISTS folded; CREATE TABLE folded (id text COLLATE ci PRIMARY KEY)",
    )
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open()
    const keys = {
      dataset: 'folded',
      columns: [{ name: 'id', type: 'VARCHAR' }],
      mode: 'upsert' as const,
      keys: ['id'],
    }
    await using writer = await write(session, { duck, loadId: 'folded', ...keys })
    await writer.stage(sql`(SELECT unnest(['Ada', 'ADA', 'Bob']) AS id)`)
    await expect(writer.commit()).rejects.toMatchObject({ code: 'write.duplicate_key' })
    expect(await countOf('folded')).toBe('0')
  })

  it('names the constraint that refuses a row', async () => {
    await database.query('ALTER TABLE target ADD CONSTRAINT small CHECK (id < 5)')
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open()
    await using writer = await write(session, { duck, loadId: 'refused' })
    await writer.stage(ROWS)
    await expect(writer.commit()).rejects.toMatchObject({
      code: 'target.rejected',
      detail: { reason: expect.stringContaining('constraint small') },
    })
    expect(await countOf('target')).toBe('0')
  })

  it.each(['replace', 'truncate'] as const)(
    'swaps the stage in for a plain table on %s and keeps its definition',
    async (mode) => {
      await database.query(
        "ALTER TABLE target ADD CONSTRAINT mine PRIMARY KEY (id), ADD CONSTRAINT positive CHECK (id >= 0), ADD note text DEFAULT 'd'; CREATE UNIQUE INDEX by_name ON target (lower(name)); INSERT INTO target VALUES (9, 'old')",
      )
      const shape = async (): Promise<unknown> => [
        await database.query(
          "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'target'::regclass ORDER BY 1",
        ),
        await database.query("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'target' ORDER BY 1"),
        await database.query(
          "SELECT attname, pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = 'target'::regclass AND attnum > 0 ORDER BY attnum",
        ),
      ]
      const [before, oid] = [await shape(), await database.query("SELECT 'target'::regclass::oid")]
      await using duck = await openDuck({ memoryLimitMb: 256 })
      await using session = await open()
      await using writer = await write(session, { duck, loadId: `swap-${mode}`, mode })
      await writer.stage(ROWS)
      expect(await countOf('target')).toBe('1')
      expect((await writer.readBack()).columns.map(({ name }) => name)).toEqual(['id', 'name'])
      expect(await writer.commit()).toMatchObject({ inserted: 200_000n, targetRows: 200_000n })
      expect(await countOf("target WHERE note = 'd'")).toBe('200000')
      expect(await shape()).toEqual(before)
      expect(await database.query("SELECT 'target'::regclass::oid")).not.toEqual(oid)
      expect(await stages()).toEqual([])
    },
  )

  it('keeps grants, indexes and views of a table it replaces', async () => {
    await database.query(
      "INSERT INTO target VALUES (-1, 'old'); CREATE INDEX target_name ON target (name); GRANT SELECT ON target TO PUBLIC; CREATE VIEW target_view AS TABLE target",
    )
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open()
    await using writer = await write(session, { duck, loadId: 'replaced', mode: 'replace' })
    await writer.stage(ROWS)
    expect(await countOf('target_view')).toBe('1')
    await writer.commit()
    expect(await countOf('target_view')).toBe('200000')
    const kept = "SELECT relacl IS NOT NULL, relhasindex FROM pg_class WHERE relname = 'target'"
    expect(await database.query(kept)).toEqual([['t', 't']])
    await database.query('DROP VIEW target_view')
  })

  it('adds columns and takes nested values when the structure may be altered', async () => {
    await using duck = await openDuck({ memoryLimitMb: 256 })
    await using session = await open()
    const more = [
      ...columns,
      { name: 'tags', type: 'VARCHAR[]' },
      { name: 'at', type: 'INTERVAL' },
      { name: 'more', type: 'STRUCT(a INTEGER, b VARCHAR)' },
    ]
    await using writer = await write(session, { duck, loadId: 'altered', columns: more, ddl: 'alter' })
    expect(writer.plan.statements).toHaveLength(3)
    const values = sql`SELECT 1::BIGINT AS id, 'n' AS name, ['a"b', NULL, 'c\\'] AS tags, to_months(-14) + to_microseconds(-5) AS at, {'a': 1, 'b': 'x'} AS more`
    await writer.stage(sql`(${values})`)
    await writer.commit()
    expect(await database.query('SELECT array_to_json(tags), at, more FROM target')).toEqual([
      ['["a\\"b",null,"c\\\\"]', '-1 years -2 mons -00:00:00.000005', '{"a": 1, "b": "x"}'],
    ])
  })
})

it('shows what it would do and changes nothing', async () => {
  await using duck = await openDuck({ memoryLimitMb: 256 })
  await using session = await open()
  const plan = await session.planWrite?.({
    dataset: 'new_table',
    columns,
    mode: 'upsert',
    keys: ['id'],
    loadId: 'plan',
    options: {},
    ddl: 'create',
    duck,
  })
  expect(plan?.statements).toEqual(['CREATE TABLE "public"."new_table" ("id" bigint, "name" text, PRIMARY KEY ("id"))'])
  expect(await database.query("SELECT to_regclass('new_table')")).toEqual([[null]])
})
