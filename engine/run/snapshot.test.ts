import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../connectors/api/session.ts'
import { sqlite } from '../connectors/sqlite/connector.ts'
import type { Duck } from '../duck/duck.ts'
import { openDuck } from '../duck/open-duck.ts'
import { literal, sql } from '../sql/sql.ts'
import { findSnapshot, listSnapshots, type SnapshotRequest, takeSnapshot } from './snapshot.ts'
import { sha256OfFile } from './snapshot-file.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)

let folder: string
let directory: string
let duck: Duck
let session: Session

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-snapshot-'))
  directory = join(folder, 'snapshots')
  duck = await openDuck({ memoryLimitMb: 256, threads: 1, allowedDirectories: [folder] })
  session = await sqlite.open({ name: 'erp', config: { file: 'erp.db' }, baseDirectory: folder, secret })
  await makeOrders()
})
afterEach(async () => {
  await session[Symbol.asyncDispose]()
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** 1,000 orders, of which ten hold a day that does not exist. */
async function makeOrders(): Promise<void> {
  const rows = sql`SELECT range + 1 AS id, ((range + 1) / 4)::DECIMAL(10,2) AS amount, if(range % 100 = 99, '2024-02-30', '2024-01-01') AS day FROM range(1000)`
  await using writer = await session.write?.({
    dataset: 'orders',
    columns: await duck.columns(rows),
    mode: 'append',
    keys: [],
    loadId: 'orders',
    options: {},
    ddl: 'create',
    ddlStatements: ['CREATE TABLE orders (id INTEGER PRIMARY KEY, amount DECIMAL(10,2), day DATE)'],
    duck,
  })
  await writer?.stage(rows)
  await writer?.commit()
}

function take(change: Partial<SnapshotRequest> = {}): ReturnType<typeof takeSnapshot> {
  return takeSnapshot({
    session,
    dataset: 'erp:orders',
    options: {},
    scope: { kind: 'all' },
    directory,
    duck,
    ...change,
  })
}

async function idsOf(file: string): Promise<unknown[]> {
  const path = literal(join(directory, file))
  return (await duck.rows(sql`SELECT id FROM read_parquet(${path})`)).rows.map(([id]) => Number(id))
}

describe('takeSnapshot', () => {
  it.each<[string, Partial<SnapshotRequest>, string]>([
    ['all rows', {}, '990'],
    ['the first rows', { scope: { kind: 'first', rows: 10 } }, '10'],
    ['a sample', { scope: { kind: 'sample', rows: 10, seed: 1 }, where: 'id > 0' }, '10'],
    ['rows under a condition', { where: 'id % 2 = 0' }, '490'],
    ['the first under a condition', { where: 'id > 500', scope: { kind: 'first', rows: 7 } }, '7'],
    ['none', { where: 'false' }, '0'],
    ['a condition that ends in a comment', { where: 'id = 1 -- one' }, '1'],
  ])('takes %s', async (_case, change, rows) => {
    const manifest = await take(change)
    expect(manifest.rows).toBe(rows)
    expect(await idsOf(manifest.file)).toHaveLength(Number(rows))
    expect(manifest.columns.map(({ type }) => type)).toEqual(['BIGINT', 'DECIMAL(10,2)', 'DATE'])
    expect(manifest.sha256).toBe(await sha256OfFile(join(directory, manifest.file)))
    expect(await readdir(duck.spillDirectory)).toEqual([])
  })

  it('counts the rows that could not be read', async () => {
    expect(await take()).toMatchObject({ rows: '990', rejects: '10' })
  })

  it('takes the same sample again', async () => {
    const scope = { kind: 'sample', rows: 20, seed: 7 } as const
    const samples = [await take({ scope }), await take({ scope }), await take({ scope: { ...scope, seed: 8 } })]
    const [first, again, other] = [
      await idsOf(samples[0]!.file),
      await idsOf(samples[1]!.file),
      await idsOf(samples[2]!.file),
    ]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it.each(['1 = 1); DROP TABLE x; --', 'id >', 'true) UNION ALL (SELECT 1', '1; SELECT 2'])(
    'refuses %s',
    async (where) => {
      await expect(take({ where })).rejects.toMatchObject({ code: 'sql.invalid' })
      expect(await listSnapshots(directory)).toEqual([])
    },
  )

  it('leaves nothing when cancelled', async () => {
    await expect(take({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'work.cancelled' })
    expect(await readdir(directory)).toEqual([])
  })
})

describe('findSnapshot', () => {
  it('gives the newest of the dataset', async () => {
    await take({ scope: { kind: 'first', rows: 1 } })
    const second = await take({ scope: { kind: 'first', rows: 2 } })
    await writeFile(join(directory, 'stray.json'), '{"version": 9}')
    expect((await listSnapshots(directory)).map(({ rows }) => rows)).toEqual(['2', '1'])
    const found = await findSnapshot(directory, { connection: 'erp', name: 'orders' })
    expect(found).toEqual({
      path: join(directory, second.file),
      takenAt: second.takenAt,
      columns: second.columns,
      rows: '2',
    })
    expect(await findSnapshot(directory, { connection: 'erp', name: 'other' })).toBeUndefined()
    expect(await findSnapshot(join(folder, 'none'), { connection: 'erp', name: 'orders' })).toBeUndefined()
  })
})
