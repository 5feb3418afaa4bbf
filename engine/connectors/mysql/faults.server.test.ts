import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { WriteMode } from '../../contract/write-mode.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, literal, sql, trusted } from '../../sql/sql.ts'
import { type MysqlSite, mysqlRequest, openMysqlSite } from '../../testing/mysql/mysql-site.ts'
import { openTcpProxy } from '../../testing/mysql/tcp-proxy.ts'
import type { Reading } from '../api/reading.ts'
import type { Session } from '../api/session.ts'
import type { WriteRequest, Writer } from '../api/writer.ts'
import { mysql } from './connector.ts'

const server = inject('mariadb')
const COLUMNS = [
  { name: 'id', type: 'BIGINT' },
  { name: 'v', type: 'VARCHAR' },
]
const ROWS = 300_000

let duck: Duck
beforeAll(async () => {
  duck = await openDuck({ memoryLimitMb: 512, threads: 1 })
  await duck.run(
    sql`CREATE TABLE rows_to_load AS SELECT i AS id, 'value ' || md5(i::VARCHAR) AS v FROM range(${literal(ROWS)}) r(i)`,
  )
})
afterAll(() => duck[Symbol.asyncDispose]())

const load = (
  session: Session,
  request: Partial<WriteRequest> & { mode: WriteMode; dataset: string },
): Promise<Writer> => {
  if (session.write === undefined) throw new Error('no writer')
  return session.write({ columns: COLUMNS, keys: [], loadId: 'one', options: {}, ddl: 'create', duck, ...request })
}

const consume = async (reading: Reading): Promise<number> => (await Array.fromAsync(reading.parts ?? [])).length

const seedOld = async (site: MysqlSite): Promise<string> => {
  await site.run(sql`CREATE TABLE t (id BIGINT PRIMARY KEY, v VARCHAR(100))`)
  await site.run(sql`INSERT INTO t VALUES (-1, 'old')`)
  return `${site.database}.t`
}

const counts = (site: MysqlSite): Promise<(string | null)[][]> =>
  site.run(sql`SELECT count(*), count(DISTINCT id) FROM t`)

describe('a line that breaks', () => {
  it.each(['append', 'replace', 'upsert'] as const)('while %s stages leaves the target as it was', async (mode) => {
    await using site = await openMysqlSite(server)
    const dataset = await seedOld(site)
    await using proxy = await openTcpProxy(server)
    await using session = await mysql.open(mysqlRequest({ ...server, port: proxy.port }, { database: site.database }))
    const keys = mode === 'upsert' ? ['id'] : []
    {
      await using writer = await load(session, { mode, dataset, keys })
      const staging = writer.stage(id('rows_to_load')).then(() => writer.commit())
      await expect.poll(() => proxy.sentBytes, { interval: 2 }).toBeGreaterThan(1_000_000)
      proxy.cut()
      await expect(staging).rejects.toMatchObject({ code: 'source.unavailable' })
    }
    expect(await counts(site)).toEqual([['1', '1']])
    await using again = await mysql.open(mysqlRequest(server, { database: site.database }))
    await using writer = await load(again, { mode, dataset, keys })
    expect(writer.committed).toBeUndefined()
    await writer.stage(id('rows_to_load'))
    await writer.commit()
    expect(await counts(site)).toEqual([
      [String(ROWS + (mode === 'replace' ? 0 : 1)), String(ROWS + (mode === 'replace' ? 0 : 1))],
    ])
    expect(await site.everything()).toEqual(['t'])
  })

  it.each([
    ['append', 'COMMIT'],
    ['replace', 'RENAME TABLE'],
    ['replace', 'UPDATE `runnel_test'],
  ] as const)('when %s sent %s: the outcome is looked up', async (mode, statement) => {
    await using site = await openMysqlSite(server)
    const dataset = await seedOld(site)
    await using proxy = await openTcpProxy(server)
    await using session = await mysql.open(mysqlRequest({ ...server, port: proxy.port }, { database: site.database }))
    await using writer = await load(session, { mode, dataset })
    await writer.stage(sql`FROM rows_to_load LIMIT 10`)
    proxy.loseReplyTo(statement)
    expect(await writer.commit()).toEqual({ inserted: 10n, updated: 0n, deleted: 0n })
    const expected = mode === 'append' ? '11' : '10'
    expect(await counts(site)).toEqual([[expected, expected]])
    await using second = await load(session, { mode, dataset })
    expect(second.committed).toEqual({ inserted: 10n, updated: 0n, deleted: 0n })
  })

  it('is noticed while reading although nothing says so', async () => {
    await using site = await openMysqlSite(server)
    await using proxy = await openTcpProxy(server)
    await using session = await mysql.open(mysqlRequest({ ...server, port: proxy.port }, { database: site.database }))
    await site.run(sql`CREATE TABLE big AS SELECT seq AS id, REPEAT('x', 1000) AS v FROM seq_1_to_100000`)
    await using reading = await session.read({ dataset: 'big', options: {}, duck })
    proxy.stall()
    await expect(consume(reading)).rejects.toMatchObject({ code: 'source.unavailable' })
  })
})

describe('a process that dies', () => {
  it('before the swap: the load is done again', async () => {
    await using site = await openMysqlSite(server)
    const dataset = await seedOld(site)
    await using session = await mysql.open(site.request)
    // What a killed process leaves: a noted swap whose stage still exists.
    const dead = await load(session, { mode: 'replace', dataset })
    const [stage = ''] = (await site.everything()).filter((name) => name.startsWith('_runnel_stage'))
    await site.run(
      sql`INSERT INTO _runnel_state (load_id, dataset, pending_stage) VALUES ('one', ${literal(dataset)}, ${literal(stage)})`,
    )
    await using writer = await load(session, { mode: 'replace', dataset })
    expect(writer.committed).toBeUndefined()
    await writer.stage(sql`FROM rows_to_load LIMIT 3`)
    await writer.commit()
    await dead[Symbol.asyncDispose]()
    expect(await counts(site)).toEqual([['3', '3']])
  })

  it('after the swap, before it is confirmed: the load is known to be committed', async () => {
    await using site = await openMysqlSite(server)
    const dataset = await seedOld(site)
    await using session = await mysql.open(site.request)
    {
      await using writer = await load(session, { mode: 'replace', dataset })
      await writer.stage(sql`FROM rows_to_load LIMIT 3`)
      await writer.commit()
    }
    await site.run(sql`UPDATE _runnel_state SET pending_stage = '_runnel_stage_gone'`)
    await using writer = await load(session, { mode: 'replace', dataset })
    expect(writer.committed?.inserted).toBe(3n)
  })
})

describe('cancel', () => {
  it('ends a query on the server', async () => {
    await using site = await openMysqlSite(server)
    await using session = await mysql.open(site.request)
    const stop = new AbortController()
    const options = { query: 'SELECT SLEEP(40) AS cancelled_here' }
    await using reading = await session.read({ dataset: 'q', options, duck, signal: stop.signal })
    const outcome = consume(reading).catch((error: unknown) => error)
    await expect.poll(() => site.running('cancelled_here')).toBe(1)
    stop.abort()
    expect(await outcome).toMatchObject({ code: 'work.cancelled' })
    await expect.poll(() => site.running('cancelled_here')).toBe(0)
  })

  it('ends a load and removes its stage', async () => {
    await using site = await openMysqlSite(server)
    const dataset = await seedOld(site)
    await using session = await mysql.open(site.request)
    const stop = new AbortController()
    {
      await using writer = await load(session, { mode: 'append', dataset, signal: stop.signal })
      const work = writer.stage(id('rows_to_load')).then(() => writer.commit())
      await expect.poll(() => site.running(`LOAD DATA%${site.database}`), { interval: 2 }).toBeGreaterThan(0)
      stop.abort()
      await expect(work).rejects.toMatchObject({ code: 'work.cancelled' })
    }
    expect(await site.everything()).toEqual(['t'])
    expect(await counts(site)).toEqual([['1', '1']])
  })
})

describe('values the target cannot hold', () => {
  it.each([
    ['TINYINT', "'1'::BIGINT", "'300'::BIGINT"],
    ['VARCHAR(3)', "'abc'", "'abcd'"],
    ['VARCHAR(9) CHARACTER SET latin1', "'é'", "'林'"],
    ['DATE', "DATE '2024-01-01'", "DATE '10000-01-01'"],
    ['DOUBLE', '1.5::DOUBLE', "'NaN'::DOUBLE"],
    ['DECIMAL(4,1)', '1.5::DECIMAL(4,1)', '1.55::DECIMAL(4,2)'],
    ["ENUM('a','b')", "'a'", "'c'"],
    ['INT NOT NULL', '1::INTEGER', 'NULL::INTEGER'],
    ['JSON', "'{}'::JSON", "'{'"],
    ['UUID', "'00000000-0000-0000-0000-000000000001'", "'x'"],
  ])('%s takes %s and refuses %s', async (type, good, bad) => {
    await using site = await openMysqlSite(server)
    await site.run(sql`CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v ${trusted(type)})`)
    await using session = await mysql.open(site.request)
    const attempt = async (value: string, loadId: string): Promise<bigint> => {
      const relation = sql`SELECT ${trusted(value)} AS v`
      const columns = await duck.columns(relation)
      await using writer = await load(session, { mode: 'append', dataset: 't', columns, loadId })
      await writer.stage(relation)
      return (await writer.commit()).inserted
    }
    await expect(attempt(bad, 'bad')).rejects.toMatchObject({ code: 'target.rejected' })
    expect(await counts(site)).toEqual([['0', '0']])
    expect(await attempt(good, 'good')).toBe(1n)
  })

  it('lists keys that the collation takes for one', async () => {
    await using site = await openMysqlSite(server)
    await site.run(sql`CREATE TABLE t (v VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY, id INT)`)
    await using session = await mysql.open(site.request)
    const relation = sql`FROM (VALUES (1::BIGINT, 'straße'), (2, 'Zoë'), (3, 'zoe'), (4, 'a')) AS x(id, v)`
    await using writer = await load(session, { mode: 'upsert', dataset: 't', keys: ['v'] })
    await writer.stage(relation)
    await expect(writer.commit()).rejects.toMatchObject({
      code: 'write.key_collision',
      detail: { examples: expect.stringMatching(/^(Zoë = zoe|zoe = Zoë)$/) },
    })
    expect(await counts(site)).toEqual([['0', '0']])
  })
})

describe('the writer', () => {
  it('keeps 0 in an auto-increment column and sees changes of case', async () => {
    await using site = await openMysqlSite(server)
    await site.run(sql`CREATE TABLE t (id BIGINT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20))`)
    await site.run(sql`INSERT INTO t VALUES (7, 'case')`)
    await using session = await mysql.open(site.request)
    await using writer = await load(session, { mode: 'upsert', dataset: 't', keys: ['id'] })
    await writer.stage(sql`FROM (VALUES (0::BIGINT, 'zero'), (7, 'Case')) AS x(id, v)`)
    expect(await writer.commit()).toEqual({ inserted: 1n, updated: 1n, deleted: 0n })
    expect(await site.run(sql`SELECT id, v FROM t ORDER BY id`)).toEqual([
      ['0', 'zero'],
      ['7', 'Case'],
    ])
  })

  it.each(['replace', 'append'] as const)('%s makes the table as a person edited it', async (mode) => {
    await using site = await openMysqlSite(server)
    await using session = await mysql.open(site.request)
    const ddlStatements = [`CREATE TABLE ${site.database}.t (v VARCHAR(50), id INT, extra INT DEFAULT 5)`]
    await using writer = await load(session, { mode, dataset: 't', ddlStatements })
    await writer.stage(sql`FROM rows_to_load LIMIT 2`)
    await writer.commit()
    expect(await site.run(sql`SELECT sum(extra), count(v) FROM t`)).toEqual([['10', '2']])
  })

  it('replaces the rows of a table that others hang on, not the table', async () => {
    await using site = await openMysqlSite(server)
    const dataset = await seedOld(site)
    await site.run(sql`CREATE TABLE child (id BIGINT PRIMARY KEY, t BIGINT, FOREIGN KEY (t) REFERENCES t (id))`)
    await site.run(sql`CREATE TRIGGER seen BEFORE INSERT ON t FOR EACH ROW SET NEW.v = UPPER(NEW.v)`)
    await using session = await mysql.open(site.request)
    await using writer = await load(session, { mode: 'replace', dataset })
    expect(writer.plan.warnings).toHaveLength(1)
    await writer.stage(sql`FROM (VALUES (1::BIGINT, 'new')) AS x(id, v)`)
    expect(await writer.commit()).toEqual({ inserted: 1n, updated: 0n, deleted: 0n })
    expect(await site.run(sql`SELECT id, v FROM t`)).toEqual([['1', 'NEW']])
    expect((await session.describe('child', {})).keys[1]?.references?.dataset).toBe(dataset)
    expect(await site.everything()).toEqual(['child', 't'])
  })

  it('of a process that was paused does not touch the load of the one that took over', async () => {
    await using site = await openMysqlSite(server)
    const dataset = await seedOld(site)
    await using session = await mysql.open(site.request)
    const paused = await load(session, { mode: 'append', dataset })
    await paused.stage(sql`FROM rows_to_load LIMIT 5`)
    await using next = await load(session, { mode: 'append', dataset })
    await next.stage(sql`FROM rows_to_load LIMIT 5`)
    await expect(paused.stage(sql`FROM rows_to_load LIMIT 5`).then(() => paused.commit())).rejects.toMatchObject({
      code: 'target.rejected',
    })
    await paused[Symbol.asyncDispose]()
    await next.commit()
    expect(await counts(site)).toEqual([['6', '6']])
  })

  it('adds and leaves out columns under alter, and keeps keys over a replace', async () => {
    await using site = await openMysqlSite(server)
    await site.run(sql`CREATE TABLE t (id BIGINT PRIMARY KEY, old INT NULL COMMENT 'kept')`)
    await using session = await mysql.open(site.request)
    const plan = await session.planWrite?.({
      columns: COLUMNS,
      keys: [],
      loadId: 'p',
      options: {},
      ddl: 'alter',
      duck,
      mode: 'replace',
      dataset: 't',
    })
    expect(plan?.statements).toEqual([`ALTER TABLE \`${site.database}\`.\`t\` ADD COLUMN \`v\` LONGTEXT NULL`])
    await using writer = await load(session, { mode: 'replace', dataset: 't', ddl: 'alter' })
    await writer.stage(sql`FROM rows_to_load LIMIT 2`)
    await writer.commit()
    const { keys, columns } = await session.describe('t', {})
    expect(keys).toEqual([{ name: 'PRIMARY', kind: 'primary', columns: ['id'] }])
    expect(columns.map(({ name, comment }) => [name, comment])).toEqual([
      ['id', undefined],
      ['old', 'kept'],
      ['v', undefined],
    ])
  })

  it("takes PostgreSQL's text as it comes, cut anywhere", async () => {
    await using site = await openMysqlSite(server)
    const bytes = Buffer.from('1\ta\\tb\\\\c\\f\\v\\b\\n\\r"x,\n2\t\\N\n3\t\n4\t\\\\f林\n')
    for (const size of [1, 2, 3, 7, 1_000]) {
      await using session = await mysql.open(site.request)
      await using writer = await load(session, { mode: 'replace', dataset: 't', loadId: `size${size}` })
      expect(writer.byteFormats).toEqual(['pg-text'])
      const chunks = async function* (): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      }
      expect(await writer.stageBytes?.('pg-text', COLUMNS, chunks())).toBe(4n)
      await writer.commit()
      expect(await site.run(sql`SELECT id, v FROM t ORDER BY id`)).toEqual([
        ['1', 'a\tb\\c\f\v\b\n\r"x,'],
        ['2', null],
        ['3', ''],
        ['4', '\\f林'],
      ])
    }
  })
})

describe('a query as source', () => {
  it.each([
    ['SELECT 1 AS a, 2 AS b -- the end', [['1', '2']]],
    ['SELECT max(id) AS a, concat(v) AS b FROM t;', [['-1', 'old']]],
    ['SELECT id AS a, v AS b FROM t WHERE id > 0', []],
  ])('%s', async (query, rows) => {
    await using site = await openMysqlSite(server)
    await seedOld(site)
    await using session = await mysql.open(site.request)
    await using reading = await session.read({ dataset: 'q', options: { query }, duck })
    const cells = []
    for await (const { relation } of reading.parts ?? []) {
      cells.push(...(await duck.rows(sql`SELECT a::VARCHAR, b::VARCHAR FROM (${relation})`)).rows)
    }
    expect(cells).toEqual(rows)
  })

  it.each([
    'DELETE FROM t',
    'SELECT 1) AS t; DELETE FROM t; SELECT * FROM (SELECT 1',
    "SELECT 1 AS a INTO OUTFILE '/tmp/x'",
    'SELECT 1 AS a FROM t FOR UPDATE; DROP TABLE t',
  ])('refuses %s', async (query) => {
    await using site = await openMysqlSite(server)
    await seedOld(site)
    await using session = await mysql.open(site.request)
    await expect(session.read({ dataset: 'q', options: { query }, duck })).rejects.toMatchObject({
      code: 'source.rejected',
    })
    expect(await counts(site)).toEqual([['1', '1']])
  })

  it('cannot write through a function', async () => {
    await using site = await openMysqlSite(server)
    await seedOld(site)
    await site.run(
      sql`CREATE FUNCTION ${id('sneak')}() RETURNS INT DETERMINISTIC MODIFIES SQL DATA BEGIN DELETE FROM t; RETURN 1; END`,
    )
    await using session = await mysql.open(site.request)
    const read = async (): Promise<void> => {
      await using reading = await session.read({ dataset: 'q', options: { query: 'SELECT sneak() AS a' }, duck })
      await consume(reading)
    }
    await expect(read()).rejects.toMatchObject({ code: 'source.rejected' })
    expect(await counts(site)).toEqual([['1', '1']])
  })
})
