import { parseDecimal } from '../shared/decimal-text.ts'
import { fitLeaf } from '../shared/leaf-text.ts'
import { serialText } from './serial-date.ts'
import type { CellValue } from './workbook.ts'

export type TypedKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'interval'
  | 'error'
  | 'missing'
  | 'no_date'

/** A cell by what it means, as text. `no_date`: a number with a date's format that is no day (negative, 1900-02-29). */
export interface TypedCell {
  readonly kind: TypedKind
  readonly text: string
}

export function typedCell(value: CellValue, is1904: boolean): TypedCell {
  if (value.kind === 'missing') return { kind: 'missing', text: '' }
  if (value.kind !== 'number') return value
  const number = Number(value.text)
  if (value.meaning === 'number') {
    return { kind: 'number', text: parseDecimal(value.text) === undefined ? String(number) : value.text }
  }
  return serialText(number, value.meaning, is1904) ?? { kind: 'no_date', text: value.text }
}

/** The text that DuckDB casts to the column's type without change; undefined when the cell is no such value. */
export function fitCell({ kind, text }: TypedCell, type: string): string | undefined {
  if (type === 'VARCHAR') return text
  if (type === 'INTERVAL') return kind === 'interval' || kind === 'time' ? text : undefined
  return fitLeaf(text, type)
}
