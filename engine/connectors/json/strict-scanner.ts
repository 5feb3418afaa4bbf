import { Failure } from '../../contract/failure.ts'
import { ByteCapture } from './byte-capture.ts'
import { BYTE, isCompleteNumber, isDigit, isEscape, isHexDigit, numberState, STATE, utf8Lead } from './grammar.ts'

/** Nesting beyond this is refused: nothing that people exchange comes near it, and DuckDB stops there too. */
const MAX_DEPTH = 1_000
/** A record larger than this is refused, so that memory stays bounded. */
export const MAX_RECORD_BYTES = 128 * 1024 * 1024

export interface ScannedRecord {
  /** Valid JSON of exactly one value. Points into the chunk: use it before the chunk is reused. */
  readonly bytes: Uint8Array
  /** From 0. */
  readonly index: number
  readonly offset: number
  /** From 1. */
  readonly line: number
  /** It is one of the items of an array, not the whole value at the path. */
  readonly isItem: boolean
}

export interface ScanRequest {
  readonly file: string
  /** Keys from the root to the records. */
  readonly path: readonly string[]
  /** An array at the path gives its items; otherwise the value itself is the one record, whatever it is. */
  readonly splitsArray: boolean
}

const LITERALS: Readonly<Record<number, string>> = { 0x74: 'true', 0x66: 'false', 0x6e: 'null' }

/**
 * A strict, incremental scanner for one JSON text (RFC 8259) that hands out its records as bytes.
 *
 * Every byte is checked, those outside the records too; UTF-8 as well. Memory is the record at hand and one bit of nesting per
 * level. Offsets count bytes from 0, lines and columns from 1.
 * @throws Failure `json.invalid`, `json.too_deep`, `json.record_too_large`.
 */
export class StrictScanner {
  readonly #request: ScanRequest
  readonly #isObject = new Uint8Array(MAX_DEPTH + 1)
  readonly #record = new ByteCapture()
  readonly #key = new ByteCapture()
  #found: ScannedRecord[] = []
  #state: number = STATE.value
  #depth = 0
  #literal = ''
  /** Characters of a literal, hex digits of an escape or bytes of the byte order mark that were seen. */
  #seen = 0
  #isKey = false
  #more = 0
  #low = 0x80
  #high = 0xbf
  #chunkOffset = 0
  #line = 1
  #lineStart = 0
  /** Depth of the deepest open container on the path. */
  #pathDepth = 0
  #keyOnPath = false
  /** Depth at which a value is a record, or -1. */
  #recordDepth = -1
  #recordOffset = 0
  #recordLine = 1
  #records = 0
  #isPathFound = false
  #hasByteOrderMark = false

  constructor(request: ScanRequest) {
    this.#request = request
  }

  get isPathFound(): boolean {
    return this.#isPathFound
  }

  get hasByteOrderMark(): boolean {
    return this.#hasByteOrderMark
  }

  /** Takes the next bytes; gives the records that ended in them. */
  scan(chunk: Uint8Array): ScannedRecord[] {
    this.#found = []
    for (let i = 0; i < chunk.length; ) {
      if (this.#state === STATE.string) i = this.#string(chunk, i)
      else if (this.#state >= STATE.minus) i = this.#number(chunk, i)
      else if (this.#state >= STATE.byteOrderMark) i = this.#inside(chunk, i)
      else i = this.#structure(chunk, i)
    }
    this.#record.carry(chunk)
    this.#key.carry(chunk)
    this.#chunkOffset += chunk.length
    if (this.#record.heldBytes > MAX_RECORD_BYTES) this.#tooLarge()
    return this.#found
  }

  /** The text is over; gives the record that only its end completes (a bare number). */
  end(): ScannedRecord[] {
    this.#found = []
    if (isCompleteNumber(this.#state)) this.#endValue(new Uint8Array(0), 0)
    if (this.#state !== STATE.done) {
      const isEmpty = this.#chunkOffset === (this.#hasByteOrderMark ? 3 : 0)
      this.#fail(0, isEmpty ? 'the text is empty' : 'the text ends in the middle of a value')
    }
    return this.#found
  }

  #structure(chunk: Uint8Array, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0
      if (byte === 0x20 || byte === 0x09 || byte === 0x0d) continue
      if (byte === BYTE.newline) {
        this.#line++
        this.#lineStart = this.#chunkOffset + i + 1
        continue
      }
      this.#token(chunk, i, byte)
      return i + 1
    }
    return chunk.length
  }

  #token(chunk: Uint8Array, i: number, byte: number): void {
    switch (this.#state) {
      case STATE.value:
        return this.#beginValue(i, byte)
      case STATE.firstItem:
        return byte === BYTE.closeArray ? this.#close(chunk, i) : this.#beginValue(i, byte)
      case STATE.firstKey:
        return byte === BYTE.closeObject ? this.#close(chunk, i) : this.#beginKey(i, byte)
      case STATE.key:
        return this.#beginKey(i, byte)
      case STATE.colon:
        if (byte !== BYTE.colon) this.#fail(i, 'a colon is expected after a key')
        this.#state = STATE.value
        return
      case STATE.after:
        return this.#afterValue(chunk, i, byte)
      default:
        this.#fail(i, 'something follows the end of the value')
    }
  }

  #afterValue(chunk: Uint8Array, i: number, byte: number): void {
    const isObject = this.#isObject[this.#depth] === 1
    if (byte === BYTE.comma) this.#state = isObject ? STATE.key : STATE.value
    else if (byte === (isObject ? BYTE.closeObject : BYTE.closeArray)) this.#close(chunk, i)
    else this.#fail(i, isObject ? 'a comma or } is expected' : 'a comma or ] is expected')
  }

  #beginKey(i: number, byte: number): void {
    if (byte !== BYTE.quote) this.#fail(i, 'a key in double quotes is expected')
    this.#isKey = true
    if (this.#depth === this.#pathDepth && this.#depth <= this.#request.path.length) this.#key.start(i)
    this.#state = STATE.string
  }

  #beginValue(i: number, byte: number): void {
    if (this.#chunkOffset + i === 0 && byte >= 0xef) return this.#beginMark(i, byte)
    this.#locate(i, byte)
    this.#isKey = false
    if (byte === BYTE.quote) this.#state = STATE.string
    else if (byte === BYTE.openObject || byte === BYTE.openArray) this.#open(i, byte === BYTE.openObject)
    else if (byte === BYTE.minus) this.#state = STATE.minus
    else if (isDigit(byte)) this.#state = byte === 0x30 ? STATE.zero : STATE.integer
    else this.#beginLiteral(i, byte)
  }

  #beginLiteral(i: number, byte: number): void {
    const literal = LITERALS[byte]
    if (literal === undefined) this.#fail(i, 'a value is expected')
    this.#literal = literal
    this.#seen = 1
    this.#state = STATE.literal
  }

  #beginMark(i: number, byte: number): void {
    if (byte >= 0xfe) this.#fail(i, 'the text is UTF-16; JSON is UTF-8')
    if (byte !== 0xef) this.#fail(i, 'a value is expected')
    this.#seen = 1
    this.#state = STATE.byteOrderMark
  }

  /** Decides whether the value that begins here is a record, holds the records or lies on the way to them. */
  #locate(i: number, byte: number): void {
    const depth = this.#depth
    if (this.#recordDepth < 0 && depth === this.#pathDepth && (depth === 0 || this.#keyOnPath)) {
      if (depth < this.#request.path.length) {
        if (byte === BYTE.openObject) this.#pathDepth = depth + 1
      } else {
        if (this.#isPathFound) this.#fail(i, 'the path to the records occurs twice')
        this.#isPathFound = true
        this.#recordDepth = byte === BYTE.openArray && this.#request.splitsArray ? depth + 1 : depth
      }
    }
    this.#keyOnPath = false
    if (this.#recordDepth !== depth || this.#record.isActive) return
    this.#record.start(i)
    this.#recordOffset = this.#chunkOffset + i
    this.#recordLine = this.#line
  }

  #open(i: number, isObject: boolean): void {
    if (this.#depth === MAX_DEPTH) {
      throw new Failure('json.too_deep', { file: this.#request.file, limit: MAX_DEPTH, offset: this.#chunkOffset + i })
    }
    this.#depth++
    this.#isObject[this.#depth] = isObject ? 1 : 0
    this.#state = isObject ? STATE.firstKey : STATE.firstItem
  }

  #close(chunk: Uint8Array, i: number): void {
    if (this.#pathDepth === this.#depth) this.#pathDepth--
    this.#depth--
    // The array of the records itself ends: it is no record.
    if (this.#recordDepth > this.#depth && !this.#record.isActive) this.#recordDepth = -1
    this.#endValue(chunk, i + 1)
  }

  #endValue(chunk: Uint8Array, end: number): void {
    if (this.#recordDepth === this.#depth && this.#record.isActive) {
      const bytes = this.#record.finish(chunk, end)
      if (bytes.length > MAX_RECORD_BYTES) this.#tooLarge()
      const isItem = this.#recordDepth > this.#request.path.length
      this.#found.push({ bytes, index: this.#records++, offset: this.#recordOffset, line: this.#recordLine, isItem })
      if (!isItem) this.#recordDepth = -1
    }
    this.#state = this.#depth === 0 ? STATE.done : STATE.after
  }

  #string(chunk: Uint8Array, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0
      if (this.#more > 0) {
        if (byte < this.#low || byte > this.#high) this.#fail(i, 'the bytes are not UTF-8')
        this.#more--
        this.#low = 0x80
        this.#high = 0xbf
      } else if (byte === BYTE.quote) {
        this.#endString(chunk, i + 1)
        return i + 1
      } else if (byte === BYTE.backslash) {
        this.#state = STATE.escape
        return i + 1
      } else if (byte < 0x20) this.#fail(i, 'a control character stands unescaped in a string')
      else if (byte >= 0x80) this.#lead(i, byte)
    }
    return chunk.length
  }

  #lead(i: number, byte: number): void {
    const lead = utf8Lead(byte)
    if (lead === undefined) this.#fail(i, 'the bytes are not UTF-8')
    this.#more = lead.more
    this.#low = lead.low
    this.#high = lead.high
  }

  #endString(chunk: Uint8Array, end: number): void {
    if (!this.#isKey) return this.#endValue(chunk, end)
    if (this.#key.isActive) {
      const key: unknown = JSON.parse(Buffer.from(this.#key.finish(chunk, end)).toString('utf8'))
      this.#keyOnPath = key === this.#request.path[this.#depth - 1]
    }
    this.#state = STATE.colon
  }

  #number(chunk: Uint8Array, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const next = numberState(this.#state, chunk[i] ?? 0)
      if (next >= 0) {
        this.#state = next
        continue
      }
      if (!isCompleteNumber(this.#state)) this.#fail(i, 'a digit is expected in a number')
      this.#endValue(chunk, i)
      return i
    }
    return chunk.length
  }

  /** One byte of an escape, a literal or the byte order mark. */
  #inside(chunk: Uint8Array, i: number): number {
    const byte = chunk[i] ?? 0
    if (this.#state === STATE.escape) {
      if (byte === 0x75) this.#seen = 0
      else if (!isEscape(byte)) this.#fail(i, 'no such escape in a string')
      this.#state = byte === 0x75 ? STATE.hex : STATE.string
    } else if (this.#state === STATE.hex) {
      if (!isHexDigit(byte)) this.#fail(i, 'four hex digits are expected after \\u')
      if (++this.#seen === 4) this.#state = STATE.string
    } else if (this.#state === STATE.literal) {
      if (byte !== this.#literal.charCodeAt(this.#seen)) this.#fail(i, `${this.#literal} is expected`)
      if (++this.#seen === this.#literal.length) this.#endValue(chunk, i + 1)
    } else {
      if (byte !== (this.#seen === 1 ? 0xbb : 0xbf)) this.#fail(i, 'a value is expected')
      if (++this.#seen === 3) {
        this.#hasByteOrderMark = true
        this.#state = STATE.value
      }
    }
    return i + 1
  }

  #tooLarge(): never {
    const { file } = this.#request
    throw new Failure('json.record_too_large', { file, offset: this.#recordOffset, limitBytes: MAX_RECORD_BYTES })
  }

  #fail(i: number, reason: string): never {
    const offset = this.#chunkOffset + i
    const column = offset - this.#lineStart + 1
    throw new Failure('json.invalid', { file: this.#request.file, offset, line: this.#line, column, reason })
  }
}
