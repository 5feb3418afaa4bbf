import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDuck } from '../../../duck/open-duck.ts'
import { literal, sql } from '../../../sql/sql.ts'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'
import { quoted, tablesNamed, typedAt } from './complete.ts'
import { SourcePool } from './source-pool.ts'
import { parseStatement } from './statement.ts'

let host: TestEngine

beforeAll(async () => {
  host = await openTestEngine({
    'data/orders.csv': '编号,customer,amount\n1,7,2.50\n2,8,1.00\n3,7,4.25\n',
    'data/people.ndjson': '{"id":7,"name":"李雷"}\n{"id":8,"name":"O\'Hara"}\n',
    'connections/汇总.yaml': 'version: 1\nkind: text\nsettings: { folder: data }\n',
  })
  await using duck = await openDuck()
  const path = await host.write('data/days.parquet', '')
  await duck.run(sql`COPY (SELECT range AS day FROM range(10)) TO ${literal(path)} (FORMAT parquet)`)
  await using store = await openDuck({ path: `${host.directory}/data/store.duckdb` })
  await store.run(sql`CREATE SCHEMA sales`)
  await store.run(sql`CREATE TABLE sales.targets AS SELECT 7 AS customer, 100 AS target`)
})
afterAll(() => host[Symbol.asyncDispose]())

async function rowsOf(text: string, offline = false): Promise<unknown[][]> {
  const { cursor } = await host.engine.sql.run({ sql: text, offline })
  for (;;) {
    const { rows, isReading } = await host.engine.data.rows({ cursor, offset: 0, limit: 100 })
    if (isReading) continue
    await host.engine.data.close({ cursor })
    return rows
  }
}

describe('run', () => {
  it.each([
    ['a file', 'SELECT CAST(sum(amount) AS DECIMAL(9,2)) FROM files."orders.csv"', [['7.75']]],
    ['a table in a schema', 'SELECT target FROM store.sales.targets', [[100]]],
    [
      'several systems',
      'SELECT p.name, CAST(sum(o.amount) AS DECIMAL(9,2)) AS total FROM files."orders.csv" o JOIN notes."people.ndjson" p ON p.id = o.customer GROUP BY ALL ORDER BY total DESC;',
      [
        ['李雷', '6.75'],
        ["O'Hara", '1.00'],
      ],
    ],
    ['a Chinese connection', 'SELECT max(编号) FROM 汇总."orders.csv"', [['3']]],
    ['a common table expression', 'WITH o AS (SELECT * FROM files."orders.csv") SELECT count(*) FROM o', [['3']]],
    ['FROM alone', 'FROM lake."days.parquet" LIMIT 1 -- the first', [['0']]],
    ['a subquery', 'SELECT (SELECT max(day) FROM lake."days.parquet") AS m', [['9']]],
    ['two columns of one name', 'SELECT 1 AS a, 2 AS A, 3 AS a', [[1, 2, 3]]],
    ['nothing', 'VALUES (1, NULL)', [[1, null]]],
  ])('reads %s', async (_case, text, rows) => {
    expect(await rowsOf(text)).toEqual(rows)
  })

  it.each([
    ['DESCRIBE', 'DESCRIBE lake."days.parquet"'],
    ['SUMMARIZE', 'SUMMARIZE lake."days.parquet"'],
  ])('answers %s', async (_case, text) => {
    expect((await rowsOf(text))[0]?.slice(0, 2)).toEqual(['day', 'BIGINT'])
  })

  it.each([
    ['a change', 'DROP TABLE files."orders.csv"', 'query.not_read_only'],
    ['a write', "COPY (SELECT 1) TO 'x.csv'", 'query.not_read_only'],
    ['a setting', 'SET enable_external_access = true', 'query.not_read_only'],
    ['an attachment', "ATTACH 'x.duckdb'", 'query.not_read_only'],
    ['two statements', 'SELECT 1; SELECT 2', 'query.not_read_only'],
    ['no statement', '-- nothing', 'query.not_read_only'],
    ['a file of the machine', "SELECT * FROM read_text('/etc/passwd')", 'sql.invalid'],
    ['a file named like a table', "FROM '/etc/passwd'", 'query.dataset_unknown'],
    ['the internet', "SELECT * FROM read_csv('https://example.com/a.csv')", 'sql.invalid'],
    ['an unknown connection', 'SELECT * FROM filez."orders.csv"', 'query.dataset_unknown'],
    ['an unknown dataset', 'SELECT * FROM files."order.csv"', 'source.dataset_missing'],
    ['wrong syntax', 'SELEC 1', 'sql.invalid'],
    ['an unknown column', 'SELECT nope FROM files."orders.csv"', 'sql.invalid'],
    ['a value that cannot be', "SELECT CAST('x' AS INTEGER)", 'sql.invalid'],
    ['what has no snapshot', 'SELECT * FROM files."orders.csv"', 'run.snapshot_missing'],
  ])('refuses %s', async (what, text, code) => {
    expect(await codeOf(host.engine.sql.run({ sql: text, offline: what === 'what has no snapshot' }))).toBe(code)
  })

  it('says what DuckDB says of the statement, not of what was made of it', async () => {
    await expect(host.engine.sql.run({ sql: 'SELECT nope FROM files."orders.csv"' })).rejects.toMatchObject({
      data: { detail: { reason: expect.stringMatching(/^Binder Error: [^\n]*nope(?:(?!LINE)[\s\S])*$/) } },
    })
  })

  it('reads snapshots when offline', async () => {
    await host.engine.snapshots.take({ dataset: 'notes:people.ndjson' })
    expect(await rowsOf('SELECT count(*) FROM notes."people.ndjson"', true)).toEqual([['2']])
  })

  it('remembers what was run, each statement once, newest first', async () => {
    await rowsOf('SELECT 41 AS remembered')
    await codeOf(host.engine.sql.run({ sql: 'SELECT 42 AS remembered FROM nowhere' }))
    await rowsOf('SELECT 41 AS remembered')
    const history = await host.engine.sql.history({ search: 'REMEMBERED' })
    expect(history.map(({ sql: text, outcome }) => [text, outcome])).toEqual([
      ['SELECT 41 AS remembered', 'ok'],
      ['SELECT 42 AS remembered FROM nowhere', 'failed'],
    ])
  })

  it('explains', async () => {
    const { text } = await host.engine.sql.explain({ sql: 'SELECT day FROM lake."days.parquet" WHERE day > 3' })
    expect(text).toContain('READ_PARQUET')
  })
})

describe('datasets that were read', () => {
  const LINES = 'id\n1\n2\n'

  it('are kept for the next statement, but not when a file changed', async () => {
    await host.write('data/again.csv', LINES)
    const text = 'SELECT count(*) FROM files."again.csv"'
    expect(await rowsOf(text)).toEqual([['2']])
    expect(await rowsOf(`${text} WHERE id = 1`)).toEqual([['1']])
    await host.write('data/again.csv', `${LINES}3\n`)
    expect(await rowsOf(text)).toEqual([['3']])
  })

  it('are shared, and close when nobody needs them and others come', async () => {
    const closed: string[] = []
    const opened = (name: string) => async () => ({ name, [Symbol.asyncDispose]: async () => void closed.push(name) })
    const pool = new SourcePool<Awaited<ReturnType<ReturnType<typeof opened>>>>()
    const first = await pool.share('a', opened('first'))
    const second = await pool.share('a', opened('never'))
    expect([first.value.name, second.value.name]).toEqual(['first', 'first'])
    await first[Symbol.asyncDispose]()
    await pool.share('b', opened('other'))
    expect(closed).toEqual([])
    await second[Symbol.asyncDispose]()
    await pool.share('c', opened('third'))
    expect(closed).toEqual(['first'])
    await expect(pool.share('d', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect((await pool.share('d', opened('after'))).value.name).toBe('after')
    await pool[Symbol.asyncDispose]()
    expect(closed.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['after', 'first', 'other', 'third'])
  })
})

describe('check', () => {
  it.each([
    ['nothing', 'SELECT 编号 FROM files."orders.csv"', undefined],
    ['an empty text', '  ', undefined],
    ['wrong syntax', 'SELECT * FRM x', 'x'],
    ['an unknown column after Chinese text', 'SELECT 编号, nope FROM files."orders.csv"', 'nope'],
    ['an unknown dataset', 'SELECT * FROM files."none.csv"', 'files'],
    ['a wrong type', 'SELECT 编号 + \'x\' FROM files."orders.csv"', undefined],
  ])('marks %s', async (_case, text, marked) => {
    const { problems } = await host.engine.sql.check({ sql: text })
    expect(problems.map(({ start, end }) => text.slice(start, end).split('.')[0])).toEqual(
      marked === undefined ? [] : [marked],
    )
  })

  it('says which columns there would be', async () => {
    const { columns } = await host.engine.sql.check({ sql: 'SELECT customer AS c FROM files."orders.csv"' })
    expect(columns).toEqual([{ name: 'c', type: 'BIGINT' }])
  })
})

describe('complete', () => {
  it.each([
    ['connections after FROM', 'SELECT * FROM fi|', 'files', 'connection'],
    ['datasets after a connection', 'SELECT * FROM files.|', '"orders.csv"', 'dataset'],
    ['datasets in quotes', 'SELECT * FROM files."ord|', '"orders.csv"', 'dataset'],
    ['schemas', 'SELECT * FROM store.|', 'sales', 'schema'],
    ['tables of a schema', 'SELECT * FROM store.sales.t|', 'targets', 'dataset'],
    ['columns of an alias', 'SELECT o.cu| FROM files."orders.csv" o', 'customer', 'column'],
    ['columns in any clause', 'SELECT * FROM files."orders.csv" WHERE amo|', 'amount', 'column'],
    ['Chinese columns', 'SELECT 编| FROM files."orders.csv"', '编号', 'column'],
    ['functions', 'SELECT coales|', 'coalesce', 'function'],
    ['keywords', 'SELECT * FROM lake."days.parquet" WHE|', 'WHERE', 'keyword'],
  ])('offers %s', async (_case, marked, insert, kind) => {
    const offset = marked.indexOf('|')
    const found = await host.engine.sql.complete({ sql: marked.replace('|', ''), offset })
    const offered = found.find((one) => one.insert.toLowerCase() === insert.toLowerCase())
    expect(offered?.kind === kind || kind === 'function').toBe(true)
    expect(offered).toBeDefined()
  })

  it('is quiet when a system does not answer', async () => {
    await host.write('connections/away.yaml', 'version: 1\nkind: text\nsettings: { folder: nowhere }\n')
    expect(await host.engine.sql.complete({ sql: 'SELECT * FROM away.', offset: 19 })).toEqual([])
  })

  it.each([
    ['a word', 'SELECT na', { word: 'na', start: 7, path: [], wantsTable: false }],
    ['a table', 'SELECT * FROM ', { word: '', start: 14, path: [], wantsTable: true }],
    ['a second table', 'SELECT * FROM a.b, ', { word: '', start: 19, path: [], wantsTable: true }],
    [
      'a path',
      'FROM erp . "Big Schema" . ta',
      { word: 'ta', start: 26, path: ['erp', 'Big Schema'], wantsTable: true },
    ],
    ['half a quoted name', 'FROM files."a b', { word: 'a b', start: 11, path: ['files'], wantsTable: true }],
  ])('knows what is typed: %s', (_case, text, typed) => {
    expect(typedAt(text, text.length)).toEqual(typed)
  })

  it('finds tables in half a statement', () => {
    expect(tablesNamed('SELECT * FROM a."x.csv" AS t JOIN b.c.d ON t. WHERE')).toEqual([
      { path: ['a', 'x.csv'], alias: 't' },
      { path: ['b', 'c', 'd'] },
    ])
  })

  it.each([
    ['plain', 'plain'],
    ['订单', '订单'],
    ['Upper', '"Upper"'],
    ['a b', '"a b"'],
    ['a"b', '"a""b"'],
    ['1st', '"1st"'],
  ])('writes %s as %s', (name, text) => {
    expect(quoted(name)).toBe(text)
  })
})

it('finds tables wherever a statement names them, but not its own expressions', async () => {
  await using duck = await openDuck()
  const text =
    'WITH a AS (SELECT * FROM x.y) SELECT * FROM a, u.v.w WHERE id IN (SELECT 编号 FROM 表."a;b") /* ; */ ; -- end'
  const statement = await parseStatement(duck, text)
  expect(
    statement.tables.map(({ catalog, schema, table, start }) => [catalog, schema, table, text.slice(start, start + 1)]),
  ).toEqual([
    ['', 'x', 'y', 'x'],
    ['u', 'v', 'w', 'u'],
    ['', '表', 'a;b', '表'],
  ])
  expect(statement.text.trimEnd()).toBe(text.slice(0, text.indexOf('; -- end')).trimEnd())
})
