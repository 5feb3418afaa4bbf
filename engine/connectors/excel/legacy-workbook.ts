import { readFile, stat } from 'node:fs/promises'
import { type CellObject, read, SSF, utils, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { Failure } from '../../contract/failure.ts'
import { meaningOf } from './number-format.ts'
import {
  type CellValue,
  namedRange,
  type SheetCell,
  type SheetFacts,
  type SheetRow,
  type Workbook,
} from './workbook.ts'

/** .xls and .xlsb are read whole, so they are limited. An .xls holds at most 65,536 rows a sheet anyway. */
const MAX_BYTES = 128 * 1024 * 1024
const ROWS_AT_ONCE = 1_000

/** Opens .xls and .xlsb. @throws Failure `file.corrupt`, `excel.encrypted`, `excel.zip_bomb` beyond 128 MB. */
export async function openLegacy(path: string, file: string, format: 'xls' | 'xlsb'): Promise<Workbook> {
  if ((await stat(path)).size > MAX_BYTES) throw new Failure('excel.zip_bomb', { file, limit: `${MAX_BYTES} bytes` })
  const book = parse(await readFile(path), file)
  const sheets = book.SheetNames.map((name, i) => ({ name, isHidden: (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0 }))
  const names = (book.Workbook?.Names ?? []).flatMap(({ Name, Ref }) => namedRange(Name, Ref) ?? [])
  return {
    format,
    sheets,
    names,
    is1904: book.Workbook?.WBProps?.date1904 === true,
    rows: (sheet, facts) => sheetRows(book.Sheets[sheet], facts),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function parse(bytes: Buffer, file: string): WorkBook {
  try {
    return read(bytes, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellStyles: true,
      cellDates: false,
      cellHTML: false,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (/password|encrypt/i.test(reason)) throw new Failure('excel.encrypted', { file }, { cause: error })
    throw new Failure('file.corrupt', { file, reason }, { cause: error })
  }
}

async function* sheetRows(sheet: WorkSheet | undefined, facts: SheetFacts): AsyncGenerator<SheetRow[]> {
  if (sheet === undefined) return
  for (const range of sheet['!merges'] ?? []) facts.merged.push(utils.encode_range(range))
  sheet['!cols']?.forEach((column, i) => {
    if (column?.hidden === true) facts.hiddenColumns.push({ first: i + 1, last: i + 1 })
  })
  const data = sheet['!data'] ?? []
  let rows: SheetRow[] = []
  for (const [i, cells] of data.entries()) {
    const values = (cells ?? []).flatMap((cell, column) => cellOf(cell, column + 1) ?? [])
    if (values.length > 0) rows.push({ row: i + 1, isHidden: sheet['!rows']?.[i]?.hidden === true, cells: values })
    if (rows.length < ROWS_AT_ONCE) continue
    yield rows
    rows = []
  }
  yield rows
}

function cellOf(cell: CellObject | undefined, column: number): SheetCell | undefined {
  if (cell === undefined) return undefined
  const isFormula = cell.f !== undefined
  const value = valueOf(cell, isFormula)
  return value === undefined ? undefined : { column, value, isFormula }
}

function valueOf(cell: CellObject, isFormula: boolean): CellValue | undefined {
  if (cell.t === 'z' || cell.v === undefined) return isFormula ? { kind: 'missing' } : undefined
  switch (cell.t) {
    case 'n': {
      const code = typeof cell.z === 'number' ? SSF.get_table()[cell.z] : cell.z
      return { kind: 'number', text: String(cell.v), meaning: meaningOf(0, code ?? 'General') }
    }
    case 'b':
      return { kind: 'boolean', text: cell.v === true ? 'true' : 'false' }
    case 'e':
      return { kind: 'error', text: cell.w ?? String(cell.v) }
    case 's':
    case 'd':
      return { kind: 'text', text: String(cell.v) }
  }
}
