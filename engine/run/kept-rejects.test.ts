import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RejectFilter } from '../contract/reject.ts'
import { openDuck } from '../duck/open-duck.ts'
import { sql } from '../sql/sql.ts'
import { exportRejects, type RejectExport } from './export-rejects.ts'
import { groupRejects, readRejects } from './kept-rejects.ts'
import { keepRejects, openQuarantine, quarantine } from './quarantine.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-rejects-'))
  await using duck = await openDuck()
  await openQuarantine(duck)
  await quarantine(
    duck,
    'orders',
    sql`FROM (VALUES ('csv.columns', NULL, NULL, '3 columns, 4 expected', 'o.csv:7', 'c3a9'),
      ('type.INTEGER', 'amount', 'twelve "12", or so', 'no number', 'o.csv:9', '{"amount":"twelve"}'),
      ('type.INTEGER', 'amount', '', 'no number', 'o.csv:11', '{"amount":""}')) AS t (rule, "column", value, reason, locator, raw)`,
  )
  await quarantine(
    duck,
    'checked',
    sql`FROM (VALUES ('type.INTEGER', 'amount', '订单', 'no number', 'o.csv:12', '{}')) AS t (rule, "column", value, reason, locator, raw)`,
  )
  await keepRejects(duck, folder)
})
afterAll(() => rm(folder, { recursive: true }))

describe('the rejects of a run', () => {
  it.each<[string, RejectFilter, string[]]>([
    ['all', {}, ['o.csv:7', 'o.csv:9', 'o.csv:11', 'o.csv:12']],
    ['of a node', { node: 'checked' }, ['o.csv:12']],
    ['of a rule', { rule: 'type.INTEGER', node: 'orders' }, ['o.csv:9', 'o.csv:11']],
    ['of a column', { column: 'amount', search: 'TWELVE' }, ['o.csv:9']],
    ['of no column', { column: null }, ['o.csv:7']],
    ['with a text', { search: ' 订单 ' }, ['o.csv:12']],
    ['with what would be a pattern', { search: '%' }, []],
    ['of a rule that looks like SQL', { rule: "x' OR true --" }, []],
  ])('%s', async (_case, filter, expected) => {
    const { total, rejects } = await readRejects(folder, { filter, offset: 0, limit: 10 })
    expect(rejects.map(({ locator }) => locator)).toEqual(expected)
    expect(total).toBe(String(expected.length))
  })

  it('come in pages', async () => {
    const { total, rejects } = await readRejects(folder, { offset: 1, limit: 2 })
    expect([total, ...rejects.map(({ locator }) => locator)]).toEqual(['4', 'o.csv:9', 'o.csv:11'])
  })

  it('are counted by what refused them', async () => {
    expect(await groupRejects(folder)).toEqual([
      { node: 'orders', rule: 'type.INTEGER', column: 'amount', reason: 'no number', count: '2' },
      { node: 'checked', rule: 'type.INTEGER', column: 'amount', reason: 'no number', count: '1' },
      { node: 'orders', rule: 'csv.columns', column: null, reason: '3 columns, 4 expected', count: '1' },
    ])
  })

  it('a run without any has none', async () => {
    const none = join(folder, 'none')
    expect(await readRejects(none, { offset: 0, limit: 1 })).toEqual({ total: '0', rejects: [] })
    expect(await groupRejects(none)).toEqual([])
  })
})

async function textOf(request: RejectExport, runDirectory = folder): Promise<string> {
  let text = ''
  for await (const event of exportRejects(runDirectory, request)) text += event.text ?? ''
  return text
}

describe('exported', () => {
  it('as CSV, with NULL apart from the empty text', async () => {
    expect(await textOf({ format: 'csv', filter: { node: 'orders' } })).toBe(
      [
        'node,rule,column,value,reason,locator,raw',
        'orders,csv.columns,,,"3 columns, 4 expected",o.csv:7,c3a9',
        'orders,type.INTEGER,amount,"twelve ""12"", or so",no number,o.csv:9,"{""amount"":""twelve""}"',
        'orders,type.INTEGER,amount,"",no number,o.csv:11,"{""amount"":""""}"',
        '',
      ].join('\r\n'),
    )
  })

  it('as JSON and as lines of JSON, the same', async () => {
    const whole: unknown = JSON.parse(await textOf({ format: 'json' }))
    const lines = (await textOf({ format: 'ndjson' })).trimEnd().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(whole)
    expect(lines).toHaveLength(4)
  })

  it.each([
    ['json', '[\n]\n'],
    ['ndjson', ''],
    ['csv', 'node,rule,column,value,reason,locator,raw\r\n'],
  ] as const)('none, as %s', async (format, text) => {
    expect(await textOf({ format }, join(folder, 'none'))).toBe(text)
  })

  it('to a file that must be new', async () => {
    const file = join(folder, 'out.ndjson')
    for await (const event of exportRejects(folder, { format: 'ndjson', file })) {
      expect(event).toEqual({ rows: 4, isDone: true, file })
    }
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(5)
    await writeFile(file, 'mine')
    await expect(textOf({ format: 'csv', file })).rejects.toMatchObject({ code: 'export.file_exists' })
    expect(await readFile(file, 'utf8')).toBe('mine')
  })
})
