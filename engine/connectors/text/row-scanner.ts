/** How a delimited text is written. */
export interface TextDialect {
  readonly delimiter: string
  /** Empty: nothing is quoted. */
  readonly quote: string
  /** The quote itself (doubled) or a backslash; without meaning when `quote` is empty. */
  readonly escape: string
  /** A quote that does not begin a cell is plain text instead of a problem. */
  readonly keepsStrayQuotes?: boolean
}

/** More cells than this in a row are counted but not located: no column list is that long. */
const MOST_CELLS = 65_536
const LF = 0x0a
const CR = 0x0d
/** Cell flags: bare, in quotes, in quotes with escapes inside. */
export const BARE = 0
export const QUOTED = 1
export const ESCAPED = 2

/**
 * Splits UTF-8 bytes into rows and cells. The fields below tell of the row that `scan` found last.
 *
 * One object per dialect with its results in fields and typed arrays, because an object per row or cell would cost more than the scan.
 */
export class RowScanner {
  /** Cells of the row, also those beyond MOST_CELLS. */
  cells = 0
  /** Where each cell's text begins and ends, without its quotes. */
  readonly starts = new Int32Array(MOST_CELLS)
  readonly ends = new Int32Array(MOST_CELLS)
  readonly flags = new Uint8Array(MOST_CELLS)
  /** Where the row begins, where it ends without its line end, and where the next one begins. */
  begin = 0
  end = 0
  next = 0
  /** Physical lines of the row. */
  lines = 1
  /** Why the quotes of the row are wrong; `next` is then undefined in meaning. */
  problem: '' | 'stray' | 'unclosed' | 'after_quote' = ''
  readonly #delimiter: number
  readonly #delimiterRest: readonly number[]
  readonly #delimiterBytes: number
  readonly #quote: number
  readonly #escape: number
  readonly #stopsBare = new Uint8Array(256)
  readonly #stopsQuoted = new Uint8Array(256)

  constructor(dialect: TextDialect) {
    const [first = 0, ...rest] = Buffer.from(dialect.delimiter, 'utf8')
    this.#delimiter = first
    this.#delimiterRest = rest
    this.#delimiterBytes = 1 + rest.length
    this.#quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0)
    this.#escape = dialect.escape === '' ? this.#quote : dialect.escape.charCodeAt(0)
    for (const stop of [first, LF, CR, dialect.keepsStrayQuotes === true ? -1 : this.#quote])
      if (stop >= 0) this.#stopsBare[stop] = 1
    for (const stop of [LF, CR, this.#quote, this.#escape]) if (stop >= 0) this.#stopsQuoted[stop] = 1
  }

  /**
   * Scans the row that begins at `from`. False when it is not whole before `to` and more may come (`isLast` is false).
   * A row with a `problem` was only scanned up to it.
   */
  scan(bytes: Buffer, from: number, to: number, isLast: boolean): boolean {
    this.begin = from
    this.cells = 0
    this.lines = 1
    this.problem = ''
    const quote = this.#quote
    let at = from
    for (;;) {
      at = at < to && bytes[at] === quote ? this.#quoted(bytes, at, to, isLast) : this.#bare(bytes, at, to)
      if (at < 0) return this.problem !== ''
      if (at >= to) {
        if (!isLast) return false
        this.end = to
        this.next = to
        return true
      }
      const byte = bytes[at]
      if (byte === LF || byte === CR) return this.#endRow(bytes, at, to, isLast)
      at += this.#delimiterBytes
    }
  }

  /** Bare cells up to one that is quoted or the end of the row. Returns the offset of what ends the last, or -1 with a problem. */
  #bare(bytes: Buffer, from: number, to: number): number {
    const { starts, ends, flags } = this
    const stops = this.#stopsBare
    const delimiter = this.#delimiterBytes === 1 ? this.#delimiter : -1
    let cells = this.cells
    let start = from
    let at = from
    for (;;) {
      while (at < to && stops[bytes[at] ?? 0] === 0) at++
      const byte = at < to ? bytes[at] : LF
      if (
        byte === delimiter ||
        byte === LF ||
        byte === CR ||
        (byte === this.#delimiter && this.#isDelimiter(bytes, at))
      ) {
        if (cells < MOST_CELLS) {
          starts[cells] = start
          ends[cells] = at
          flags[cells] = BARE
        }
        cells++
        if (byte !== delimiter || bytes[at + 1] === this.#quote || at + 1 >= to) break
        at++
        start = at
        continue
      }
      if (byte === this.#quote) {
        this.problem = 'stray'
        at = -1
        break
      }
      at++
    }
    this.cells = cells
    return at
  }

  /** The same for a cell in quotes; -1 without a problem when the cell is not whole. */
  #quoted(bytes: Buffer, from: number, to: number, isLast: boolean): number {
    const stops = this.#stopsQuoted
    let flag = QUOTED
    let at = from + 1
    for (;;) {
      while (at < to && stops[bytes[at] ?? 0] === 0) at++
      if (at >= to) return this.#unfinished(isLast)
      const byte = bytes[at]
      if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) {
        this.lines++
      } else if (byte === this.#escape && (this.#escape !== this.#quote || bytes[at + 1] === this.#quote)) {
        if (at + 1 >= to) return this.#unfinished(isLast)
        flag = ESCAPED
        at++
      } else if (byte === this.#quote) {
        break
      }
      at++
    }
    if (at + 1 >= to && !isLast) return -1
    this.#addCell(from + 1, at, flag)
    const after = bytes[at + 1]
    if (
      at + 1 >= to ||
      after === LF ||
      after === CR ||
      (after === this.#delimiter && this.#isDelimiter(bytes, at + 1))
    ) {
      return at + 1
    }
    this.problem = 'after_quote'
    return -1
  }

  #unfinished(isLast: boolean): number {
    if (isLast) this.problem = 'unclosed'
    return -1
  }

  #isDelimiter(bytes: Buffer, at: number): boolean {
    return this.#delimiterRest.every((byte, i) => bytes[at + 1 + i] === byte)
  }

  #addCell(start: number, end: number, flag: number): void {
    const cell = this.cells++
    if (cell >= MOST_CELLS) return
    this.starts[cell] = start
    this.ends[cell] = end
    this.flags[cell] = flag
  }

  #endRow(bytes: Buffer, at: number, to: number, isLast: boolean): boolean {
    if (bytes[at] === CR && at + 1 >= to && !isLast) return false
    this.end = at
    this.next = bytes[at] === CR && at + 1 < to && bytes[at + 1] === LF ? at + 2 : at + 1
    return true
  }
}

/** Offset after the line that begins at `from`. */
export function lineEndAfter(bytes: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] === LF) return at + 1
    if (bytes[at] === CR) return bytes[at + 1] === LF && at + 1 < to ? at + 2 : at + 1
  }
  return to
}

/** Whether the row found last is an empty line. */
export function isBlank(scanner: RowScanner): boolean {
  return scanner.cells === 1 && scanner.flags[0] === BARE && scanner.starts[0] === scanner.ends[0]
}
