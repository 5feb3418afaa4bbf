import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, type Sql, sql, trusted } from '../../sql/sql.ts'
import { materialise } from '../api/materialise.ts'
import type { WriteRequest } from '../api/writer.ts'
import { json } from './connector.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)

let folder = ''
let duck: Duck

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-json-write-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
})
afterAll(async () => {
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function write(dataset: string, query: Sql, extra: Partial<WriteRequest> = {}): Promise<Buffer> {
  await using session = await json.open({ name: 'write', config: { folder }, baseDirectory: '/', secret })
  const relation = sql`(${query})`
  const columns = await duck.columns(query)
  const request = {
    dataset,
    columns,
    mode: 'replace',
    keys: [],
    loadId: dataset,
    ddl: 'create',
    duck,
    ...extra,
  } as const
  await using writer = await session.write?.({ ...request, options: json.target.parse(extra.options ?? {}) })
  await writer?.stage(relation)
  await writer?.commit()
  return readFile(join(folder, dataset))
}

const select = (text: string): Sql => sql`SELECT ${trusted(text)}`

describe('the file', () => {
  it.each<[string, string, string, unknown, string]>([
    ['an array', 'a.json', "1 AS a, 'x' AS b", {}, '[\n{"a":1,"b":"x"}\n]\n'],
    ['lines', 'a.ndjson', 'NULL::INTEGER AS a', {}, '{"a":null}\n'],
    ['nothing', 'none.json', '1 AS a WHERE false', {}, '[]\n'],
    [
      'an indented array',
      'p.json',
      "{'x': [1], 'y': '{'} AS a, [] AS b",
      { pretty: true },
      '[\n  {\n    "a": {\n      "x": [\n        1\n      ],\n      "y": "{"\n    },\n    "b": []\n  }\n]\n',
    ],
    [
      'exact digits',
      'n.ndjson',
      '9223372036854775807 AS a, 0.10::DECIMAL(38,2) AS b',
      {},
      '{"a":9223372036854775807,"b":0.10}\n',
    ],
    [
      'digits as text',
      'n.ndjson',
      '9223372036854775807 AS a, 0.10::DECIMAL(38,2) AS b',
      { numbers: 'text' },
      '{"a":"9223372036854775807","b":"0.10"}\n',
    ],
    ['NaN as null', 'f.ndjson', "'NaN'::DOUBLE AS a", { nonFinite: 'null' }, '{"a":null}\n'],
    ['infinity as text', 'f.ndjson', "'-inf'::DOUBLE AS a", { nonFinite: 'text' }, '{"a":"-Infinity"}\n'],
    ['JSON as it is', 'j.ndjson', '\'{"x": 1.00,\n"y":[]}\'::JSON AS a', {}, '{"a":{"x": 1.00, "y":[]}}\n'],
    [
      'times as text',
      't.ndjson',
      "DATE '2024-02-29' AS a, INTERVAL 1 DAY AS b, '\\xAA'::BLOB AS c",
      {},
      '{"a":"2024-02-29","b":"1 day","c":"qg=="}\n',
    ],
  ])('holds %s', async (_case, ...[dataset, columns, options, text]) => {
    expect((await write(dataset, select(columns), { options })).toString()).toBe(text)
  })

  it('is packed as its name says', async () => {
    expect(gunzipSync(await write('z.json.gz', select('1 AS a'))).toString()).toBe('[\n{"a":1}\n]\n')
    expect(zstdDecompressSync(await write('z.ndjson.zst', select('1 AS a'))).toString()).toBe('{"a":1}\n')
  })

  it.each([
    ['plain', 'old.ndjson', (text: string): Buffer => Buffer.from(text)],
    ['packed', 'old.ndjson.gz', (text: string): Buffer => gzipSync(text)],
  ])('grows at its end, after a last line that is cut off: %s', async (_case, name, pack) => {
    await writeFile(join(folder, name), pack('{"a":0}'))
    const bytes = await write(name, select('1 AS a'), { mode: 'append', loadId: 'grow' })
    expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()).toBe('{"a":0}\n{"a":1}\n')
  })
})

describe('refusals leave the old file', () => {
  it.each([
    ['NaN', "'NaN'::DOUBLE AS a", {}, 'target.rejected'],
    ['a nested type without a form', 'MAP {1: 2} AS a', {}, 'type.unsupported'],
    ['a missing file that may not be made', '1 AS a', { ddl: 'never', dataset: 'absent.json' }, 'write.ddl_needed'],
    ['an append to an array', '1 AS a', { mode: 'append' }, 'write.mode_unsupported'],
    ['a way out of the folder', '1 AS a', { dataset: '../x.json' }, 'file.outside_folder'],
  ] as const)('%s', async (_case, columns, extra, code) => {
    await write('kept.json', select('7 AS a'))
    await expect(write('kept.json', select(columns), extra)).rejects.toMatchObject({ code })
    expect(await readFile(join(folder, 'kept.json'), 'utf8')).toBe('[\n{"a":7}\n]\n')
  })
})

/** Values of JSON whose objects have keys that can be columns; numbers that JavaScript prints exactly. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }), tie('value'), { maxKeys: 4 }),
  ),
}))

/** Reads a document, writes what was read and reads it again. Gives how many records became rows, and what differs. */
async function roundTrip(document: readonly unknown[]): Promise<{ rows: string | null; difference: unknown[][] }> {
  await writeFile(join(folder, 'random.json'), JSON.stringify(document))
  await using session = await json.open({ name: 'write', config: { folder }, baseDirectory: '/', secret })
  await using first = await session.read({ dataset: 'random.json', options: {}, duck })
  await duck.run(sql`CREATE OR REPLACE TABLE read_once AS SELECT 1 AS nothing`)
  const made = await materialise(duck, first, 'read_once')
  const columns = await duck.columns(sql`FROM ${made.relation}`)
  const rows = await duck.value(sql`SELECT count(*) FROM ${made.relation}`)
  await write('again.json', sql`FROM ${id('read_once')}`, { columns, loadId: 'again' })
  const declared = Object.fromEntries(columns.map(({ name, type }) => [name, type]))
  await using second = await session.read({
    dataset: 'again.json',
    options: json.source.parse({ columns: declared }),
    duck,
  })
  await materialise(duck, second, 'read_twice')
  const difference = sql`(FROM read_once EXCEPT ALL FROM read_twice) UNION ALL (FROM read_twice EXCEPT ALL FROM read_once)`
  return { rows, difference: (await duck.rows(difference)).rows }
}

describe('documents are read as they are, written and read again without a difference', () => {
  it.each<[string, unknown[]]>([['an object beside null', [{ ' ': 0 }, null]]])('%s', async (_case, document) => {
    expect(await roundTrip(document)).toEqual({ rows: String(document.length), difference: [] })
  })

  it('made at random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 8 }), async (document) => {
        expect(await roundTrip(document)).toEqual({ rows: String(document.length), difference: [] })
      }),
      { numRuns: 60 },
    )
  })
})
