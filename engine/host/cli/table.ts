import type { Column } from '../../contract/column.ts'
import type { Cell } from '../../contract/page.ts'
import { cutToWidth, displayWidth, visibleText } from './width.ts'

export interface TableStyle {
  /** Dims what is not data: NULL and the header line. */
  readonly color: boolean
  /** Widest cell; longer ones are cut with `…`. */
  readonly cellWidth?: number
}

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|FLOAT|DOUBLE|VARINT|BIGNUM)/i

/**
 * Rows in columns of equal width. NULL is shown as `NULL` (dim where colour is on), the empty text as nothing, numbers stand
 * to the right, lists and structs as JSON.
 */
export function printTable(
  columns: readonly Pick<Column, 'name' | 'type'>[],
  rows: readonly (readonly Cell[])[],
  style: TableStyle,
): string {
  const cellWidth = style.cellWidth ?? 40
  const shown = columns.map(({ name }) => cutToWidth(visibleText(name), cellWidth))
  const body = rows.map((row) => columns.map((_column, i) => cellText(row[i] ?? null, cellWidth)))
  const widths = shown.map((name, i) => Math.max(displayWidth(name), ...body.map((row) => displayWidth(row[i] ?? ''))))
  const isRight = columns.map(({ type }) => NUMERIC.test(type) && !type.endsWith('[]'))
  const line = (cells: readonly string[], paint: (text: string, i: number) => string): string =>
    cells
      .map((text, i) => paint(pad(text, widths[i] ?? 0, isRight[i] === true), i))
      .join('  ')
      .trimEnd()
  const dim = (text: string): string => (style.color ? `\u001b[2m${text}\u001b[22m` : text)
  const header = line(shown, (text) => text)
  const rule = dim(widths.map((width) => '─'.repeat(width)).join('  '))
  const printed = body.map((cells, r) => line(cells, (text, i) => ((rows[r]?.[i] ?? null) === null ? dim(text) : text)))
  return [header, rule, ...printed].join('\n')
}

function cellText(cell: Cell, width: number): string {
  if (cell === null) return 'NULL'
  return cutToWidth(visibleText(typeof cell === 'string' ? cell.slice(0, 4 * width) : JSON.stringify(cell)), width)
}

function pad(text: string, width: number, isRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return isRight ? space + text : text + space
}
