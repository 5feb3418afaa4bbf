import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { literal, sql, trusted } from '../../sql/sql.ts'
import { joinFiles } from './join-files.ts'
import { parseThrift, printThrift } from './thrift.ts'

let folder: string
let duck: Duck

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-join-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
})
afterEach(async () => {
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function part(name: string, query: string, options = 'ROW_GROUP_SIZE 2048'): Promise<string> {
  const path = join(folder, name)
  await duck.run(sql`COPY (${trusted(query)}) TO ${literal(path)} (FORMAT parquet, ${trusted(options)})`)
  return path
}

const rows = (from: number, count: number): string =>
  `SELECT i AS n, CASE WHEN i % 3 = 0 THEN NULL ELSE '林' || (i % 50) END AS t, [i, NULL] AS l, {'a': i::DECIMAL(38,2), 'b': i::DOUBLE} AS s
   FROM range(${from}, ${from + count}) r(i)`

describe('files put one after the other', () => {
  it.each([
    ['with full and broken groups', [5_000, 4_096, 1], 'ROW_GROUP_SIZE 2048'],
    ['more than a short list holds', Array.from({ length: 20 }, () => 2_100), 'ROW_GROUP_SIZE 2048'],
    ['with an empty one between', [3_000, 0, 3_000], 'ROW_GROUP_SIZE 2048'],
    ['after an empty one', [0, 3_000], 'ROW_GROUP_SIZE 2048'],
    ['of zstd', [3_000, 3_000], 'COMPRESSION zstd, KV_METADATA {runnel_load: $$one$$}'],
    ['uncompressed', [3_000, 3_000], 'COMPRESSION uncompressed'],
  ])('hold all rows in order: %s', async (_case, counts, options) => {
    const paths: string[] = []
    let total = 0
    for (const [i, count] of counts.entries()) {
      paths.push(await part(`${i}.parquet`, rows(total, count), options))
      total += count
    }
    expect(await joinFiles(paths)).toBe(true)
    expect(await readdir(folder)).toEqual(['0.parquet'])
    const whole = sql`read_parquet(${literal(join(folder, '0.parquet'))})`
    const expected = trusted(`(${rows(0, total)})`)
    expect((await duck.rows(sql`SELECT n FROM ${whole}`)).rows).toEqual(
      (await duck.rows(sql`SELECT n FROM ${expected}`)).rows,
    )
    const difference = sql`(FROM ${whole} EXCEPT ALL FROM ${expected}) UNION ALL (FROM ${expected} EXCEPT ALL FROM ${whole})`
    expect((await duck.rows(difference)).rows).toEqual([])
    // Found by the statistics and bloom filters of the moved groups.
    const last = sql`SELECT count(*) FROM ${whole} WHERE n = ${literal(total - 1)} AND s.a = ${literal(total - 1)}`
    expect(await duck.value(last)).toBe('1')
  })

  it.each([
    ['other columns', 'SELECT 1::BIGINT AS m', 'ROW_GROUP_SIZE 2048'],
    ['another type', 'SELECT 1::INTEGER AS n', 'ROW_GROUP_SIZE 2048'],
    ['other notes', 'SELECT 1::BIGINT AS n', 'KV_METADATA {note: $$other$$}'],
  ])('are left as they are when they have %s', async (_case, query, options) => {
    const paths = [await part('0.parquet', 'SELECT 1::BIGINT AS n'), await part('1.parquet', query, options)]
    const before = await Promise.all(paths.map((path) => readFile(path)))
    expect(await joinFiles(paths)).toBe(false)
    expect(await Promise.all(paths.map((path) => readFile(path)))).toEqual(before)
  })
})

describe('a footer', () => {
  it('is written as it was read', async () => {
    const file = await readFile(await part('a.parquet', rows(0, 10_000)))
    const length = file.readUInt32LE(file.length - 8)
    const footer = file.subarray(file.length - 8 - length, file.length - 8)
    expect(printThrift(parseThrift(footer)).equals(footer)).toBe(true)
  })

  it.each([
    ['cut off', '15'],
    ['a map', '1b0000'],
  ])('is refused: %s', (_case, hex) => {
    expect(() => parseThrift(Buffer.from(hex, 'hex'))).toThrow(RangeError)
  })
})
