import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatasetSchema } from '../../contract/dataset.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'
import { materialise } from '../api/materialise.ts'
import type { ReadRequest } from '../api/reading.ts'
import type { Session } from '../api/session.ts'
import { json } from './connector.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)
const open = (folder: string): Promise<Session> =>
  json.open({ name: 'read', config: { folder }, baseDirectory: '/', secret })

let folder = ''
let duck: Duck

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-json-read-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
})
afterAll(async () => {
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

interface Shown {
  readonly columns: string[]
  readonly rows: unknown[][]
  readonly rejects: unknown[][]
  readonly warnings: readonly string[]
  readonly rowCount: bigint | undefined
}

async function show(
  dataset: string,
  options: unknown = {},
  request: Partial<ReadRequest> & { from?: string } = {},
): Promise<Shown> {
  await using session = await open(request.from ?? folder)
  await using reading = await session.read({ dataset, options: json.source.parse(options), duck, ...request })
  const made = await materialise(duck, reading, 'shown')
  return {
    columns: reading.columns.map(({ name, type }) => `${name} ${type}`),
    rows: (await duck.rows(sql`FROM ${made.relation}`)).rows,
    rejects: (await duck.rows(sql`SELECT rule, "column", value, locator FROM ${made.rejects}`)).rows,
    warnings: reading.warnings,
    rowCount: reading.counts().rows,
  }
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  return name
}

describe('rows', () => {
  it.each<[string, string, unknown, string[], unknown[][]]>([
    ['a scalar document', '7', {}, ['value BIGINT'], [['7']]],
    ['an object document', '{"a":{"b":[1,2]}}', {}, ['a STRUCT("b" BIGINT[])'], [[{ b: ['1', '2'] }]]],
    ['an empty array', '[]', {}, ['value JSON'], []],
    ['an empty array of declared rows', '[]', { columns: { a: 'DATE' } }, ['a DATE'], []],
    ['scalars', '["a",1,true,null]', {}, ['value VARCHAR'], [['a'], ['1'], ['true'], [null]]],
    ['objects beside null', '[{" ":0},null]', {}, ['value STRUCT(" " BIGINT)'], [[{ ' ': '0' }], [null]]],
    ['only nulls', '[null,null]', {}, ['value JSON'], [[null], [null]]],
    ['lists beside scalars', '[[1],"a"]', {}, ['value JSON'], [['[1]'], ['"a"']]],
    [
      'a key that some lack',
      '[{"a":1},{"b":"x"}]',
      {},
      ['a BIGINT', 'b VARCHAR'],
      [
        ['1', null],
        [null, 'x'],
      ],
    ],
    [
      'an empty key and cases',
      '[{"":1,"A":2,"a":3}]',
      {},
      ['column1 BIGINT', 'A BIGINT', 'a_2 BIGINT'],
      [['1', '2', '3']],
    ],
    ['a path', '{"x":1,"d":{"items":[{"a":1}]},"y":[{"a":9}]}', { path: '$.d.items' }, ['a BIGINT'], [['1']]],
    ['a quoted path', '{"a b":{"c":[1]}}', { path: '$["a b"].c[*]' }, ['value BIGINT'], [['1']]],
    ['a path to one object', '{"d":{"a":1}}', { path: '$.d' }, ['a BIGINT'], [['1']]],
    [
      'declared types',
      '[{"a":"2024-02-29","b":1}]',
      { columns: { a: 'DATE', b: 'decimal(5, 2)' } },
      ['a DATE', 'b DECIMAL(5,2)'],
      [['2024-02-29', '1.00']],
    ],
    ['NDJSON by option', '{"a":1}\n\n{"a":2}', { format: 'ndjson' }, ['a BIGINT'], [['1'], ['2']]],
  ])('%s', async (_case, ...[text, options, columns, rows]) => {
    expect(await show(await file('rows.json', text), options)).toMatchObject({ columns, rows, rejects: [] })
  })

  it.each([
    ['.ndjson.gz', gzipSync],
    ['.ndjson.zst', zstdCompressSync],
  ])('unpacks %s and names a damaged one', async (ending, pack) => {
    const bytes = pack('{"a":1}\n{"a":2}\n'.repeat(1_000))
    expect((await show(await file(`packed${ending}`, bytes))).rows).toHaveLength(2_000)
    const cut = await file(`cut${ending}`, bytes.subarray(0, bytes.length - 6))
    await expect(show(cut)).rejects.toMatchObject({ code: 'file.corrupt' })
  })

  it('takes the features of GeoJSON, or its one geometry', async () => {
    const collection = '{"type":"FeatureCollection","features":[{"id":1},{"id":2}]}'
    expect((await show(await file('many.geojson', collection))).rows).toEqual([['1'], ['2']])
    expect((await show(await file('one.geojson', '{"type":"Point"}'))).rows).toEqual([['Point']])
  })

  it('reads a glob in name order with locators', async () => {
    await file('part-1.ndjson', '{"a":1}\n')
    await file('part-2.ndjson', '\n{"a":2}\n')
    const { rows } = await show('part-*.ndjson', {}, { withLocator: true })
    expect(rows).toEqual([
      ['1', 'part-1.ndjson:1'],
      ['2', 'part-2.ndjson:2'],
    ])
  })

  it('says where a row of a document stands', async () => {
    const { rows } = await show(await file('located.json', '[{"a":1},\n{"a":2}]'), {}, { withLocator: true })
    expect(rows.map(([, locator]) => locator)).toEqual(['located.json[0]', 'located.json[1]'])
  })

  it('stops early at a limit and counts what it read', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `{"a":${i}}`).join('\n')
    const shown = await show(await file('long.ndjson', lines), { sampleRows: 10 }, { limitRows: 5 })
    expect(shown.rows).toEqual([['0'], ['1'], ['2'], ['3'], ['4']])
    expect(shown.rowCount).toBe(5n)
  })

  it('notices a file that changes while it is read', async () => {
    const name = await file('moving.ndjson', '{"a":1}\n'.repeat(500_000))
    await using session = await open(folder)
    await using reading = await session.read({ dataset: name, options: { sampleRows: 1 }, duck })
    await appendFile(join(folder, name), '{"a":2}\n')
    await expect(materialise(duck, reading, 'moving')).rejects.toMatchObject({ code: 'file.changed' })
  })
})

describe('rejects', () => {
  it.each<[string, string, unknown, unknown[][], number]>([
    ['a duplicate key', '[{"a":1,"a":2},{"a":3}]', {}, [['json.duplicate_key', 'a', null, 'bad.json[0]']], 1],
    [
      'a nested duplicate key',
      '[{"a":{"b":1,"b":2}},{"a":{"b":3}}]',
      {},
      [['json.duplicate_key', 'b', null, 'bad.json[0]']],
      1,
    ],
    ['a duplicate key that is allowed', '[{"a":1,"a":2}]', { duplicateKeys: 'last' }, [], 1],
    ['half a surrogate pair', '["\\ud800","ok"]', {}, [['json.lone_surrogate', null, null, 'bad.json[0]']], 1],
    ['a later key', '[{"a":1},{"a":2,"z":3}]', { sampleRows: 1 }, [['json.unknown_key', 'z', '3', 'bad.json[1]']], 1],
    ['a later key that is ignored', '[{"a":1},{"a":2,"z":3}]', { sampleRows: 1, unknownKeys: 'ignore' }, [], 2],
    ['a later type', '[{"a":1},{"a":"x"}]', { sampleRows: 1 }, [['type.BIGINT', 'a', 'x', 'bad.json[1]']], 1],
    ['a fraction in BIGINT', '[{"a":1},{"a":1.5}]', { sampleRows: 1 }, [['type.BIGINT', 'a', '1.5', 'bad.json[1]']], 1],
    [
      'digits beyond DOUBLE',
      '[1.5,0.12345678901234567890]',
      { sampleRows: 1 },
      [['type.DOUBLE', 'value', '0.12345678901234567890', 'bad.json[1]']],
      1,
    ],
    ['infinity', '[1.5,1e400]', { sampleRows: 1 }, [['type.DOUBLE', 'value', '1e400', 'bad.json[1]']], 1],
    [
      'a day that is none',
      '[{"a":"2024-02-30"}]',
      { columns: { a: 'DATE' } },
      [['type.DATE', 'a', '2024-02-30', 'bad.json[0]']],
      0,
    ],
    [
      'a zone in TIMESTAMP',
      '[{"a":"2024-02-28T01:02:03Z"}]',
      { columns: { a: 'TIMESTAMP' } },
      [['type.TIMESTAMP', 'a', '2024-02-28T01:02:03Z', 'bad.json[0]']],
      0,
    ],
    [
      'leading zeros',
      '[{"a":"01234"}]',
      { columns: { a: 'INTEGER' } },
      [['type.INTEGER', 'a', '01234', 'bad.json[0]']],
      0,
    ],
    [
      'a row that is no object',
      '[{"a":1},5]',
      { sampleRows: 1 },
      [['json.not_an_object', null, '5', 'bad.json[1]']],
      1,
    ],
    ['a later null', '[{"a":1},null]', { sampleRows: 1 }, [['json.not_an_object', null, 'null', 'bad.json[1]']], 1],
    [
      'null beside declared columns',
      '[{"a":1},null]',
      { columns: { a: 'BIGINT' } },
      [['json.not_an_object', null, 'null', 'bad.json[1]']],
      1,
    ],
  ])('%s', async (_case, ...[text, options, rejects, rows]) => {
    const shown = await show(await file('bad.json', text), options)
    expect(shown.rejects).toEqual(rejects)
    expect(shown.rows).toHaveLength(rows)
    expect(shown.rowCount).toBe(BigInt(rows + rejects.length))
  })

  it('of NDJSON name the line, keep its bytes and let the rest go on', async () => {
    const text = Buffer.concat([
      Buffer.from('{"a":1}\r\n{"a":}\n\n["x'),
      Buffer.from([0xff]),
      Buffer.from('"]\n{"a":2}\n{"a":3'),
    ])
    const name = await file('broken.ndjson', text)
    const shown = await show(name)
    expect(shown.rows).toEqual([['1'], ['2']])
    expect(shown.rejects.map(([rule, , , locator]) => [rule, locator])).toEqual([
      ['json.invalid', 'broken.ndjson:2'],
      ['json.invalid', 'broken.ndjson:4'],
      ['json.invalid', 'broken.ndjson:6'],
    ])
    const { rows } = await duck.rows(sql`SELECT reason, raw FROM shown_rejects ORDER BY locator`)
    expect(rows[1]?.[1]).toBe(Buffer.from(text.subarray(17, 23)).toString('hex'))
    expect(rows[2]?.[0]).toMatch(/cut off/)
  })
})

describe('refusals', () => {
  it.each([
    ['an empty file', '', {}, { code: 'json.invalid', detail: { offset: 0 } }],
    ['something after the end', '[1]\n [2]', {}, { code: 'json.invalid', detail: { offset: 5, line: 2, column: 2 } }],
    ['depth', '['.repeat(100_000), {}, { code: 'json.too_deep', detail: { limit: 1_000, offset: 1_000 } }],
    ['UTF-16', Buffer.from('\uFEFF[1]', 'utf16le'), {}, { code: 'json.invalid', detail: { offset: 0 } }],
    [
      'bytes that are not UTF-8',
      Buffer.from([0x22, 0xc3, 0x28, 0x22]),
      {},
      { code: 'json.invalid', detail: { offset: 2 } },
    ],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), {}, { code: 'json.invalid', detail: { offset: 1 } }],
    [
      'a surrogate in UTF-8',
      Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
      {},
      { code: 'json.invalid', detail: { offset: 2 } },
    ],
    ['a path that is not there', '{"a":1}', { path: '$.b' }, { code: 'json.path_missing' }],
    ['a path that occurs twice', '{"a":[1],"a":[2]}', { path: '$.a' }, { code: 'json.invalid' }],
    ['a path that is none', '{}', { path: '$[x' }, { code: 'usage.invalid' }],
  ])('%s', async (_case, content, options, failure) => {
    await expect(show(await file('refused.json', content), options)).rejects.toMatchObject(failure)
  })

  it('finds an error behind millions of good bytes', async () => {
    const text = `[${'{"a":"b"},'.repeat(300_000)}{"a":"b"},]`
    const detail = { offset: text.length - 1, column: text.length }
    await expect(show(await file('tail.json', text))).rejects.toMatchObject({ code: 'json.invalid', detail })
  })

  it.each(['../outside.json', '/etc/passwd'])('does not leave the folder for %s', async (dataset) => {
    await expect(show(dataset)).rejects.toMatchObject({ code: 'file.outside_folder' })
  })
})

describe('vega-datasets', () => {
  const from = join(process.cwd(), 'node_modules/vega-datasets/data')

  it.each([
    ['movies.json', {}, 3_201],
    ['flights-20k.json', {}, 20_000],
    ['miserables.json', { path: '$.nodes' }, 77],
    ['miserables.json', { path: '$.links' }, 254],
    ['earthquakes.json', { path: '$.features' }, 1_707],
    ['us-10m.json', {}, 1],
  ])('%s %j has %i rows and no rejects', async (dataset, options, rows) => {
    const shown = await show(dataset, options, { from })
    expect(shown.rejects).toEqual([])
    expect(shown.rows).toHaveLength(rows)
  })

  it('keeps titles that are numbers, and says that the column is mixed', async () => {
    const shown = await show('movies.json', {}, { from, columns: ['Title'] })
    expect(shown.rows.filter(([title]) => /^\d+$/.test(String(title))).map(([title]) => title)).toContain('1776')
    expect(shown.warnings.join()).toMatch(/Title .*9 number, 3191 string/)
  })
})

it('describes what was detected', async () => {
  await using session = await open(folder)
  const name = await file('described.json', '{"items":[{"a":1}]}')
  const schema: DatasetSchema = await session.describe(name, { path: '$.items' })
  expect(schema.detected).toMatchObject({ format: { value: 'json' }, path: { value: '$.items' }, sampledRecords: 1 })
})
