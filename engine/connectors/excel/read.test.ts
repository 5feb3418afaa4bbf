import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utils, type WorkBook, write as writeLegacy } from '@e965/xlsx'
import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'
import { materialise } from '../api/materialise.ts'
import type { ReadRequest } from '../api/reading.ts'
import { excel } from './connector.ts'
import { workbookParts } from './workbook-parts.ts'
import { openZip } from './zip.ts'
import { ZipWriter } from './zip-writer.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)

let folder = ''
let duck: Duck

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-excel-read-'))
  duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
  await oddBook(join(folder, 'odd.xlsx'))
})
afterAll(async () => {
  await duck[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** A sheet as people make them: a title, merged cells, formulas, errors, hidden things, mixed columns. */
async function oddBook(path: string): Promise<void> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('Sales')
  sheet.addRow(['Report of 2024'])
  sheet.addRow(['id', 'name', 'name', 'due', 'total', 'mixed', 'state'])
  sheet.addRow([1, 'a', 'x', 45351, { formula: 'A3*2', result: 2 }, 'text', 'ok'])
  sheet.addRow([2, '=1+1', 'y', 45352.5, { formula: 'A4*2', result: 4 }, 5, { error: '#REF!' }])
  sheet.addRow([3, 'c', 'z', null, { formula: 'A5*2' }, true, 'ok'])
  sheet.getCell('D3').numFmt = 'dd/mm/yyyy'
  sheet.getCell('D4').numFmt = 'dd/mm/yyyy hh:mm'
  sheet.mergeCells('A1:C1')
  sheet.getRow(3).hidden = true
  sheet.getColumn(2).hidden = true
  const hidden = book.addWorksheet('Secret!plan')
  hidden.state = 'hidden'
  hidden.addRow(['a'])
  hidden.addRow([1])
  book.definedNames.add('Sales!$A$2:$B$4', 'Ids')
  await book.xlsx.writeFile(path)
}

async function show(dataset: string, options: unknown = {}, request: Partial<ReadRequest> = {}): Promise<Shown> {
  await using session = await excel.open({ name: 'read', config: { folder }, baseDirectory: '/', secret })
  await using reading = await session.read({ dataset, options: excel.source.parse(options), duck, ...request })
  const made = await materialise(duck, reading, 'shown')
  return {
    columns: reading.columns.map(({ name, type }) => `${name} ${type}`),
    rows: (await duck.rows(sql`FROM ${made.relation}`)).rows,
    rejects: (await duck.rows(sql`SELECT rule, "column", value, locator FROM ${made.rejects}`)).rows,
    warnings: reading.warnings,
  }
}

interface Shown {
  readonly columns: string[]
  readonly rows: unknown[][]
  readonly rejects: unknown[][]
  readonly warnings: readonly string[]
}

describe('an odd sheet', () => {
  it('is read under its header with what is odd flagged by cell', async () => {
    const shown = await show('odd.xlsx', {}, { withLocator: true })
    expect(shown.columns).toEqual([
      'id BIGINT',
      'name VARCHAR',
      'name_2 VARCHAR',
      'due TIMESTAMP',
      'total BIGINT',
      'mixed VARCHAR',
      'state VARCHAR',
      '_runnel_locator VARCHAR',
    ])
    expect(shown.rows).toEqual([['1', 'a', 'x', '2024-02-29 00:00:00', '2', 'text', 'ok', 'odd.xlsx!Sales!A3']])
    expect(shown.rejects).toEqual([
      ['excel.error', 'state', '#REF!', 'odd.xlsx!Sales!A4'],
      ['excel.missing', 'total', '', 'odd.xlsx!Sales!A5'],
    ])
    expect(shown.warnings).toEqual([
      '1 rows are hidden: 3',
      '1 columns are hidden: B',
      '1 merged ranges hold a value in their first cell only: A1:C1',
      'row 1 stands above the header and is not read',
      '"name" is read as column name_2',
      'column total: 1 formulas have no stored result, the first at E5',
      'column mixed mixes types and is read as text: 1 text (first F3), 1 number (first F4), 1 boolean (first F5)',
      'column state: 1 cells hold an error, the first at G4',
      'the stored results of 3 formulas are read: E3, E4, E5',
    ])
  })

  it.each<[string, string, unknown, number, number]>([
    ['errors as NULL', 'odd.xlsx', { errors: 'null' }, 7, 3],
    ['without what is hidden', 'odd.xlsx!Sales', { hidden: 'skip', errors: 'null' }, 6, 2],
    ['a range', 'odd.xlsx!Sales!A2:B4', {}, 2, 2],
    ['columns of the sheet', 'odd.xlsx!sales!$A:$B', {}, 2, 3],
    ['a named range', 'odd.xlsx!Ids', {}, 2, 2],
    ['a hidden sheet', 'odd.xlsx!Secret!plan', {}, 1, 1],
    ['no header', 'odd.xlsx!Secret!plan', { headerRow: 'none' }, 1, 2],
    ['a header that was said', 'odd.xlsx', { headerRow: 3, errors: 'null' }, 7, 2],
  ])('%s', async (_case, ...[dataset, options, columns, rows]) => {
    const shown = await show(dataset, options)
    expect([shown.columns.length, shown.rows.length, shown.rejects]).toEqual([columns, rows, []])
  })

  it('keeps to declared types and refuses what does not fit', async () => {
    const shown = await show('odd.xlsx', { columns: { mixed: 'BIGINT' }, errors: 'null' }, { columns: ['mixed'] })
    expect(shown.rows).toEqual([['5']])
    expect(shown.rejects.map(([rule]) => rule)).toEqual(['type.BIGINT', 'type.BIGINT'])
  })

  it('refuses what lies beyond the sample and does not fit', async () => {
    const shown = await show('odd.xlsx', { sampleRows: 3, errors: 'null' }, { columns: ['mixed'] })
    expect(shown.columns).toEqual(['mixed VARCHAR'])
    expect(shown.warnings.join()).toMatch(/types come from the first 3 rows/)
  })

  it.each([
    ['odd.xlsx!Sale', 'odd.xlsx!Sales'],
    ['add.xlsx!Sales', 'odd.xlsx!Sales'],
  ])('names the nearest to %s', async (dataset, suggestion) => {
    await expect(show(dataset)).rejects.toMatchObject({ code: 'source.dataset_missing', detail: { suggestion } })
  })
})

function day(v: number): unknown {
  return { t: 'n', v, z: 'yyyy-mm-dd' }
}

function legacyBook(is1904: boolean): WorkBook {
  const book = utils.book_new()
  const sheet = utils.aoa_to_sheet([
    ['n', 'd', 't'],
    [1.5, day(1), 'ä'],
    [2, day(60), '汉'],
    [3, day(45_351), ''],
  ])
  utils.book_append_sheet(book, sheet, 'S')
  if (is1904) book.Workbook = { ...book.Workbook, WBProps: { date1904: true } }
  return book
}

describe('formats', () => {
  it.each(['xls', 'xlsb', 'xlsx'] as const)('.%s with its date systems', async (bookType) => {
    const type = 'buffer'
    await writeFile(join(folder, `old.${bookType}`), writeLegacy(legacyBook(false), { type, bookType }) as Buffer)
    const shown = await show(`old.${bookType}`, {}, { columns: ['d', 'n'] })
    expect(shown.rows).toEqual([
      ['1900-01-01', 1.5],
      ['2024-02-29', 3],
    ])
    // 1900-02-29, which Excel counts and which never was.
    expect(shown.rejects).toEqual([['type.DATE', 'd', '60', `old.${bookType}!S!A3`]])
    expect(shown.warnings).toContain('column d: 1 numbers with a date format are no date, the first at B3')
  })

  it('1904', async () => {
    const bytes = writeLegacy(legacyBook(true), { type: 'buffer', bookType: 'xlsx' }) as Buffer
    await writeFile(join(folder, 'mac.xlsx'), bytes)
    const shown = await show('mac.xlsx', {}, { columns: ['d'] })
    expect(shown.warnings).toContain('dates count from 1904')
    expect(shown.rows).toHaveLength(3)
  })

  const ole2 = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)])
  it.each<[string, string | Buffer, string, string | undefined]>([
    ['page.xlsx', '<html><table><tr><td>1</td></tr></table></html>', 'excel.not_a_workbook', 'an HTML page'],
    ['text.xls', 'a,b\n1,2\n', 'excel.not_a_workbook', 'delimited text (CSV)'],
    ['none.xlsx', '', 'excel.not_a_workbook', 'an empty file'],
    ['paper.xlsx', '%PDF-1.7', 'excel.not_a_workbook', 'a PDF document'],
    ['other.xls', ole2, 'excel.not_a_workbook', 'another kind of Office file'],
    ['locked.xlsx', Buffer.concat([ole2, Buffer.from('EncryptedPackage\0', 'utf16le')]), 'excel.encrypted', undefined],
    ['cut.xlsx', 'PK\u0003\u0004 and nothing more', 'file.corrupt', undefined],
  ])('%s is named as what it is', async (name, ...[content, code, actual]) => {
    await writeFile(join(folder, name), content)
    const detail = actual === undefined ? { file: name } : { file: name, actual }
    await expect(show(name)).rejects.toMatchObject({ code, detail })
  })
})

/** A workbook around the XML of its only sheet. */
async function rawBook(
  name: string,
  sheet: string,
  extra: readonly (readonly [string, string])[] = [],
): Promise<string> {
  const zip = await ZipWriter.create(join(folder, name))
  for (const [part, text] of [...workbookParts(['S']), ['xl/worksheets/sheet1.xml', sheet] as const, ...extra]) {
    await zip.add(part, text)
  }
  await zip.finish()
  await zip.close()
  return name
}

describe('harmful files', () => {
  it('does not expand entities', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>`
    await expect(show(await rawBook('laughs.xlsx', laughs))).rejects.toMatchObject({ code: 'excel.unsafe_xml' })
    const external = laughs.replace('"ha"', 'SYSTEM "file:///etc/passwd"')
    await expect(show(await rawBook('external.xlsx', external))).rejects.toMatchObject({ code: 'excel.unsafe_xml' })
    const unknown = '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    await expect(show(await rawBook('unknown.xlsx', unknown))).rejects.toMatchObject({ code: 'excel.unsafe_xml' })
  })

  it('does not unpack a bomb', async () => {
    const bomb = `<worksheet>${' '.repeat(80 * 1024 * 1024)}</worksheet>`
    await expect(show(await rawBook('bomb.xlsx', bomb))).rejects.toMatchObject({ code: 'excel.zip_bomb' })
  })

  it('counts what it unpacks, whatever the directory says', async () => {
    const name = await rawBook('small.xlsx', `<worksheet>${'<x/>'.repeat(10_000)}</worksheet>`)
    const limits = { totalBytes: 1_000_000, ratio: 2, ratioFromBytes: 1_000_000 }
    await using zip = await openZip(join(folder, name), name, { ...limits })
    const sizes = await Array.fromAsync(zip.chunks('xl/worksheets/sheet1.xml') ?? [])
    expect(sizes.reduce((sum, { length }) => sum + length, 0)).toBe(40_023)
    const tight = openZip(join(folder, name), name, { ...limits, totalBytes: 30_000 })
    await expect(tight).rejects.toMatchObject({ code: 'excel.zip_bomb' })
  })

  it('takes names of members as names only', async () => {
    const sheet = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    const name = await rawBook('slip.xlsx', sheet, [['../../escaped.xml', '<x/>']])
    expect((await show(name)).rows).toEqual([['1']])
    await expect(show('../escaped.xml')).rejects.toMatchObject({ code: 'file.outside_folder' })
  })
})
