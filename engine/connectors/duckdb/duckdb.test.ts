import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { type Sql, sql, trusted } from '../../sql/sql.ts'
import { drain } from '../../testing/conformance/rows.ts'
import { materialise } from '../api/materialise.ts'
import type { Session } from '../api/session.ts'
import type { WriteRequest } from '../api/writer.ts'
import { withFile } from './attachment.ts'
import { duckdb } from './connector.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)
let folder: string
let duck: Duck
let session: Session

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-duckdb-'))
  // As in a run: locked, with the folder of the file allowed.
  duck = await openDuck({ memoryLimitMb: 256, threads: 1, allowedDirectories: [folder] })
  session = await duckdb.open({ name: 'dw', config: { file: 'dw.duckdb' }, baseDirectory: folder, secret })
})
afterEach(async () => {
  await session[Symbol.asyncDispose]()
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function execute(...statements: string[]): Promise<void> {
  await using own = await openDuck({ path: join(folder, 'dw.duckdb'), memoryLimitMb: 256, threads: 1 })
  for (const statement of statements) await own.run(trusted(statement))
}

async function rows(dataset: string): Promise<unknown> {
  return (await drain(duck, await session.read({ dataset, options: {}, duck }))).rows
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

async function withChild(work: (child: ChildProcess) => Promise<void>): Promise<void> {
  const child = fork('engine/testing/conformance/killed-load.ts', ['duckdb', 'dw.duckdb', folder], {
    stdio: 'ignore',
    // What a killed process leaves goes with the test's folder.
    env: { ...process.env, TMPDIR: folder },
  })
  await once(child, 'message')
  await work(child).finally(() => child.kill('SIGKILL'))
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

describe('one file', () => {
  it('that another process has open is unavailable, and the process is named', async () => {
    await execute('CREATE TABLE t (a BIGINT)')
    await withChild(async (child) => {
      await expect(rows('t')).rejects.toMatchObject({
        code: 'source.unavailable',
        detail: { source: 'dw', reason: expect.stringContaining(`PID ${child.pid}`) },
      })
    })
  })

  it('after a killed load is as it was, and the next load clears up', async () => {
    await execute('CREATE TABLE t (a BIGINT)', 'INSERT INTO t VALUES (1)')
    await withChild(() => Promise.resolve())
    expect(await rows('t')).toEqual([['1']])
    await write(sql`SELECT 2::BIGINT AS a`, { mode: 'replace' })
    expect(await rows('t')).toEqual([['2']])
    await using own = await openDuck({ path: join(folder, 'dw.duckdb'), memoryLimitMb: 256, threads: 1 })
    const left = await own.rows(sql`SELECT table_name FROM duckdb_tables() ORDER BY 1`)
    expect(left.rows).toEqual([['_runnel_state'], ['t']])
  })

  it('may be source and target of one run', async () => {
    await execute('CREATE TABLE t (a BIGINT)', 'INSERT INTO t VALUES (1), (2)')
    await using reading = await session.read({ dataset: 't', options: {}, duck })
    await materialise(duck, reading, 'source_rows')
    await write(sql`SELECT a * 10 AS a FROM source_rows`, { dataset: 'copied' })
    expect(await rows('copied')).toEqual([['10'], ['20']])
    expect(await duck.value(sql`SELECT count(*) FROM source_rows`)).toBe('2')
  })

  it('is looked at by one after another: none loses its DuckDB to the end of another look', async () => {
    await execute('CREATE TABLE t (a BIGINT)')
    const seen: string[] = []
    const look = (name: string): Promise<void> =>
      withFile({ source: 'dw', path: join(folder, 'dw.duckdb') }, async (own) => {
        seen.push(`${name} begins`)
        await own.value(sql`SELECT count(*) FROM range(1_000_000)`)
        seen.push(`${name} ends`)
      })
    await Promise.all([look('first'), look('second')])
    expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  })

  it('is made when it is not there', async () => {
    await expect(session.list({})).rejects.toMatchObject({ code: 'source.unavailable' })
    await write(sql`SELECT 1::BIGINT AS a`, { dataset: 'mart.t' })
    expect(await session.list({})).toMatchObject([{ name: 'mart.t', kind: 'table' }])
    expect(await rows('mart.t')).toEqual([['1']])
  })

  it('that is no database is unavailable', async () => {
    await writeFile(join(folder, 'dw.duckdb'), 'id,name\n'.repeat(2_000))
    await expect(session.list({})).rejects.toMatchObject({ code: 'source.unavailable' })
  })
})

describe('structure', () => {
  it('adds and widens under alter, and loads in the same commit', async () => {
    await execute('CREATE TABLE t (a SMALLINT)', 'INSERT INTO t VALUES (1)')
    const relation = sql`SELECT 70000::INTEGER AS a, 'x' AS b`
    await expect(write(relation)).rejects.toMatchObject({ code: 'write.ddl_needed' })
    await write(relation, { ddl: 'alter' })
    expect(await rows('t')).toEqual([
      ['1', null],
      ['70000', 'x'],
    ])
  })

  it('takes values that fit a narrower column and refuses the load at one that does not', async () => {
    await execute('CREATE TABLE t (a SMALLINT)')
    await write(sql`SELECT 5::BIGINT AS a`)
    await expect(write(sql`SELECT 70000::BIGINT AS a`, { loadId: 'two' })).rejects.toMatchObject({
      code: 'target.rejected',
    })
    expect(await rows('t')).toEqual([['5']])
  })

  it('keeps constraints over replace, and a row that breaks one stops the load', async () => {
    await execute('CREATE TABLE t (a BIGINT PRIMARY KEY CHECK (a > 0))', 'INSERT INTO t VALUES (1)')
    await expect(write(sql`SELECT 0::BIGINT AS a`, { mode: 'replace' })).rejects.toMatchObject({
      code: 'target.rejected',
    })
    expect(await rows('t')).toEqual([['1']])
    await write(sql`SELECT 1::BIGINT AS a`, { mode: 'replace', loadId: 'two' })
    expect(await rows('t')).toEqual([['1']])
  })

  it('stores the state beside the rows', async () => {
    await write(sql`SELECT 1::BIGINT AS a`, { state: { offset: '42' } })
    await using own = await openDuck({ path: join(folder, 'dw.duckdb'), memoryLimitMb: 256, threads: 1 })
    const { rows: states } = await own.rows(sql`SELECT load_id, dataset, mode, state, inserted FROM _runnel_state`)
    expect(states).toEqual([['one', 't', 'append', '{"offset":"42"}', '1']])
  })
})
