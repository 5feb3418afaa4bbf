import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read as readLegacy, utils } from '@e965/xlsx'
import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { type Sql, sql, trusted } from '../../sql/sql.ts'
import { materialise } from '../api/materialise.ts'
import type { WriteRequest } from '../api/writer.ts'
import { fileFolder } from '../shared/file-folder.ts'
import { excel } from './connector.ts'
import { openExcelWriter } from './writer.ts'

let folder = ''
let duck: Duck

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-excel-write-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
})
afterAll(async () => {
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const select = (text: string): Sql => sql`SELECT ${trusted(text)}`

async function write(
  dataset: string,
  query: Sql,
  extra: Partial<WriteRequest> = {},
  rowsPerSheet?: number,
): Promise<unknown[][]> {
  const columns = await duck.columns(query)
  const options = excel.target.parse(extra.options ?? {})
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
  await using writer = await openExcelWriter(fileFolder('write', folder, '/'), { ...request, options }, rowsPerSheet)
  await writer.stage(sql`(${query})`)
  await using back = await writer.readBack()
  const made = await materialise(duck, back, 'back')
  const { rows } = await duck.rows(sql`FROM ${made.relation}`)
  await writer.commit()
  return rows
}

describe('values', () => {
  it.each([
    ['15 digits', '999999999999999 AS v', 'number', 999_999_999_999_999, '999999999999999'],
    ['16 digits', '1234567890123456 AS v', 'string', '1234567890123456', '1234567890123456'],
    ['a DECIMAL', '0.10::DECIMAL(38,2) AS v', 'number', 0.1, '0.10'],
    ['a long DECIMAL', '12345678901234.567::DECIMAL(38,3) AS v', 'string', '12345678901234.567', '12345678901234.567'],
    ['a DOUBLE', '0.1::DOUBLE AS v', 'number', 0.1, 0.1],
    ['NaN', "'NaN'::DOUBLE AS v", 'string', 'NaN', 'NaN'],
    ['what looks like a formula', "'=cmd|''/c calc''!A0' AS v", 'string', "=cmd|'/c calc'!A0", "=cmd|'/c calc'!A0"],
    ['an at sign', "'@SUM(1)' AS v", 'string', '@SUM(1)', '@SUM(1)'],
    // ExcelJS gives no value for an empty text, SheetJS no carriage return.
    ['empty text', "'' AS v", 'object', '', ''],
    ['white space', "E' a\\r\\n\\tb ' AS v", 'string', ' a\n\tb ', ' a\r\n\tb '],
    ['leading zeros', "'01234' AS v", 'string', '01234', '01234'],
    ['a day', "DATE '2024-02-29' AS v", 'number', 45_351, '2024-02-29'],
    ['a day before Excel', "DATE '1899-12-31' AS v", 'string', '1899-12-31', '1899-12-31'],
    ['a moment', "TIMESTAMP '2024-02-29 18:00:00' AS v", 'number', 45_351.75, '2024-02-29 18:00:00'],
    [
      'microseconds',
      "TIMESTAMP '2024-02-29 18:00:00.123456' AS v",
      'string',
      '2024-02-29 18:00:00.123456',
      '2024-02-29 18:00:00.123456',
    ],
    ['a time', "TIME '06:00:00' AS v", 'number', 0.25, '06:00:00'],
    ['a boolean', 'true AS v', 'boolean', true, true],
  ])('%s', async (_case, ...[query, type, stored, readBack]) => {
    expect(await write('v.xlsx', select(String(query)))).toEqual([[readBack]])
    // Two other readers agree on what the file holds, and none sees a formula.
    const book = readLegacy(await readFile(join(folder, 'v.xlsx')), { type: 'buffer' })
    const cell: unknown = book.Sheets['Sheet1']?.['A2']
    expect(cell).toMatchObject({ v: stored })
    expect(cell).not.toHaveProperty('f')
    const other = new exceljs.Workbook()
    await other.xlsx.readFile(join(folder, 'v.xlsx'))
    const value: unknown = other.getWorksheet('Sheet1')?.getCell('A2').value
    expect(value instanceof Date ? 'number' : typeof value).toBe(type)
  })

  it('writes NULL as no cell', async () => {
    expect(await write('null.xlsx', select("NULL::VARCHAR AS a, 'x' AS b"))).toEqual([[null, 'x']])
  })
})

describe('sheets', () => {
  const rows = sql`SELECT range AS n FROM range(7)`

  it('are split when they are full', async () => {
    const read = await write('split.xlsx!Data', rows, { options: { overflow: 'split' } }, 4)
    expect(read).toEqual(['0', '1', '2', '3', '4', '5', '6'].map((n) => [n]))
    const book = readLegacy(await readFile(join(folder, 'split.xlsx')), { type: 'buffer' })
    expect(book.SheetNames).toEqual(['Data', 'Data (2)', 'Data (3)'])
    const lengths = book.SheetNames.map((name) => utils.sheet_to_json(book.Sheets[name] ?? {}).length)
    expect(lengths).toEqual([3, 3, 1])
    // The same load again may replace its own sheets.
    await write('split.xlsx!Data', rows, { options: { overflow: 'split' }, loadId: 'again' }, 4)
  })

  it.each<[string, string, Sql, Partial<WriteRequest>, string]>([
    ['rows beyond the limit', 'full.xlsx', rows, {}, 'target.rejected'],
    ['text beyond the limit', 'full.xlsx', select("repeat('x', 32768) AS v"), {}, 'target.rejected'],
    ['a nested value', 'full.xlsx', select('[1] AS v'), {}, 'type.unsupported'],
    ['an append', 'full.xlsx', rows, { mode: 'append' }, 'write.mode_unsupported'],
    ['another format', 'full.xls', rows, {}, 'target.rejected'],
    ['a name that is none', 'full.xlsx!a/b', rows, {}, 'target.rejected'],
    ['the loss of another sheet', 'full.xlsx!Other', rows, {}, 'target.rejected'],
  ])('refuse %s and leave the old file', async (_case, ...[dataset, query, extra, code]) => {
    await write('full.xlsx', select('1 AS old'), { options: { replaceWorkbook: true }, loadId: 'old' })
    const before = await readFile(join(folder, 'full.xlsx'))
    await expect(write(dataset, query, extra, 4)).rejects.toMatchObject({ code })
    expect(await readFile(join(folder, 'full.xlsx'))).toEqual(before)
  })
})
