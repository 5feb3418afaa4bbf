import type { Cell } from './page.ts'

/** A cell of a query of our own as text; NULL and a missing cell are the empty text. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined || cell === null) return ''
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

/** A count as DuckDB gives it: a number, or text when it is 64 bits wide. */
export function cellCount(cell: Cell | undefined): bigint {
  return BigInt(cellText(cell) || '0')
}
