import type { NumberMeaning } from './number-format.ts'

/** A cell's value as stored. `missing`: a formula whose result the file does not hold. */
export type CellValue =
  | { readonly kind: 'text' | 'boolean' | 'error'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly meaning: NumberMeaning }
  | { readonly kind: 'missing' }

export interface SheetCell {
  /** From 1. */
  readonly column: number
  readonly value: CellValue
  readonly isFormula: boolean
}

export interface SheetRow {
  /** From 1. */
  readonly row: number
  readonly isHidden: boolean
  /** Cells with a value, in column order. */
  readonly cells: readonly SheetCell[]
}

/** What a sheet says about itself; complete once its rows were read to the end. */
export interface SheetFacts {
  readonly hiddenColumns: { readonly first: number; readonly last: number }[]
  /** Ranges like `A1:B2`. */
  readonly merged: string[]
}

export interface SheetInfo {
  readonly name: string
  readonly isHidden: boolean
}

/** A name that stands for a range of one sheet. */
export interface NamedRange {
  readonly name: string
  readonly sheet: string
  readonly range: string
}

/** An open workbook, whatever its format. */
export interface Workbook extends AsyncDisposable {
  readonly format: 'xlsx' | 'xlsb' | 'xls'
  readonly sheets: readonly SheetInfo[]
  readonly names: readonly NamedRange[]
  /** Days are counted from 1904-01-01. */
  readonly is1904: boolean
  /** Rows that have cells, in order, by piece of the file. */
  rows(sheet: string, facts: SheetFacts): AsyncIterable<readonly SheetRow[]>
}

export function noFacts(): SheetFacts {
  return { hiddenColumns: [], merged: [] }
}

/** `_x000D_` in a workbook's text stands for the character. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Escapes what XML cannot hold, and text that looks like such an escape. */
export function encodeEscapes(text: string): string {
  return text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replaceAll(
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g,
    (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  )
}

/** A named range of a formula like `Sheet1!$A$1:$F$20` or `'My sheet'!$A:$A`; undefined for other formulas. */
export function namedRange(name: string, formula: string): NamedRange | undefined {
  const match = /^(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{0,3}\$?\d*(?::\$?[A-Z]{0,3}\$?\d*)?)$/i.exec(formula.trim())
  if (match === null || name.startsWith('_xlnm.')) return undefined
  const sheet = match[1]?.replaceAll("''", "'") ?? match[2] ?? ''
  return { name, sheet, range: (match[3] ?? '').replaceAll('$', '') }
}
