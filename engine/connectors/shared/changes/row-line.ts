const TAB = 0x09
const LINE_FEED = 0x0a
const RETURN = 0x0d
const BACKSLASH = 0x5c

const ZERO = 0x30
const MINUS = 0x2d
const DASH = MINUS
const COLON = 0x3a
const HEX_DIGITS = Buffer.from('0123456789abcdef')
/** 00 to 99. */
const PAIRS = Buffer.from(Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0')).join(''))
const SLAB_BYTES = 256 * 1024

const ESCAPES = new Uint8Array(256)
ESCAPES[TAB] = 0x74
ESCAPES[LINE_FEED] = 0x6e
ESCAPES[RETURN] = 0x72
ESCAPES[BACKSLASH] = BACKSLASH

/**
 * Builds lines in the text format of COPY (documentation of COPY, "Text Format"). A line that is taken stays where it was built: many
 * share one piece of memory, which goes when the last of them is let go.
 */
export class LineBuilder {
  #bytes: Buffer = Buffer.allocUnsafe(SLAB_BYTES)
  #start = 0
  #used = 0

  /** Begins another line; one that was not taken is forgotten. */
  begin(): void {
    this.#used = this.#start
  }

  get length(): number {
    return this.#used - this.#start
  }

  separator(): void {
    this.letter(TAB)
  }

  null(): void {
    this.#room(2)
    this.#bytes[this.#used++] = BACKSLASH
    this.#bytes[this.#used++] = 0x4e
  }

  /** Text of ASCII letters that need no escapes. */
  ascii(text: string): void {
    this.#room(text.length)
    this.#used += this.#bytes.write(text, this.#used, 'latin1')
  }

  /** One letter of ASCII that needs no escape. */
  letter(code: number): void {
    this.#room(1)
    this.#bytes[this.#used++] = code
  }

  /** A whole number from -2^53 to 2^53 in decimal digits, at least `width` of them. */
  integer(value: number, width = 1): void {
    this.#room(24 + width)
    if (value >= 0 && value < 100 && width <= 2) {
      if (value >= 10 || width === 2) this.#bytes[this.#used++] = PAIRS[value * 2] ?? 0
      this.#bytes[this.#used++] = PAIRS[value * 2 + 1] ?? 0
      return
    }
    let rest = value
    if (rest < 0) {
      this.#bytes[this.#used++] = MINUS
      rest = -rest
    }
    if (rest >= 1_000_000_000) {
      const upper = Math.floor(rest / 1_000_000_000)
      this.#digits(upper, Math.max(width - 9, 1))
      return this.#digits(rest - upper * 1_000_000_000, 9)
    }
    this.#digits(rest, width)
  }

  /** `2024-02-29` */
  day(year: number, month: number, day: number): void {
    this.#room(10)
    const bytes = this.#bytes
    const century = (year / 100) | 0
    const at = this.#used
    writePair(bytes, at, century)
    writePair(bytes, at + 2, year - century * 100)
    bytes[at + 4] = DASH
    writePair(bytes, at + 5, month)
    bytes[at + 7] = DASH
    writePair(bytes, at + 8, day)
    this.#used = at + 10
  }

  /** `23:59:59`, of a day. */
  clock(hours: number, minutes: number, seconds: number): void {
    this.#room(8)
    const bytes = this.#bytes
    const at = this.#used
    writePair(bytes, at, hours)
    bytes[at + 2] = COLON
    writePair(bytes, at + 3, minutes)
    bytes[at + 5] = COLON
    writePair(bytes, at + 6, seconds)
    this.#used = at + 8
  }

  /** Bytes as `\\\\x00ff`. */
  hex(from: Buffer, start: number, end: number): void {
    this.#room((end - start) * 2 + 3)
    const bytes = this.#bytes
    let used = this.#used
    bytes[used++] = BACKSLASH
    bytes[used++] = BACKSLASH
    bytes[used++] = 0x78
    for (let at = start; at < end; at++) {
      const byte = from[at] ?? 0
      bytes[used++] = HEX_DIGITS[byte >> 4] ?? 0
      bytes[used++] = HEX_DIGITS[byte & 15] ?? 0
    }
    this.#used = used
  }

  /** A value as the server's text. */
  value(from: Buffer, start: number, end: number): void {
    this.#room((end - start) * 2)
    const bytes = this.#bytes
    let used = this.#used
    for (let at = start; at < end; at++) {
      const byte = from[at] ?? 0
      const escape = ESCAPES[byte] ?? 0
      if (escape !== 0) {
        bytes[used++] = BACKSLASH
        bytes[used++] = escape
      } else bytes[used++] = byte
    }
    this.#used = used
  }

  /** What was built; the next line begins behind it. */
  take(): Buffer {
    const line = this.#bytes.subarray(this.#start, this.#used)
    this.#start = this.#used
    return line
  }

  /** What was built between two places, as a key. */
  key(start: number, end: number): string {
    return this.#bytes.toString('latin1', this.#start + start, this.#start + end)
  }

  /** Digits of a number below 2^30, from the last pair to the first. */
  #digits(value: number, width: number): void {
    const bytes = this.#bytes
    const length = Math.max(width, digitsOf(value))
    let at = this.#used + length
    const start = this.#used
    let rest = value
    while (at - start >= 2) {
      const hundredth = (rest / 100) | 0
      const pair = (rest - hundredth * 100) * 2
      bytes[--at] = PAIRS[pair + 1] ?? 0
      bytes[--at] = PAIRS[pair] ?? 0
      rest = hundredth
    }
    if (at > start) bytes[--at] = ZERO + rest
    this.#used += length
  }

  #room(more: number): void {
    if (this.#used + more <= this.#bytes.length) return
    const length = this.#used - this.#start
    const next = Buffer.allocUnsafe(Math.max(SLAB_BYTES, (length + more) * 2))
    this.#bytes.copy(next, 0, this.#start, this.#used)
    this.#bytes = next
    this.#start = 0
    this.#used = length
  }
}

function writePair(bytes: Buffer, at: number, value: number): void {
  bytes[at] = PAIRS[value * 2] ?? 0
  bytes[at + 1] = PAIRS[value * 2 + 1] ?? 0
}

function digitsOf(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1_000 ? 3 : 4
  if (value < 1_000_000) return value < 100_000 ? 5 : 6
  return value < 100_000_000 ? (value < 10_000_000 ? 7 : 8) : value < 1_000_000_000 ? 9 : 10
}
