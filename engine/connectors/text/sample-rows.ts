import { ESCAPED, isBlank, lineEndAfter, RowScanner, type TextDialect } from './row-scanner.ts'

/** A row that is not whole after this many bytes of a sample is taken for one with an unclosed quote. */
export const LIKELY_ROW_BYTES = 65_536

/** A row of the sample as text. */
export interface SampleRow {
  readonly cells: readonly { readonly text: string; readonly flag: number }[]
  readonly lines: number
}

/** Text of a cell: escapes undone. */
export function cellText(bytes: Buffer, scanner: RowScanner, cell: number, dialect: TextDialect): string {
  const text = bytes.toString('utf8', scanner.starts[cell], scanner.ends[cell])
  if (scanner.flags[cell] !== ESCAPED) return text
  return dialect.escape === dialect.quote || dialect.escape === ''
    ? text.replaceAll(dialect.quote + dialect.quote, dialect.quote)
    : unescaped(text, dialect.escape)
}

function unescaped(text: string, escape: string): string {
  let result = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] === escape) at++
    result += text[at] ?? ''
  }
  return result
}

/** The rows of a sample as text, after `skipLines` lines; rows with misplaced quotes and blank ones are left out. */
export function sampleRows(
  bytes: Buffer,
  isWhole: boolean,
  dialect: TextDialect,
  { skipLines, mostRows }: { readonly skipLines: number; readonly mostRows: number },
): SampleRow[] {
  const scanner = new RowScanner(dialect)
  const rows: SampleRow[] = []
  let at = 0
  for (let line = 0; line < skipLines; line++) at = lineEndAfter(bytes, at, bytes.length)
  while (at < bytes.length && rows.length < mostRows) {
    const isFound = scanner.scan(bytes, at, bytes.length, isWhole)
    if (!isFound && bytes.length - at < LIKELY_ROW_BYTES) break
    if (isFound && scanner.problem === '') {
      if (!isBlank(scanner)) rows.push(rowOf(bytes, scanner, dialect))
      at = scanner.next
    } else {
      at = lineEndAfter(bytes, at, bytes.length)
    }
  }
  return rows
}

function rowOf(bytes: Buffer, scanner: RowScanner, dialect: TextDialect): SampleRow {
  const cells = Array.from({ length: scanner.cells }, (_, cell) => ({
    text: cellText(bytes, scanner, cell, dialect),
    flag: scanner.flags[cell] ?? 0,
  }))
  return { cells, lines: scanner.lines }
}
