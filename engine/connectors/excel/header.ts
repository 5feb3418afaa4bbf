import type { SheetRow } from './workbook.ts'

export interface Header {
  /** The row as Excel numbers it; undefined when there is none. */
  readonly row: number | undefined
  readonly confidence: number
}

const LOOKED_AT = 20

/**
 * Finds the row of column names: the first row nearly as wide as the widest, if all its cells are text. Rows above are a
 * preamble. Confidence is low when everything below is text as well.
 */
export function detectHeader(rows: readonly SheetRow[]): Header {
  const widest = rows.slice(0, 100).reduce((most, { cells }) => Math.max(most, cells.length), 0)
  const position = rows.slice(0, LOOKED_AT).findIndex(({ cells }) => cells.length >= widest * 0.8)
  const candidate = rows[position]
  if (candidate === undefined) return { row: undefined, confidence: 1 }
  if (candidate.cells.some(({ value }) => value.kind !== 'text')) return { row: undefined, confidence: 0.8 }
  const below = rows.slice(position + 1)
  const hasOther = below.some(({ cells }) => cells.some(({ value }) => value.kind !== 'text'))
  return { row: candidate.row, confidence: hasOther ? 0.95 : below.length === 0 ? 0.8 : 0.6 }
}
