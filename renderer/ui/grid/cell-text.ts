import type { Cell } from '../../../engine/contract/page.ts'

/** What a cell is, for how it is drawn: NULL and empty text must never look alike. */
export type CellKind = 'null' | 'empty' | 'number' | 'boolean' | 'nested' | 'binary' | 'text'

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|U?INTEGER|DECIMAL|DOUBLE|FLOAT|REAL|BIGNUM)\b/

export function isNumeric(type: string): boolean {
  return NUMERIC.test(type) && !type.endsWith(']')
}

export function cellKind(value: Cell | undefined, type: string): CellKind {
  if (value === null || value === undefined) return 'null'
  if (value === '') return 'empty'
  if (type === 'BLOB') return 'binary'
  if (typeof value === 'object') return 'nested'
  if (typeof value === 'boolean') return 'boolean'
  return isNumeric(type) ? 'number' : 'text'
}

/** One line of a cell as plain text; NULL is empty. Line ends and tabs are shown as signs, so that a cell stays one line. */
export function cellLine(value: Cell | undefined): string {
  return cellText(value).replace(/[\n\r\t]/g, (sign) => ({ '\n': '↵', '\r': '␍', '\t': '→' })[sign] ?? ' ')
}

/** A cell as text that can be typed again: nested values as JSON. */
export function cellText(value: Cell | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
