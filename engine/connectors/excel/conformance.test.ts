import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import type { ConnectorFixture, ConnectorSite, SeedTable, TypeCase } from '../../testing/conformance/fixture.ts'
import type { OpenRequest } from '../api/connector.ts'
import { excel } from './connector.ts'

const exact = 'exact'
const long = 'x'.repeat(32_767)

/** The source type is the cell's number format, or how its text is meant. */
const TYPES: readonly TypeCase[] = [
  { sourceType: 'General', literal: '42', type: 'BIGINT', cell: '42', fidelity: exact },
  { sourceType: 'General', literal: '9007199254740991', type: 'BIGINT', cell: '9007199254740991', fidelity: exact },
  { sourceType: 'General', literal: '0.1', type: 'DOUBLE', cell: 0.1, fidelity: exact },
  { sourceType: 'General', literal: '-1.5e300', type: 'DOUBLE', cell: -1.5e300, fidelity: exact },
  { sourceType: '0.00%', literal: '0.125', type: 'DOUBLE', cell: 0.125, fidelity: exact },
  { sourceType: '#,##0.00 "days"', literal: '7.25', type: 'DOUBLE', cell: 7.25, fidelity: exact },
  { sourceType: 'yyyy-mm-dd', literal: '45351', type: 'DATE', cell: '2024-02-29', fidelity: exact },
  { sourceType: 'yyyy"年"m"月"d"日"', literal: '59', type: 'DATE', cell: '1900-02-28', fidelity: exact },
  { sourceType: '[$-404]e/m/d', literal: '61', type: 'DATE', cell: '1900-03-01', fidelity: exact },
  {
    sourceType: 'dd.mm.yy hh:mm',
    literal: '45351.75',
    type: 'TIMESTAMP',
    cell: '2024-02-29 18:00:00',
    fidelity: exact,
  },
  { sourceType: 'h:mm AM/PM', literal: '0.5', type: 'TIME', cell: '12:00:00', fidelity: exact },
  { sourceType: 'text', literal: '01234', type: 'VARCHAR', cell: '01234', fidelity: exact },
  { sourceType: 'text', literal: '=cmd|x', type: 'VARCHAR', cell: '=cmd|x', fidelity: exact },
  {
    sourceType: 'text',
    literal: ' a\n<b>&"_x0041_\u2028 ',
    type: 'VARCHAR',
    cell: ' a\n<b>&"_x0041_\u2028 ',
    fidelity: exact,
  },
  { sourceType: 'text', literal: long, type: 'VARCHAR', cell: long, fidelity: exact },
  { sourceType: 'boolean', literal: 'true', type: 'BOOLEAN', cell: true, fidelity: exact },
]

function requestFor(folder: string): OpenRequest<unknown> {
  return { name: 'kit', config: { folder }, baseDirectory: '/', secret: () => Promise.resolve(undefined) }
}

/** ExcelJS leaves text that looks like an escape alone and drops control characters, as Excel would not. */
function escaped(text: string): string {
  return (
    text
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, (character) => {
        return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
      })
  )
}

async function seedTable(path: string, { columns, rows }: SeedTable): Promise<void> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('Sheet1')
  sheet.addRow(columns.map(({ name }) => escaped(name)))
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      cell === null ? null : columns[i]?.type === 'BIGINT' ? Number(cell) : escaped(cell),
    )
    sheet.addRow(cells)
  }
  await book.xlsx.writeFile(path)
}

async function seedCell(path: string, sourceType: string, literal: string): Promise<void> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('Sheet1')
  sheet.addRow(['v'])
  const cell = sheet.getCell('A2')
  cell.value =
    sourceType === 'text' ? escaped(literal) : sourceType === 'boolean' ? literal === 'true' : Number(literal)
  if (sourceType !== 'text' && sourceType !== 'boolean') cell.numFmt = sourceType
  await book.xlsx.writeFile(path)
}

function bookName(word: string): string | undefined {
  return /[/\0]/.test(word) || word.startsWith('.') || Buffer.byteLength(word) > 200 ? undefined : `${word}.xlsx!Sheet1`
}

async function openSite(): Promise<ConnectorSite> {
  const folder = await mkdtemp(join(tmpdir(), 'runnel-excel-'))
  const pathOf = (name: string): string => join(folder, name.replace(/!Sheet1$/, ''))
  return {
    request: requestFor(folder),
    datasetName: bookName,
    seed: async (word, table) => {
      const name = bookName(word) ?? 'unnamed.xlsx!Sheet1'
      await seedTable(pathOf(name), table)
      return name
    },
    seedTyped: async (word, sourceType, literal) => {
      const name = bookName(word) ?? 'unnamed.xlsx!Sheet1'
      await seedCell(pathOf(name), sourceType, literal)
      return name
    },
    everything: async () => (await readdir(folder)).filter((name) => !name.startsWith('.runnel-loads-')),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

const fixture: ConnectorFixture = {
  connector: excel,
  openSite,
  modes: ['replace'],
  refusedModes: ['append', 'truncate', 'upsert', 'delete', 'mirror'],
  types: TYPES,
  unavailable: { request: requestFor('/nowhere/at/all') },
}

describeConnector('excel', fixture)
