import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportEvent } from '../../../contract/api/data.ts'
import type { EngineClient } from '../../../contract/api.ts'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

let host: TestEngine

beforeAll(async () => {
  host = await openTestEngine({
    'data/rows.csv':
      'id,name,amount,day\n1,"O\'Brien, ""Bob""",12345678901234567.50,2026-01-02\n2,,-1.00,2026-01-03\n3,"",0.25,\n4,"<b>|`x`\\",9.00,2026-01-05\n',
  })
})
afterAll(() => host[Symbol.asyncDispose]())

type ExportInput = Omit<Parameters<EngineClient['data']['export']>[0], 'cursor'>

async function exported(input: ExportInput, sort?: 'descending'): Promise<ExportEvent | undefined> {
  const options = { types: { amount: 'DECIMAL(20,2)' } }
  const { cursor } = await host.engine.data.open({
    from: { dataset: 'files:rows.csv' },
    options,
    ...(sort === undefined ? {} : { sort: [{ column: 'id', direction: sort }] }),
  })
  let last: ExportEvent | undefined
  for await (const event of await host.engine.data.export({ cursor, ...input })) last = event
  await host.engine.data.close({ cursor })
  return last
}

describe('as text', () => {
  it.each([
    [
      'csv',
      'id,name,amount,day\r\n1,"O\'Brien, ""Bob""",12345678901234567.50,2026-01-02\r\n2,,-1.00,2026-01-03\r\n3,"",0.25,\r\n4,<b>|`x`\\,9.00,2026-01-05\r\n',
    ],
    [
      'ndjson',
      '{"id": 1, "name": "O\'Brien, \\"Bob\\"", "amount": 12345678901234567.50, "day": "2026-01-02"}\n{"id": 2, "name": null, "amount": -1.00, "day": "2026-01-03"}\n{"id": 3, "name": "", "amount": 0.25, "day": null}\n{"id": 4, "name": "<b>|`x`\\\\", "amount": 9.00, "day": "2026-01-05"}\n',
    ],
    [
      'sql',
      `INSERT INTO "t""1" ("id", "name", "amount", "day") VALUES (1, 'O''Brien, "Bob"', 12345678901234567.50, '2026-01-02');
INSERT INTO "t""1" ("id", "name", "amount", "day") VALUES (2, NULL, -1.00, '2026-01-03');
INSERT INTO "t""1" ("id", "name", "amount", "day") VALUES (3, '', 0.25, NULL);
INSERT INTO "t""1" ("id", "name", "amount", "day") VALUES (4, '<b>|\`x\`\\', 9.00, '2026-01-05');
`,
    ],
    [
      'markdown',
      '| id | name | amount | day |\n| ---: | --- | ---: | --- |\n| 1 | O\'Brien, "Bob" | 12345678901234567.50 | 2026-01-02 |\n| 2 |  | -1.00 | 2026-01-03 |\n| 3 |  | 0.25 |  |\n| 4 | \\<b\\>\\|\\`x\\`\\\\ | 9.00 | 2026-01-05 |\n',
    ],
  ] as const)('writes %s', async (format, text) => {
    expect(await exported({ format, table: 't"1' })).toEqual({ rows: 4, rowCount: 4, isDone: true, text })
  })

  it('writes JSON that is read back the same, no rows included', async () => {
    const whole = await exported({ format: 'json' })
    expect(JSON.parse(whole?.text ?? '').map(({ id }: { id: number }) => id)).toEqual([1, 2, 3, 4])
    const none = await exported({ format: 'json', range: { offset: 4, limit: 10 } })
    expect(JSON.parse(none?.text ?? '')).toEqual([])
  })

  it('takes a range of the order shown, and the columns chosen in theirs', async () => {
    const range = { offset: 1, limit: 2 }
    const found = await exported({ format: 'csv', columns: ['day', 'id'], range }, 'descending')
    expect(found?.text).toBe('day,id\r\n,3\r\n2026-01-03,2\r\n')
  })

  it.each([
    ['a workbook', { format: 'xlsx' }, 'export.needs_file'],
    ['Parquet', { format: 'parquet' }, 'export.needs_file'],
    ['an unknown column', { format: 'csv', columns: ['nope'] }, 'cursor.column_unknown'],
  ] satisfies [string, ExportInput, string][])('refuses %s', async (_case, input, code) => {
    expect(await codeOf(exported(input))).toBe(code)
  })

  it('refuses too many rows', async () => {
    const { cursor } = await host.engine.sql.run({ sql: 'FROM range(10001)' })
    const call = async () => {
      for await (const { isDone } of await host.engine.data.export({ cursor, format: 'csv' }))
        expect(isDone).toBe(false)
    }
    expect(await codeOf(call())).toBe('export.needs_file')
  })
})

describe('to a file', () => {
  it.each([
    ['csv', 'files', 'out.csv'],
    ['ndjson', 'notes', 'out.ndjson'],
    ['json', 'notes', 'out.json'],
    ['parquet', 'lake', 'out.parquet'],
  ] as const)('writes %s that the connector reads back', async (format, connection, file) => {
    const done = await exported({ format, file: `data/${file}` }, 'descending')
    expect(done).toMatchObject({ rows: 4, isDone: true, file: join(host.directory, 'data', file) })
    const { rows } = await host.engine.data.show({ from: { dataset: `${connection}:${file}` } })
    expect(rows.map(([id, name]) => [id, name])).toEqual([
      ['4', '<b>|`x`\\'],
      ['3', ''],
      ['2', null],
      ['1', 'O\'Brien, "Bob"'],
    ])
  })

  it('writes a workbook', async () => {
    await exported({ format: 'xlsx', file: 'data/out.xlsx' })
    const bytes = await readFile(join(host.directory, 'data/out.xlsx'))
    expect(bytes.subarray(0, 2).toString()).toBe('PK')
    await host.write('connections/books.yaml', 'version: 1\nkind: excel\nsettings: { folder: data }\n')
    const { rows } = await host.engine.data.show({ from: { dataset: 'books:out.xlsx' } })
    expect(rows.map(([id]) => id)).toEqual(['1', '2', '3', '4'])
  })

  it('does not replace a file unless told to', async () => {
    const path = await host.write('data/there.csv', 'old')
    expect(await codeOf(exported({ format: 'csv', file: path }))).toBe('export.file_exists')
    expect(await readFile(path, 'utf8')).toBe('old')
    await exported({ format: 'csv', file: path, overwrite: true })
    expect(await readFile(path, 'utf8')).toContain('id,name')
  })

  it('leaves nothing behind when it is stopped', async () => {
    const sql = 'SELECT range AS id, repeat(CAST(range AS VARCHAR), 20) AS text FROM range(400000)'
    const { cursor } = await host.engine.sql.run({ sql })
    const stop = new AbortController()
    const call = async () => {
      const file = 'data/stopped.csv'
      for await (const { rows } of await host.engine.data.export(
        { cursor, format: 'csv', file },
        { signal: stop.signal },
      )) {
        if (rows > 0) stop.abort()
      }
    }
    await expect(call()).rejects.toThrow(/cancel|abort/i)
    await expect(access(join(host.directory, 'data/stopped.csv'))).rejects.toThrow('ENOENT')
    expect((await readdir(join(host.directory, 'data'))).filter((name) => name.startsWith('.'))).toEqual([])
  })
})

it('makes formulas inert where that is asked for, and leaves numbers alone', async () => {
  await host.write('data/formulas.csv', `"=1+1",note,n\n"=cmd|' /C calc'!A0",-a,-1\n" +1","@x",2\n"\t=1",a=b,\n`)
  const { cursor } = await host.engine.data.open({
    from: { dataset: 'files:formulas.csv' },
    options: { types: { n: 'BIGINT' }, header: true },
  })
  const text = async (escapeFormulas: boolean): Promise<string[]> => {
    let last: ExportEvent | undefined
    for await (const event of await host.engine.data.export({ cursor, format: 'csv', escapeFormulas })) last = event
    return last?.text?.split('\r\n') ?? []
  }
  expect((await text(false)).slice(1, 3)).toEqual([`=cmd|' /C calc'!A0,-a,-1`, '" +1",@x,2'])
  const [head = '', ...rows] = await text(true)
  expect(head).toMatch(/^'=1/)
  expect(rows.slice(0, 3)).toEqual([`'=cmd|' /C calc'!A0,'-a,-1`, "' +1,'@x,2", "'\t=1,a=b,"])
  await host.engine.data.close({ cursor })
})
