import { Failure } from '../../contract/failure.ts'
import type { Reject } from '../../contract/reject.ts'
import { LONGEST_LINE_BYTES } from './line-blocks.ts'
import type { CellCheck } from './number-cells.ts'
import type { TextSourceOptions } from './options.ts'
import { shortened } from './print.ts'
import { RawLines } from './raw-lines.ts'
import { rawHex } from './reject-file.ts'
import { isBlank, lineEndAfter, RowScanner, type TextDialect } from './row-scanner.ts'
import { cellText } from './sample-rows.ts'
import type { NullTest } from './segment-rows.ts'
import type { BadLine, TextBlock } from './text-blocks.ts'

/** How the rows of one file are told apart and checked. */
export interface RowPlan {
  /** The file's name, for locators. */
  readonly file: string
  readonly dialect: TextDialect
  readonly skipLines: number
  readonly headerRows: number
  /** The file's columns in its order. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly check?: CellCheck }[]
  readonly isNull: NullTest
  readonly onTypeError: TextSourceOptions['onTypeError']
  /** Of the file's encoding. */
  readonly unitBytes: 1 | 2
}

export interface RowSink {
  /** A row in order; the scanner tells of it. Returns false when no more rows are wanted. */
  row(bytes: Buffer, scanner: RowScanner, line: number): boolean
  reject(reject: Reject): void
}

/**
 * Finds the rows of a file in its blocks, gives the good ones to a sink and the others to its rejects.
 *
 * A quote that is not closed costs one line: the row is refused and reading goes on with the next line.
 */
export class RowReader {
  /** Rows and blank lines so far; header rows are not counted. */
  rows = 0n
  blankLines = 0
  isDone = false
  /** Columns that had a value of another type, under the policy `widen`: they are not checked any more. */
  readonly widened = new Set<number>()
  readonly #plan: RowPlan
  readonly #sink: RowSink
  readonly #scanner: RowScanner
  #checked: readonly { readonly cell: number; readonly check: CellCheck }[]
  #line = 1
  #linesToSkip: number
  #headersToSkip: number
  /** A row that is not whole yet: its text, its raw bytes, and what is wrong with its lines. */
  #rest: Window = EMPTY

  constructor(plan: RowPlan, sink: RowSink) {
    this.#plan = plan
    this.#sink = sink
    this.#scanner = new RowScanner(plan.dialect)
    this.#checked = plan.columns.flatMap(({ check }, i) => (check === undefined ? [] : [{ cell: i, check }]))
    this.#linesToSkip = plan.skipLines
    this.#headersToSkip = plan.headerRows
  }

  feed(block: TextBlock): void {
    if (block.isCutLine) {
      this.#scanWindow(this.#rest, true)
      this.#rest = EMPTY
      this.#refuse({ rule: 'text.too_long', reason: `a line beyond ${LONGEST_LINE_BYTES} bytes` }, block.raw)
      this.#line++
      return
    }
    this.#scanWindow(joined(this.#rest, block), block.isLast)
  }

  #scanWindow({ bytes, raw, badLines }: Window, isLast: boolean): void {
    const window = { bytes, raw, badLines, rawLines: new RawLines(bytes, raw, this.#plan.unitBytes) }
    const scanner = this.#scanner
    const to = bytes.length
    const bad = new BadLines(badLines)
    let at = 0
    while (at < to && !this.isDone) {
      if (this.#linesToSkip > 0) {
        at = this.#skipLine(bytes, at)
        continue
      }
      const isFound = scanner.scan(bytes, at, to, isLast)
      if (!isFound && to - at <= LONGEST_LINE_BYTES) break
      const badLine = badLines.length === 0 ? undefined : bad.within(at, this.#endOf(bytes, at, isFound))
      at = isFound ? this.#row(window, at, badLine, isLast) : this.#refuseLine(window, at, UNCLOSED)
    }
    this.#rest = at < to ? remainder(window, at) : EMPTY
  }

  #endOf(bytes: Buffer, at: number, isFound: boolean): number {
    const isWhole = isFound && this.#scanner.problem === ''
    return isWhole ? this.#scanner.next : lineEndAfter(bytes, at, bytes.length)
  }

  #skipLine(bytes: Buffer, at: number): number {
    this.#linesToSkip--
    this.#line++
    return lineEndAfter(bytes, at, bytes.length)
  }

  /** Settles one scanned row; gives where the next one begins. */
  #row(window: OpenWindow, at: number, badLine: BadLine | undefined, isLast: boolean): number {
    const scanner = this.#scanner
    const { bytes } = window
    if (this.#headersToSkip > 0) return this.#header(bytes, at)
    if (scanner.problem !== '') return this.#refuseLine(window, at, badLine ?? PROBLEMS[scanner.problem])
    if (badLine !== undefined) return this.#refuseRow(window, at, badLine)
    if (isBlank(scanner) && this.#plan.columns.length > 1) {
      this.blankLines++
      this.#line += scanner.lines
      return scanner.next
    }
    if (scanner.cells !== this.#plan.columns.length) return this.#refuseColumns(window, at, isLast)
    const { next, lines } = scanner
    this.rows++
    const broken = this.#brokenCell(bytes)
    if (broken >= 0) this.#refuseCell(bytes, broken)
    else if (!this.#sink.row(bytes, scanner, this.#line)) this.isDone = true
    this.#line += lines
    return next
  }

  #header(bytes: Buffer, at: number): number {
    const scanner = this.#scanner
    const isRow = scanner.problem === ''
    if (!isRow || !isBlank(scanner)) this.#headersToSkip--
    this.#line += isRow ? scanner.lines : 1
    return isRow ? scanner.next : lineEndAfter(bytes, at, bytes.length)
  }

  #brokenCell(bytes: Buffer): number {
    const { starts, ends, flags } = this.#scanner
    for (const { cell, check } of this.#checked) {
      const start = starts[cell] ?? 0
      const end = ends[cell] ?? 0
      if (start < end && check(bytes, start, end)) continue
      if (this.#plan.isNull(bytes, start, end, flags[cell] ?? 0)) continue
      if (this.#plan.onTypeError !== 'widen') return cell
      this.widened.add(cell)
      this.#checked = this.#checked.filter((other) => other.cell !== cell)
    }
    return -1
  }

  #refuseCell(bytes: Buffer, cell: number): void {
    const scanner = this.#scanner
    const { name, type } = this.#plan.columns[cell] ?? { name: '', type: '' }
    const values = this.#plan.columns.map((column, i) => {
      const isNull = this.#plan.isNull(bytes, scanner.starts[i] ?? 0, scanner.ends[i] ?? 0, scanner.flags[i] ?? 0)
      return [column.name, isNull ? null : cellText(bytes, scanner, i, this.#plan.dialect)] as const
    })
    const value = cellText(bytes, scanner, cell, this.#plan.dialect)
    if (this.#plan.onTypeError === 'stop') {
      throw new Failure('file.type_broken', { locator: this.#locator(), column: name, type, value: shortened(value) })
    }
    this.#sink.reject({
      rule: `type.${type}`,
      column: name,
      value,
      reason: `not a value of ${type}, or not without loss`,
      locator: this.#locator(),
      raw: JSON.stringify(Object.fromEntries(values)),
    })
  }

  /**
   * A row over several lines with the wrong number of cells is more likely one with an unclosed quote that ran into its
   * neighbours, when the very next line is a good row by itself.
   */
  #refuseColumns(window: OpenWindow, at: number, isLast: boolean): number {
    const scanner = this.#scanner
    const { cells, next, lines } = scanner
    const wanted = this.#plan.columns.length
    if (lines > 1) {
      const second = lineEndAfter(window.bytes, at, window.bytes.length)
      const isRow = scanner.scan(window.bytes, second, window.bytes.length, isLast) && scanner.problem === ''
      if (isRow && scanner.cells === wanted && scanner.lines === 1) return this.#refuseLine(window, at, UNCLOSED)
    }
    this.#refuse(
      { rule: 'csv.columns', reason: `${cells} columns instead of ${wanted}` },
      window.rawLines.range(at, next),
    )
    this.#line += lines
    return next
  }

  #refuseRow(window: OpenWindow, at: number, { rule, reason }: Refusal): number {
    const { next, lines } = this.#scanner
    this.#refuse({ rule, reason }, window.rawLines.range(at, next))
    this.#line += lines
    return next
  }

  #refuseLine(window: OpenWindow, at: number, { rule, reason }: Refusal): number {
    const next = lineEndAfter(window.bytes, at, window.bytes.length)
    this.#refuse({ rule, reason }, window.rawLines.range(at, next))
    this.#line++
    return next
  }

  #refuse({ rule, reason }: Refusal, raw: Buffer): void {
    this.rows++
    this.#sink.reject({ rule, column: null, value: null, reason, locator: this.#locator(), raw: rawHex(raw) })
  }

  #locator(): string {
    return `${this.#plan.file}:${this.#line}`
  }
}

type Window = Pick<TextBlock, 'bytes' | 'raw' | 'badLines'>
type OpenWindow = Window & { readonly rawLines: RawLines }
type Refusal = Pick<Reject, 'rule' | 'reason'>

const EMPTY: Window = { bytes: Buffer.alloc(0), raw: Buffer.alloc(0), badLines: [] }
const UNCLOSED: Refusal = { rule: 'csv.quote', reason: 'a quote that is not closed' }
const PROBLEMS: Readonly<Record<'stray' | 'unclosed' | 'after_quote', Refusal>> = {
  stray: { rule: 'csv.quote', reason: 'a quote inside a value that is not quoted' },
  after_quote: { rule: 'csv.quote', reason: 'text after a closing quote, or a quote that is not doubled' },
  unclosed: UNCLOSED,
}

/** Bad lines in order, asked for ever later ranges. */
class BadLines {
  readonly #lines: readonly BadLine[]
  #next = 0

  constructor(lines: readonly BadLine[]) {
    this.#lines = lines
  }

  within(start: number, end: number): BadLine | undefined {
    for (let line = this.#lines[this.#next]; line !== undefined && line.end <= start; line = this.#lines[this.#next]) {
      this.#next++
    }
    const line = this.#lines[this.#next]
    return line !== undefined && line.start < end ? line : undefined
  }
}

function joined(rest: Window, block: Window): Window {
  if (rest.bytes.length === 0) return block
  const shift = rest.bytes.length
  const raw = rest.raw === rest.bytes && block.raw === block.bytes ? undefined : Buffer.concat([rest.raw, block.raw])
  const bytes = Buffer.concat([rest.bytes, block.bytes])
  const shifted = block.badLines.map((line) => ({ ...line, start: line.start + shift, end: line.end + shift }))
  return { bytes, raw: raw ?? bytes, badLines: [...rest.badLines, ...shifted] }
}

function remainder(window: OpenWindow, at: number): Window {
  const bytes = window.bytes.subarray(at)
  const badLines = window.badLines
    .filter(({ end }) => end > at)
    .map((line) => ({ ...line, start: Math.max(0, line.start - at), end: line.end - at }))
  return { bytes, raw: window.raw === window.bytes ? bytes : window.raw.subarray(window.rawLines.offset(at)), badLines }
}
