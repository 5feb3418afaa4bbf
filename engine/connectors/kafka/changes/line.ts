import type { Column } from '../../../contract/column.ts'
import { Unfit } from '../decode/decoded.ts'

const NULL = '\\N'
const SPECIAL = /[\\\t\n\r]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Cells of a RowLine, from DuckDB's texts. @throws Unfit for text with NUL, which databases do not hold */
export function lineCells(cells: readonly (string | undefined)[], columns: readonly Column[]): string[] {
  return cells.map((cell, i) => (cell === undefined ? NULL : lineCell(cell, columns[i]?.type)))
}

function lineCell(cell: string, type: string | undefined): string {
  if (type === 'BOOLEAN') return cell === 'true' ? 't' : 'f'
  if (type === 'BLOB') return `\\\\x${Buffer.from(cell, 'base64').toString('hex')}`
  if (cell.includes('\0')) throw new Unfit('a text holds NUL')
  return SPECIAL.test(cell) ? cell.replaceAll(/[\\\t\n\r]/g, (one) => ESCAPES[one] ?? one) : cell
}

/** The key of a RowChange: cells of a line, as latin1 text of their UTF-8. @throws Unfit where a part is NULL */
export function keyOf(cells: readonly string[], keys: readonly number[], columns: readonly Column[]): string {
  const parts = keys.map((position) => {
    const cell = cells[position]
    if (cell === undefined || cell === NULL) throw new Unfit(`the key has no ${columns[position]?.name ?? 'value'}`)
    return cell
  })
  return latin1(parts.join('\t'))
}

export function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}
