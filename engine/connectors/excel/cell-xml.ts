import { Failure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import { parseDecimal } from '../shared/decimal-text.ts'
import { cellAddress } from './cell-address.ts'
import { serialOfDay, serialOfTime } from './serial-date.ts'
import { encodeEscapes } from './workbook.ts'

/** Excel's own limit for the text of a cell, in UTF-16 units. */
const MAX_TEXT = 32_767
/** Excel keeps 15 significant digits; a number with more is written as text. */
const EXACT_DIGITS = 15

/** Positions in the style sheet of `workbookParts`. */
const STYLE = { date: 1, timestamp: 2, time: 3 } as const

export interface CellPlace {
  readonly dataset: string
  readonly column: string
  /** From 1. */
  readonly columnNumber: number
  readonly row: number
}

/**
 * A cell as XML; nothing for NULL. Text is always a text cell, so that a value that begins with `=` can never become a formula.
 * @throws Failure `target.rejected` for text longer than a cell holds.
 */
export function cellXml(cell: Cell, type: string, place: CellPlace): string {
  if (cell === null) return ''
  const address = cellAddress(place.row, place.columnNumber)
  if (typeof cell === 'boolean') return `<c r="${address}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'number') return numberXml(cell, address) ?? textXml(String(cell), address, place)
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell)
  if (/INT$|^INTEGER$|^UINTEGER$|^DECIMAL/.test(type)) {
    return isExact(text) ? `<c r="${address}"><v>${text}</v></c>` : textXml(text, address, place)
  }
  const styled = styledNumber(text, type)
  if (styled !== undefined) return `<c r="${address}" s="${styled.style}"><v>${styled.serial}</v></c>`
  return textXml(text, address, place)
}

/** Text for an attribute or the content of an element. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function numberXml(number: number, address: string): string | undefined {
  // Outside this range Excel has no numbers.
  const size = Math.abs(number)
  if (!Number.isFinite(number) || size > 9.99e307 || (size < 2.3e-308 && size > 0)) return undefined
  return `<c r="${address}"><v>${Object.is(number, -0) ? '-0' : number}</v></c>`
}

function isExact(text: string): boolean {
  const decimal = parseDecimal(text)
  return (
    decimal !== undefined && decimal.digits.replace(/0+$/, '').length <= EXACT_DIGITS && decimal.digits.length < 300
  )
}

function styledNumber(text: string, type: string): { readonly serial: number; readonly style: number } | undefined {
  if (type === 'DATE') {
    const serial = serialOfDay(text)
    return serial === undefined ? undefined : { serial, style: STYLE.date }
  }
  if (type === 'TIME') {
    const serial = serialOfTime(text)
    return serial === undefined ? undefined : { serial, style: STYLE.time }
  }
  if (type !== 'TIMESTAMP') return undefined
  const day = serialOfDay(text.slice(0, 10))
  const time = text.length === 10 ? 0 : serialOfTime(text.slice(11))
  return day === undefined || time === undefined ? undefined : { serial: day + time, style: STYLE.timestamp }
}

function textXml(text: string, address: string, { dataset, column, row }: CellPlace): string {
  if (text.length > MAX_TEXT) {
    const reason = `row ${row}, column ${column} has ${text.length} characters; a cell of Excel holds ${MAX_TEXT}`
    throw new Failure('target.rejected', { target: dataset, reason })
  }
  return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(encodeEscapes(text))}</t></is></c>`
}
