const TAB = 0x09
const LINE_FEED = 0x0a
const RETURN = 0x0d
const BACKSLASH = 0x5c
const ZERO = 0x30
const MINUS = 0x2d
const HEX_DIGITS = Buffer.from('0123456789abcdef')

const ESCAPES = new Uint8Array(256)
ESCAPES[TAB] = 0x74
ESCAPES[LINE_FEED] = 0x6e
ESCAPES[RETURN] = 0x72
ESCAPES[BACKSLASH] = BACKSLASH

/** Builds lines in the text format of COPY (documentation of COPY, "Text Format"), one after another into the same bytes. */
export class LineBuilder {
  #bytes = Buffer.allocUnsafe(64 * 1024)
  #used = 0

  begin(): void {
    this.#used = 0
  }

  get length(): number {
    return this.#used
  }

  separator(): void {
    this.#room(1)
    this.#bytes[this.#used++] = TAB
  }

  null(): void {
    this.#room(2)
    this.#bytes[this.#used++] = BACKSLASH
    this.#bytes[this.#used++] = 0x4e
  }

  /** Bytes that need no escapes. */
  raw(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.length
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
    let rest = value
    if (rest < 0) {
      this.#bytes[this.#used++] = MINUS
      rest = -rest
    }
    let length = width
    for (let limit = 10 ** width; rest >= limit; limit *= 10) length++
    for (let at = this.#used + length - 1; at >= this.#used; at--) {
      const tenth = rest < 0x8000_0000 ? (rest / 10) | 0 : Math.floor(rest / 10)
      this.#bytes[at] = ZERO + (rest - tenth * 10)
      rest = tenth
    }
    this.#used += length
  }

  /** Bytes as `\\x00ff`. */
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

  /** A copy of what was built from `start` on. */
  take(start = 0): Buffer {
    return Buffer.from(this.#bytes.subarray(start, this.#used))
  }

  /** What was built between two places, as a key. */
  key(start: number, end: number): string {
    return this.#bytes.toString('latin1', start, end)
  }

  #room(more: number): void {
    if (this.#used + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + more))
    this.#bytes.copy(larger, 0, 0, this.#used)
    this.#bytes = larger
  }
}
