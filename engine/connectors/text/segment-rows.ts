import { CSV_SEGMENT, type SegmentDialect } from '../../duck/segment.ts'
import type { TextSourceOptions } from './options.ts'
import { BARE, ESCAPED, type RowScanner, type TextDialect } from './row-scanner.ts'
import type { SegmentFile } from './segment-file.ts'

const LF = 0x0a
const CR = 0x0d
const QUOTE = 0x22
const COMMA = 0x2c
const MARK = 0xef

/** How rows of a dialect go into a segment file. */
export interface SegmentRows {
  /** The dialect of the segment. */
  readonly dialect: SegmentDialect
  /** Appends the row the scanner found last; `locator` is a cell more, where wanted. */
  write(file: SegmentFile, bytes: Buffer, scanner: RowScanner, locator?: Buffer): void
}

/** Rows as they stand where DuckDB reads the file's own dialect the same way; else rewritten cell by cell. */
export function segmentRows(dialect: TextDialect, options: TextSourceOptions): SegmentRows {
  return isReadAlike(dialect, options) && dialect.keepsStrayQuotes !== true
    ? verbatim(dialect)
    : rewriting(dialect, options)
}

function isReadAlike({ delimiter, quote, escape }: TextDialect, options: TextSourceOptions): boolean {
  const isPlain = Buffer.byteLength(delimiter) === 1 && (quote === '' || escape === quote || escape === '')
  const isDefaultNull = options.nullValues.length === 1 && options.nullValues[0] === ''
  return isPlain && isDefaultNull && options.quotedEmpty === 'text' && quote !== ''
}

function verbatim({ delimiter, quote }: TextDialect): SegmentRows {
  const dialect = { delimiter, quote, escape: quote, nullText: '' }
  const delimiterByte = delimiter.charCodeAt(0)
  const quoteByte = quote.charCodeAt(0)
  return {
    dialect,
    write: (file, bytes, scanner, locator) => {
      // DuckDB skips a byte order mark at the start of each segment; in quotes it is a value.
      if (file.size === 0 && bytes[scanner.begin] === MARK) {
        file.appendByte(quoteByte)
        file.append(bytes, scanner.starts[0] ?? 0, scanner.ends[0] ?? 0)
        file.appendByte(quoteByte)
        file.append(bytes, scanner.ends[0] ?? 0, scanner.end)
      } else if (locator === undefined && scanner.next === scanner.end + 1 && bytes[scanner.end] === LF) {
        file.appendView(bytes, scanner.begin, scanner.next)
        return
      } else {
        file.append(bytes, scanner.begin, scanner.end)
      }
      if (locator !== undefined) {
        file.appendByte(delimiterByte)
        appendQuoted(file, locator, { start: 0, end: locator.length }, quoteByte)
      }
      file.appendByte(LF)
    },
  }
}

function rewriting(dialect: TextDialect, options: TextSourceOptions): SegmentRows {
  const isNull = nullTest(options)
  const escape = dialect.escape === '' ? dialect.quote.charCodeAt(0) : dialect.escape.charCodeAt(0)
  return {
    dialect: CSV_SEGMENT,
    write: (file, bytes, scanner, locator) => {
      for (let cell = 0; cell < scanner.cells; cell++) {
        if (cell > 0) file.appendByte(COMMA)
        const start = scanner.starts[cell] ?? 0
        const end = scanner.ends[cell] ?? 0
        const flag = scanner.flags[cell] ?? 0
        if (isNull(bytes, start, end, flag)) continue
        if (flag === ESCAPED) appendUnescaped(file, bytes, { start, end }, escape)
        else if (flag !== BARE || needsQuotes(bytes, start, end)) appendQuoted(file, bytes, { start, end }, QUOTE)
        else file.append(bytes, start, end)
      }
      if (locator !== undefined) {
        file.appendByte(COMMA)
        appendQuoted(file, locator, { start: 0, end: locator.length }, QUOTE)
      }
      file.appendByte(LF)
    },
  }
}

export type NullTest = (bytes: Uint8Array, start: number, end: number, flag: number) => boolean

/** Whether a cell is NULL under the policy of the options. Quoted text is never one of `nullValues`. */
export function nullTest({ nullValues, quotedEmpty }: TextSourceOptions): NullTest {
  const isEmptyNull = nullValues.includes('')
  const isQuotedNull = quotedEmpty === 'null'
  const tokens = nullValues.filter((text) => text !== '').map((text) => Buffer.from(text, 'utf8'))
  return (bytes, start, end, flag) => {
    if (start === end) return flag === BARE ? isEmptyNull : isQuotedNull
    if (flag !== BARE || tokens.length === 0) return false
    return tokens.some((token) => token.length === end - start && isSame(token, bytes, start))
  }
}

function isSame(token: Buffer, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < token.length; i++) if (token[i] !== bytes[start + i]) return false
  return true
}

interface Range {
  readonly start: number
  readonly end: number
}

function needsQuotes(bytes: Buffer, start: number, end: number): boolean {
  if (start === end || bytes[start] === MARK) return true
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte === QUOTE || byte === COMMA || byte === LF || byte === CR) return true
  }
  return false
}

function appendQuoted(file: SegmentFile, bytes: Buffer, { start, end }: Range, quote: number): void {
  file.appendByte(quote)
  let from = start
  for (let at = start; at < end; at++) {
    if (bytes[at] !== quote) continue
    file.append(bytes, from, at + 1)
    file.appendByte(quote)
    from = at + 1
  }
  file.append(bytes, from, end)
  file.appendByte(quote)
}

function appendUnescaped(file: SegmentFile, bytes: Buffer, { start, end }: Range, escape: number): void {
  file.appendByte(QUOTE)
  for (let at = start; at < end; at++) {
    if (bytes[at] === escape) at++
    const byte = bytes[at] ?? 0
    file.appendByte(byte)
    if (byte === QUOTE) file.appendByte(QUOTE)
  }
  file.appendByte(QUOTE)
}
