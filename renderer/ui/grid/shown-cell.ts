import type { Cell } from '../../../engine/contract/page.ts'

export type CellKind = 'null' | 'empty' | 'text' | 'number' | 'boolean' | 'time' | 'json' | 'binary'

export interface ShownCell {
  readonly kind: CellKind
  /** One line; at most `MOST_CHARACTERS`. */
  readonly text: string
}

/** More cannot be seen in a cell however wide, and would only slow the browser down. */
const MOST_CHARACTERS = 400

const NUMBERS = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DECIMAL|DOUBLE|FLOAT|BIGNUM)\b/
const TIMES = /^(?:DATE|TIME|TIMESTAMP|INTERVAL)/
const NESTED = /^(?:STRUCT|MAP|UNION|JSON)|\]$/

/** How values of a DuckDB type are drawn. */
export function kindOfType(type: string): Exclude<CellKind, 'null' | 'empty'> {
  if (NESTED.test(type)) return 'json'
  if (NUMBERS.test(type)) return 'number'
  if (TIMES.test(type)) return 'time'
  if (type === 'BOOLEAN') return 'boolean'
  return type === 'BLOB' || type === 'BIT' ? 'binary' : 'text'
}

/** A cell's text in one line: line ends and tabs as signs, so that a value never looks like another. */
export function shownCell(cell: Cell, type: string): ShownCell {
  if (cell === null) return { kind: 'null', text: 'NULL' }
  if (cell === '') return { kind: 'empty', text: '' }
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
  return { kind: typeof cell === 'object' ? 'json' : kindOfType(type), text: oneLine(text.slice(0, MOST_CHARACTERS)) }
}

function oneLine(text: string): string {
  return text.replaceAll(/\r\n?|\n/g, '⏎').replaceAll('\t', '⇥')
}

/** A value as text, whole: what is copied and shown in a viewer. NULL is empty. */
export function textOfCell(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}
