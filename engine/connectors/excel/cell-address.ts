/** Excel's own limits. */
export const MAX_ROWS = 1_048_576
export const MAX_COLUMNS = 16_384

/** A rectangle of cells, all from 1 and inclusive. */
export interface CellRange {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

export const WHOLE_SHEET: CellRange = { firstRow: 1, lastRow: MAX_ROWS, firstColumn: 1, lastColumn: MAX_COLUMNS }

/** `A` is 1. */
export function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

export function cellAddress(row: number, column: number): string {
  return `${columnLetters(column)}${row}`
}

/** Column of an address like `AB12`; 0 when it is none. */
export function columnOfAddress(address: string): number {
  let column = 0
  for (let i = 0; i < address.length; i++) {
    const code = address.charCodeAt(i) & 0xdf
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column
}

/** `A1:F20`, `$A$1:$F$20`, `A:C`, `2:10` or one cell; undefined for anything else. */
export function parseRange(text: string): CellRange | undefined {
  const match = /^\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?$/i.exec(text)
  if (match === null || text === '') return undefined
  const [, left, top, right = text.includes(':') ? undefined : left, bottom = text.includes(':') ? undefined : top] =
    match
  if ((left === undefined) !== (right === undefined) || (top === undefined) !== (bottom === undefined)) return undefined
  if (left === undefined && top === undefined) return undefined
  if (!text.includes(':') && (left === undefined || top === undefined)) return undefined
  const range = {
    firstRow: Number(top ?? 1),
    lastRow: Number(bottom ?? MAX_ROWS),
    firstColumn: left === undefined ? 1 : columnNumber(left),
    lastColumn: right === undefined ? MAX_COLUMNS : columnNumber(right),
  }
  const isInside = range.firstRow >= 1 && range.lastRow <= MAX_ROWS && range.lastColumn <= MAX_COLUMNS
  return isInside && range.firstRow <= range.lastRow && range.firstColumn <= range.lastColumn ? range : undefined
}

export function printRange({ firstRow, lastRow, firstColumn, lastColumn }: CellRange): string {
  return `${cellAddress(firstRow, firstColumn)}:${cellAddress(lastRow, lastColumn)}`
}
