import type { RowPacket } from '../connection/row-stream.ts'
import type { ByteForm } from '../types/read-type.ts'

const COMMA = 0x2c
const QUOTE = 0x22
const NEWLINE = 0x0a
const RETURN = 0x0d
const BACKSLASH = 0x5c
const NULL_VALUE = 0xfb
const HEX_DIGITS = Buffer.from('0123456789abcdef')

/** Bytes that make a text value need quotes in MYSQL_SEGMENT. */
const NEEDS_QUOTES = new Uint8Array(256)
for (const byte of [COMMA, QUOTE, NEWLINE, RETURN, BACKSLASH]) NEEDS_QUOTES[byte] = 1

/** Below this a byte loop beats a call into the runtime. */
const SHORT = 24

/** What to do with a row that holds a date no calendar has. */
export type InvalidDates = 'reject' | 'null' | 'text'

/** The first thing wrong in a row: which column and its text. */
export interface InvalidValue {
  readonly column: number
  readonly value: string
}

/**
 * Turns packets of the MySQL text protocol into lines of MYSQL_SEGMENT, straight from bytes to bytes.
 *
 * Lines are `\n`-ended; NULL is an unquoted `\N`; text that holds a delimiter, quote, line break or backslash, and empty
 * text, is quoted; bytes are hex. Call `target` before the first row and whenever a buffer is full.
 */
export class RowEncoder {
  readonly #forms: readonly ByteForm[]
  readonly #invalidDates: InvalidDates
  #out: Buffer = Buffer.alloc(0)
  #at = 0
  /** Set when `encode` refused the row. */
  invalid: InvalidValue | undefined
  /** Whether a line break was written inside quotes since `target`. */
  hasQuotedNewlines = false

  constructor(forms: readonly ByteForm[], invalidDates: InvalidDates) {
    this.#forms = forms
    this.#invalidDates = invalidDates
  }

  /** Bytes written to the buffer so far. */
  get length(): number {
    return this.#at
  }

  /** Goes on in another buffer, from its start. */
  target(out: Buffer): void {
    this.#out = out
    this.#at = 0
    this.hasQuotedNewlines = false
  }

  /** An upper bound of what `encode` writes for a packet; the buffer must have that much room. */
  maxLineBytes({ offset, end }: RowPacket): number {
    return (end - offset) * 2 + this.#forms.length * 4
  }

  /** Writes the row. Gives false, and leaves nothing behind, for a refused row. */
  encode({ buffer, offset, end }: RowPacket): boolean {
    const forms = this.#forms
    const start = this.#at
    for (let column = 0; column < forms.length; column++) {
      if (column > 0) this.#out[this.#at++] = COMMA
      let length = buffer[offset++] ?? 0
      if (length === NULL_VALUE) {
        this.#writeNull()
        continue
      }
      if (length > NULL_VALUE) {
        const width = lengthWidth(length)
        length = readLength(buffer, offset, width)
        offset += width
      }
      const valueEnd = offset + length
      if (valueEnd > end) throw new RangeError('a row packet is shorter than its values')
      if (!this.#writeValue(forms[column], buffer, offset, valueEnd)) {
        this.invalid = { column, value: buffer.toString('latin1', offset, valueEnd) }
        this.#at = start
        return false
      }
      offset = valueEnd
    }
    this.#out[this.#at++] = NEWLINE
    return true
  }

  #writeValue(form: ByteForm | undefined, buffer: Buffer, from: number, to: number): boolean {
    switch (form) {
      case 'text':
        this.#writeText(buffer, from, to)
        return true
      case 'hex':
        this.#writeHex(buffer, from, to)
        return true
      case 'date':
        if (this.#invalidDates === 'text' || isCalendarDate(buffer, from)) this.#copy(buffer, from, to)
        else if (this.#invalidDates === 'null') this.#writeNull()
        else return false
        return true
      case 'plain':
      case undefined:
        this.#copy(buffer, from, to)
        return true
    }
  }

  #writeNull(): void {
    this.#out[this.#at++] = BACKSLASH
    this.#out[this.#at++] = 0x4e
  }

  #copy(buffer: Buffer, from: number, to: number): void {
    const out = this.#out
    let at = this.#at
    if (to - from > SHORT) {
      buffer.copy(out, at, from, to)
      at += to - from
    } else {
      while (from < to) out[at++] = buffer[from++] ?? 0
    }
    this.#at = at
  }

  #writeText(buffer: Buffer, from: number, to: number): void {
    if (from === to) return this.#writeEmpty()
    const out = this.#out
    let at = this.#at
    for (let i = from; i < to; i++) {
      const byte = buffer[i] ?? 0
      if (NEEDS_QUOTES[byte] === 1) return this.#writeQuoted(buffer, from, to)
      out[at++] = byte
    }
    this.#at = at
  }

  #writeQuoted(buffer: Buffer, from: number, to: number): void {
    const out = this.#out
    let at = this.#at
    out[at++] = QUOTE
    for (let i = from; i < to; i++) {
      const byte = buffer[i] ?? 0
      if (byte === QUOTE) out[at++] = QUOTE
      else if (byte === NEWLINE || byte === RETURN) this.hasQuotedNewlines = true
      out[at++] = byte
    }
    out[at++] = QUOTE
    this.#at = at
  }

  #writeHex(buffer: Buffer, from: number, to: number): void {
    if (from === to) return this.#writeEmpty()
    const out = this.#out
    let at = this.#at
    for (let i = from; i < to; i++) {
      const byte = buffer[i] ?? 0
      out[at++] = HEX_DIGITS[byte >> 4] ?? 0
      out[at++] = HEX_DIGITS[byte & 15] ?? 0
    }
    this.#at = at
  }

  #writeEmpty(): void {
    this.#out[this.#at++] = QUOTE
    this.#out[this.#at++] = QUOTE
  }
}

/** Values of a packet as text, hex where `forms` says so; for the few rows that are rejected. */
export function decodeRow({ buffer, offset, end }: RowPacket, forms: readonly ByteForm[]): (string | null)[] {
  return forms.map((form) => {
    let length = buffer[offset++] ?? 0
    if (length === NULL_VALUE) return null
    if (length > NULL_VALUE) {
      const width = lengthWidth(length)
      length = readLength(buffer, offset, width)
      offset += width
    }
    const valueEnd = Math.min(offset + length, end)
    const value = buffer.toString(form === 'hex' ? 'hex' : 'utf8', offset, valueEnd)
    offset = valueEnd
    return value
  })
}

/** Bytes that hold a length-encoded integer after its first byte. */
function lengthWidth(first: number): number {
  return first === 0xfc ? 2 : first === 0xfd ? 3 : 8
}

function readLength(buffer: Buffer, offset: number, width: number): number {
  return width === 8 ? Number(buffer.readBigUInt64LE(offset)) : buffer.readUIntLE(offset, width)
}

/** Whether the `YYYY-MM-DD` at `offset` is a day of the calendar; MySQL has year 0, months 0 and days 0, and allows more by mode. */
function isCalendarDate(buffer: Buffer, offset: number): boolean {
  const year = digit(buffer, offset) * 1000 + digit(buffer, offset + 1) * 100 + twoDigits(buffer, offset + 2)
  const month = twoDigits(buffer, offset + 5)
  const day = twoDigits(buffer, offset + 8)
  if (day >= 1 && day <= 28) return year > 0 && month >= 1 && month <= 12
  return year > 0 && day > 0 && day <= daysInMonth(year, month)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

function twoDigits(buffer: Buffer, offset: number): number {
  return digit(buffer, offset) * 10 + digit(buffer, offset + 1)
}

function digit(buffer: Buffer, offset: number): number {
  return (buffer[offset] ?? 0) - 0x30
}
