import { inferType } from './infer-types.ts'
import type { SampleRow } from './sample-rows.ts'

export interface DetectedHeader {
  readonly rows: number
  /** 0 to 1. */
  readonly confidence: number
  readonly because: string
}

const MOST_HEADER_ROWS = 3
const ROWS_TO_COMPARE = 200

/**
 * How many of the first rows are headers. A column whose values below are numbers or dates while its cell above is not gives it
 * away; where all is text, a first row of distinct words that do not come back is taken for a header, with less confidence.
 */
export function detectHeader(rows: readonly SampleRow[]): DetectedHeader {
  const [first] = rows
  if (first === undefined) return { rows: 0, confidence: 1, because: 'the file is empty' }
  const body = rows.slice(0, ROWS_TO_COMPARE)
  if (hasValues(first)) return { rows: 0, confidence: 0.9, because: 'the first row holds values' }
  if (rows.length === 1) return { rows: 1, confidence: 0.6, because: 'a single row of names' }
  const typed = [1, 2, 3].map((count) => (body.length > count ? typedColumns(body.slice(count)) : 0))
  const most = Math.max(...typed)
  if (most > 0) {
    for (let count = 1; count <= MOST_HEADER_ROWS; count++) {
      const isNamed = body.slice(0, count).every((row) => !hasValues(row))
      if (isNamed && typed[count - 1] === most) {
        // A longer header must explain more columns than a first row of data with a gap would.
        return { rows: count, confidence: count === 1 ? 0.95 : 0.8, because: 'names above numbers or dates' }
      }
    }
  }
  return allText(first, body.slice(1))
}

function allText(first: SampleRow, below: readonly SampleRow[]): DetectedHeader {
  const names = first.cells.map(({ text }) => text.trim().toLowerCase())
  const named = names.filter((name) => name !== '')
  const isDistinct = new Set(named).size === named.length
  const comesBack = below.some((row) => row.cells.some(({ text }, i) => text !== '' && text.toLowerCase() === names[i]))
  const isShort = names.every((name) => name.length <= 64)
  if (named.length * 2 > names.length && isDistinct && isShort && !comesBack) {
    return { rows: 1, confidence: 0.7, because: 'distinct words that do not come back' }
  }
  return named.length * 2 > names.length && !comesBack
    ? { rows: 1, confidence: 0.5, because: 'text, like everything below' }
    : { rows: 0, confidence: 0.5, because: 'the first row looks like the others' }
}

/** Numbers, dates and the like: what names are not. */
function hasValues(row: SampleRow): boolean {
  return row.cells.some((cell) => cell.text !== '' && /\d/.test(cell.text) && isValue(cell))
}

function isValue(cell: SampleRow['cells'][number]): boolean {
  const { type, doubt } = inferType([cell])
  // A year stands above a column as often as in it.
  return (type !== 'VARCHAR' || doubt !== undefined) && !/^(?:19|20)\d\d$/.test(cell.text)
}

function typedColumns(rows: readonly SampleRow[]): number {
  const width = rows[0]?.cells.length ?? 0
  let typed = 0
  for (let column = 0; column < width; column++) {
    const cells = rows.map(({ cells: row }) => row[column]).filter((cell) => cell !== undefined && cell.text !== '')
    if (inferType(cells.filter((cell) => cell !== undefined)).type !== 'VARCHAR') typed++
  }
  return typed
}

/** One name per column from several header rows: `订单 金额`. Empty and repeated parts are left out. */
export function joinHeaders(rows: readonly SampleRow[], columns: number): string[] {
  return Array.from({ length: columns }, (_, column) => {
    const parts: string[] = []
    for (const { cells } of rows) {
      const text = cells[column]?.text ?? ''
      if (text !== '' && parts.at(-1) !== text) parts.push(text)
    }
    return rows.length === 1 ? (parts[0] ?? '') : parts.join(' ')
  })
}
