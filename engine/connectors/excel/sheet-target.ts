import { nearestName } from '../../base/suggest.ts'
import { Failure } from '../../contract/failure.ts'
import { type CellRange, parseRange, WHOLE_SHEET } from './cell-address.ts'
import type { Workbook } from './workbook.ts'

/** The rectangle that a dataset stands for. */
export interface SheetTarget {
  readonly sheet: string
  readonly range: CellRange
  readonly isWholeSheet: boolean
}

/**
 * Finds a sheet, a range of it or a named range in a workbook. Nothing said: the first sheet that is not hidden.
 * @throws Failure `source.dataset_missing` with the nearest name.
 */
export function findTarget(workbook: Workbook, book: string, inside: string | undefined): SheetTarget {
  if (inside === undefined) {
    const first = workbook.sheets.find(({ isHidden }) => !isHidden) ?? workbook.sheets[0]
    if (first === undefined) throw new Failure('source.dataset_missing', { dataset: book })
    return { sheet: first.name, range: WHOLE_SHEET, isWholeSheet: true }
  }
  const found = sheetOrRange(workbook, inside)
  if (found !== undefined) return found
  const known = [...workbook.sheets, ...workbook.names].map(({ name }) => name)
  const near = nearestName(inside, known)
  const dataset = `${book}!${inside}`
  throw new Failure(
    'source.dataset_missing',
    near === undefined ? { dataset } : { dataset, suggestion: `${book}!${near}` },
  )
}

function sheetOrRange(workbook: Workbook, inside: string): SheetTarget | undefined {
  const whole = sheetNamed(workbook, inside)
  if (whole !== undefined) return { sheet: whole, range: WHOLE_SHEET, isWholeSheet: true }
  const named = workbook.names.find(({ name }) => name.toLowerCase() === inside.toLowerCase())
  const at = inside.lastIndexOf('!')
  const sheet =
    named === undefined ? sheetNamed(workbook, inside.slice(0, Math.max(0, at))) : sheetNamed(workbook, named.sheet)
  const range = parseRange(named?.range ?? inside.slice(at + 1))
  return sheet === undefined || range === undefined ? undefined : { sheet, range, isWholeSheet: false }
}

function sheetNamed(workbook: Workbook, name: string): string | undefined {
  return workbook.sheets.find((sheet) => sheet.name.toLowerCase() === name.toLowerCase())?.name
}
