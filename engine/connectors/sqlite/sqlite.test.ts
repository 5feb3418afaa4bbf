import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LOCATOR_COLUMN } from '../../contract/column.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { drain, type RowsRead } from '../../testing/conformance/rows.ts'
import type { Session } from '../api/session.ts'
import type { WriteRequest } from '../api/writer.ts'
import { sqlite } from './connector.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)
let folder: string
let duck: Duck
let session: Session

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-sqlite-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  session = await sqlite.open({ name: 'erp', config: { file: 'erp.db' }, baseDirectory: folder, secret })
})
afterEach(async () => {
  await session[Symbol.asyncDispose]()
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

function execute(statements: string): void {
  const database = new Database(join(folder, 'erp.db'))
  database.exec(statements)
  database.close()
}

function valueOf(query: string): unknown {
  const database = new Database(join(folder, 'erp.db'))
  const value = database.prepare(query).safeIntegers().pluck().get()
  database.close()
  return value
}

async function read(dataset: string, withLocator = false): Promise<RowsRead> {
  return drain(duck, await session.read({ dataset, options: {}, duck, withLocator }))
}

async function write(relation: Sql, change: Partial<WriteRequest> = {}): Promise<unknown> {
  if (session.write === undefined) throw new Error('no writer')
  const columns = await duck.columns(relation)
  const request = {
    dataset: 't',
    columns,
    mode: 'append',
    keys: [],
    loadId: 'one',
    options: {},
    ddl: 'create',
    duck,
  } as const
  await using writer = await session.write({ ...request, ...change })
  await writer.stage(relation)
  return await writer.commit()
}

describe('storage', () => {
  it('that changes after the rows looked at rejects just those rows, each with its key', async () => {
    execute('CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, note TEXT)')
    execute(
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3000) INSERT INTO t SELECT x, x, 'a' FROM c",
    )
    execute("UPDATE t SET n = 'many' WHERE id = 2000; UPDATE t SET note = x'ff' WHERE id = 2500")
    const found = await read('t')
    expect(found.rows).toHaveLength(2_998)
    expect(found.counts).toMatchObject({ rows: 3_000n, rejected: 2n })
    expect(found.rejects.map((reject) => reject.slice(0, 5))).toEqual([
      ['sqlite.storage_class', 'n', "'many'", 'the stored value is not carried as BIGINT', '{"id":2000}'],
      ['sqlite.storage_class', 'note', "X'FF'", 'the stored value is not carried as VARCHAR', '{"id":2500}'],
    ])
  })

  it('that is no text says where it stands', async () => {
    execute("CREATE TABLE t (v TEXT); INSERT INTO t VALUES ('a'), ('b' || char(0)), (CAST(x'ff' AS TEXT))")
    const found = await read('t')
    expect(found.rows).toEqual([['a']])
    expect(found.rejects.map(([rule, , , , locator]) => [rule, locator])).toEqual([
      ['sqlite.encoding', 't:3'],
      ['sqlite.nul', 't:2'],
    ])
  })

  it('of both numbers and text is carried as text', async () => {
    execute("CREATE TABLE t (v); INSERT INTO t VALUES (1), ('1'), (1.5), (NULL), ('a')")
    const found = await read('t')
    expect(found.columns).toMatchObject([{ type: 'VARCHAR', fidelity: { kind: 'widening' } }])
    expect(found.rows).toEqual([['1'], ['1'], ['1.5'], ['a'], [null]])
  })

  it('of integers in a REAL column is exact up to 2^53 and rejected beyond', async () => {
    execute('CREATE TABLE t (v); INSERT INTO t VALUES (0.5), (9007199254740992), (9007199254740993)')
    expect(await read('t')).toMatchObject({ rows: [['0.5'], ['9007199254740992.0']], counts: { rejected: 1n } })
  })

  it('in UTF-16 is read the same', async () => {
    execute("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (v TEXT, b BLOB); INSERT INTO t VALUES ('汇\"渠', x'00ff')")
    expect((await read('t')).rows).toEqual([['汇"渠', '\\x00\\xFF']])
  })

  it('of one column of NULLs keeps its rows', async () => {
    execute('CREATE TABLE t (v TEXT); INSERT INTO t VALUES (NULL), (NULL)')
    expect((await read('t')).rows).toEqual([[null], [null]])
  })
})

describe('tables', () => {
  it('WITHOUT ROWID, with generated columns, and views are read and located', async () => {
    execute(`CREATE TABLE t (code TEXT PRIMARY KEY, n INT, twice INT GENERATED ALWAYS AS (n * 2), half REAL AS (n / 2.0) STORED) WITHOUT ROWID;
      INSERT INTO t VALUES ('a', 1), ('b', 3); CREATE VIEW v AS SELECT n + 1 AS m, count(*) AS c FROM t GROUP BY n`)
    expect((await read('t', true)).rows).toEqual([
      ['a', '1', '2', '0.5', '{"code":"a"}'],
      ['b', '3', '6', '1.5', '{"code":"b"}'],
    ])
    const view = await read('v', true)
    expect(view.columns.map(({ name }) => name)).toEqual(['m', 'c', LOCATOR_COLUMN])
    expect(view.rows).toEqual([
      ['2', '1', 'v:1'],
      ['4', '1', 'v:2'],
    ])
  })

  it('are read as of one moment while others write', async () => {
    execute('PRAGMA journal_mode = WAL; CREATE TABLE t (v INTEGER); INSERT INTO t VALUES (1)')
    const reading = await session.read({ dataset: 't', options: {}, duck })
    execute('INSERT INTO t VALUES (2)')
    expect((await drain(duck, reading)).rows).toEqual([['1']])
  })
})

describe('writing', () => {
  it.each([
    ['NaN', sql`SELECT 'NaN'::DOUBLE AS v`],
    ['NUL', sql`SELECT 'a' || chr(0) AS v`],
  ])('refuses %s, which SQLite would change', async (_case, relation) => {
    await expect(write(relation)).rejects.toMatchObject({ code: 'target.rejected' })
    expect(valueOf("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%stage%' OR name = 't'")).toBe(0n)
  })

  it('keeps every digit of long decimals and big integers', async () => {
    const relation = sql`SELECT 18446744073709551615::UBIGINT AS u, 1234567890123456789.0123456789::DECIMAL(38,10) AS d, (-9223372036854775807 - 1)::BIGINT AS b, '-Infinity'::DOUBLE AS r`
    await write(relation)
    expect((await read('t')).rows).toEqual([
      ['18446744073709551615', '1234567890123456789.0123456789', '-9223372036854775808', '-inf'],
    ])
  })

  it('refuses text into a column that would turn it into a number', async () => {
    execute('CREATE TABLE t (code NUMERIC)')
    await expect(write(sql`SELECT '007' AS code`)).rejects.toMatchObject({ code: 'type.unsupported' })
  })

  it('adds columns under alter only, and stores the state in the same transaction', async () => {
    execute('CREATE TABLE t (a INTEGER)')
    const relation = sql`SELECT 1::BIGINT AS a, 'x' AS b`
    await expect(write(relation)).rejects.toMatchObject({ code: 'write.ddl_needed' })
    await write(relation, { ddl: 'alter', state: { offset: '42' } })
    expect((await read('t')).rows).toEqual([['1', 'x']])
    expect(valueOf('SELECT state FROM _runnel_state')).toBe('{"offset":"42"}')
  })

  it('takes a constraint that fails as the failure of the load, nothing changed', async () => {
    execute('CREATE TABLE t (a INTEGER CHECK (a < 3)); INSERT INTO t VALUES (1)')
    await expect(write(sql`SELECT range AS a FROM range(5)`, { mode: 'truncate' })).rejects.toMatchObject({
      code: 'target.rejected',
    })
    expect((await read('t')).rows).toEqual([['1']])
  })

  it('moves a unique value from one row to another', async () => {
    execute("CREATE TABLE t (id INTEGER PRIMARY KEY, mail TEXT UNIQUE); INSERT INTO t VALUES (1, 'a'), (2, 'b')")
    const outcome = await write(sql`SELECT * FROM (VALUES (2::BIGINT, 'c'), (3, 'a')) AS v(id, mail)`, {
      mode: 'mirror',
      keys: ['id'],
    })
    expect(outcome).toEqual({ inserted: 1n, updated: 1n, deleted: 1n, targetRows: 2n })
  })

  it('killed while it stages leaves the target as it was and nothing for long', async () => {
    execute('CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)')
    const child = fork('engine/testing/conformance/killed-load.ts', ['sqlite', 'erp.db', folder], {
      stdio: 'ignore',
      // What a killed process leaves goes with the test's folder.
      env: { ...process.env, TMPDIR: folder },
    })
    await once(child, 'message')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await read('t')).rows).toEqual([['1']])
    expect(valueOf("SELECT count(*) FROM sqlite_schema WHERE name LIKE '_runnel_stage%'")).toBe(1n)
    await write(sql`SELECT 2::BIGINT AS a`, { mode: 'replace', loadId: 'two' })
    expect((await read('t')).rows).toEqual([['2']])
    expect(valueOf("SELECT count(*) FROM sqlite_schema WHERE name LIKE '_runnel_stage%'")).toBe(0n)
  })
})
