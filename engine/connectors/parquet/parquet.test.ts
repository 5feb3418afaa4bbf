import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { Session } from '../api/session.ts'
import { parquet } from './connector.ts'
import { MANIFEST_NAME, readManifest } from './manifest.ts'
import { parquetType } from './target-types.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)

let folder: string
let duck: Duck
let session: Session

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-parquet-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  session = await parquet.open({ name: 'lake', config: { folder }, baseDirectory: '/', secret })
})
afterEach(async () => {
  await session[Symbol.asyncDispose]()
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function write(
  relation: Sql,
  dataset: string,
  options: Record<string, unknown> = {},
  loadId = 'one',
): Promise<void> {
  const columns = await duck.columns(relation)
  const { mode = 'replace', ...rest } = options
  if (session.write === undefined) throw new Error('no writer')
  await using writer = await session.write({
    dataset,
    columns,
    mode: mode === 'append' ? 'append' : 'replace',
    keys: [],
    loadId,
    options: parquet.target.parse(rest),
    ddl: 'create',
    duck,
  })
  await writer.stage(relation)
  await writer.commit()
}

async function read(dataset: string): Promise<unknown> {
  await using reading = await session.read({ dataset, options: {}, duck })
  if (reading.relation === undefined) throw new Error('no relation')
  return (await duck.rows(sql`SELECT * FROM (${reading.relation}) ORDER BY ALL`)).rows
}

const SALES = sql`SELECT * FROM (VALUES (DATE '2024-01-01', 'a/b=c', 1), (DATE '2024-01-02', NULL, 2), (DATE '2024-01-01', '', 3)) AS v(d, region, n)`
const SALES_ROWS = [
  ['2024-01-01', '', 3],
  ['2024-01-01', 'a/b=c', 1],
  ['2024-01-02', null, 2],
]

describe('partitions', () => {
  it('come back with their types, NULL and empty text apart, in the order written', async () => {
    await write(SALES, 'sales', { partitionBy: ['d', 'region'] })
    expect(await read('sales')).toEqual(SALES_ROWS)
    const { columns } = await session.describe('sales', {})
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['d', 'DATE'],
      ['region', 'VARCHAR'],
      ['n', 'INTEGER'],
    ])
    expect((await session.list({})).map(({ name }) => name)).toEqual(['sales'])
  })

  it('take the types that the source node states', async () => {
    await mkdir(join(folder, 'p/code=007'), { recursive: true })
    await duck.run(sql`COPY (SELECT 1 AS n) TO ${literal(join(folder, 'p/code=007/a.parquet'))} (FORMAT parquet)`)
    await using reading = await session.read({ dataset: 'p', options: { partitionTypes: { code: 'VARCHAR' } }, duck })
    expect((await duck.rows(reading.relation ?? sql``)).rows).toEqual([[1, '007']])
    await expect(
      session.describe('p', parquet.source.parse({ partitionTypes: { code: "VARCHAR, 'x': INT" } })),
    ).rejects.toMatchObject({ code: 'type.unsupported' })
  })

  it('replace and append by load, old files gone', async () => {
    await write(SALES, 'sales', { partitionBy: ['d'] }, 'one')
    await write(SALES, 'sales', { partitionBy: ['d'] }, 'two')
    expect(await read('sales')).toEqual(SALES_ROWS.map(([d, region, n]) => [d, region, n]))
    await write(SALES, 'sales', { partitionBy: ['d'], mode: 'append' }, 'three')
    expect(await read('sales')).toHaveLength(6)
    expect((await readManifest(join(folder, 'sales')))?.loads.map(({ loadId }) => loadId)).toEqual(['two', 'three'])
    expect((await readdir(join(folder, 'sales'))).filter((name) => name.startsWith('load-'))).toHaveLength(2)
  })

  it('of a load killed before its commit are neither seen nor kept', async () => {
    await write(SALES, 'sales', {}, 'one')
    await mkdir(join(folder, 'sales/load-dead'))
    await duck.run(sql`COPY (${SALES}) TO ${literal(join(folder, 'sales/load-dead/0.parquet'))} (FORMAT parquet)`)
    expect(await read('sales')).toEqual(SALES_ROWS)
    await write(SALES, 'sales', { mode: 'append' }, 'two')
    expect(await read('sales')).toHaveLength(6)
    expect(await readdir(join(folder, 'sales'))).not.toContain('load-dead')
  })
})

describe('parts of one load', () => {
  it.each([
    ['that fill row groups are moved as they are', 3_000, ['2048', '952', '2048', '952', '2048', '952']],
    ['that are small are packed together', 900, ['2700']],
  ])('%s', async (_case, size, groups) => {
    const part = (i: number): Sql =>
      sql`SELECT range AS n FROM range(${literal(i * size)}::BIGINT, ${literal((i + 1) * size)}::BIGINT)`
    const options = parquet.target.parse({ rowGroupRows: 2_048 })
    const columns = await duck.columns(part(0))
    const request = { columns, keys: [], loadId: 'one', options, ddl: 'create', duck, mode: 'replace' } as const
    {
      await using writer = await session.write?.({ ...request, dataset: 'parts.parquet' })
      for (const i of [0, 1, 2]) await writer?.stage(part(i))
      expect((await writer?.commit())?.inserted).toBe(BigInt(3 * size))
    }
    const file = literal(join(folder, 'parts.parquet'))
    expect((await duck.rows(sql`SELECT n FROM read_parquet(${file})`)).rows.map(([n]) => Number(n))).toEqual(
      Array.from({ length: 3 * size }, (_, i) => i),
    )
    const { rows } = await duck.rows(sql`SELECT row_group_num_rows FROM parquet_metadata(${file})`)
    expect(rows.map(([count]) => count)).toEqual(groups)
    await using again = await session.write?.({ ...request, dataset: 'parts.parquet' })
    expect(again?.committed?.inserted).toBe(BigInt(3 * size))
    expect(await readdir(folder)).toHaveLength(2)
  })
})

describe('broken files', () => {
  it.each([
    ['empty', ''],
    ['text', 'id,name\n1,a\n'],
    ['cut off', 'PAR1 and nothing that ends it'],
    ['a footer of nonsense', `PAR1${'x'.repeat(100)}\u0010\0\0\0PAR1`],
  ])('%s is named', async (_case, content) => {
    await duck.run(sql`COPY (SELECT 1 AS n) TO ${literal(join(folder, 'a.parquet'))} (FORMAT parquet)`)
    await writeFile(join(folder, 'b.parquet'), content)
    await expect(session.read({ dataset: '*.parquet', options: {}, duck })).rejects.toMatchObject({
      code: 'parquet.invalid',
      detail: { file: 'b.parquet' },
    })
  })

  it('a manifest that names a missing file is not passed over', async () => {
    await write(SALES, 'sales')
    const [load] = (await readdir(join(folder, 'sales'))).filter((name) => name !== MANIFEST_NAME)
    await rm(join(folder, 'sales', load ?? ''), { recursive: true })
    await expect(read('sales')).rejects.toMatchObject({ code: 'parquet.invalid' })
  })
})

it('joins files whose columns differ, and says so', async () => {
  for (const [name, query] of Object.entries({ a: 'SELECT 1 AS x, 2 AS y', b: 'SELECT 3 AS y, 4 AS z' })) {
    await duck.run(sql`COPY (${trusted(query)}) TO ${literal(join(folder, `${name}.parquet`))} (FORMAT parquet)`)
  }
  expect(await read('*.parquet')).toEqual([
    [1, 2, null],
    [null, 3, 4],
  ])
  expect((await session.describe('*.parquet', {})).warnings).toHaveLength(1)
})

it('stages in several parts and makes one file', async () => {
  if (session.write === undefined) throw new Error('no writer')
  const columns = [{ name: 'n', type: 'BIGINT' }]
  const options = parquet.target.parse({ compression: 'snappy' })
  const request = {
    dataset: 'n.parquet',
    columns,
    mode: 'replace' as const,
    keys: [],
    loadId: 'x',
    options,
    ddl: 'create' as const,
    duck,
  }
  await using writer = await session.write(request)
  for (const start of [0, 10])
    await writer.stage(sql`SELECT range AS n FROM range(${literal(start)}, ${literal(start + 10)})`)
  expect(await writer.commit()).toMatchObject({ inserted: 20n })
  expect(await read('n.parquet')).toHaveLength(20)
  const codec = await duck.value(
    sql`SELECT DISTINCT compression FROM parquet_metadata(${literal(join(folder, 'n.parquet'))})`,
  )
  expect(codec).toBe('SNAPPY')
})

describe('types', () => {
  it.each([
    ['-99999999999999999999999999999999999999::HUGEINT', '-99999999999999999999999999999999999999'],
    ["INTERVAL '-1 month 3 microseconds'", '-1 month 00:00:00.000003'],
    ["'12:00:00+05'::TIMETZ", '12:00:00+05'],
    ["'101'::BIT", '101'],
    ["'a'::ENUM('a', 'b')", 'a'],
    ["'2024-01-01 00:00:00.001'::TIMESTAMP_MS", '2024-01-01 00:00:00.001'],
    ['18446744073709551615::UBIGINT', '18446744073709551615'],
    ["'2024-01-01 00:00:00.123456789'::TIMESTAMP_NS", '2024-01-01 00:00:00.123456789'],
  ])('%s keeps its value', async (expression, text) => {
    const relation = sql`SELECT ${trusted(expression)} AS ${id('v')}`
    const wanted = await duck.value(sql`SELECT v::VARCHAR FROM (${relation})`)
    await write(relation, 'v.parquet')
    await using reading = await session.read({ dataset: 'v.parquet', options: {}, duck })
    const found = await duck.value(sql`SELECT v::VARCHAR FROM (${reading.relation ?? sql``})`)
    expect(found).toBe(wanted)
    expect(found).toBe(text)
  })

  it.each(['UNION(a INTEGER)', 'STRUCT(a HUGEINT)', 'INTERVAL[]'])('%s is refused', (type) => {
    expect(() => parquetType({ name: 'v', type })).toThrow(expect.objectContaining({ code: 'type.unsupported' }))
  })
})
