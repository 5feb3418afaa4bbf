/** Text and the bytes it was decoded from: the same lines, of different lengths. */
export class RawLines {
  readonly #bytes: Buffer
  readonly #raw: Buffer
  readonly #unitBytes: 1 | 2
  /** Two places that belong together; they only move on, so that all of a window's rejects cost one pass. */
  #textAt = 0
  #rawAt = 0

  constructor(bytes: Buffer, raw: Buffer, unitBytes: 1 | 2) {
    this.#bytes = bytes
    this.#raw = raw
    this.#unitBytes = unitBytes
  }

  /** The raw bytes of the text from one line start to another; ranges must be asked for in order. */
  range(start: number, end: number): Buffer {
    const from = this.offset(start)
    return this.#raw.subarray(from, this.offset(end))
  }

  /** Where the raw bytes of the line that begins at `at` of the text begin. */
  offset(at: number): number {
    if (this.#raw === this.#bytes) return at
    if (at >= this.#bytes.length) return this.#raw.length
    if (at < this.#textAt) {
      this.#textAt = 0
      this.#rawAt = 0
    }
    for (; this.#textAt < at; this.#textAt++) if (isLineEnd(this.#bytes[this.#textAt])) this.#passLineEnd()
    return this.#rawAt
  }

  /** CR and LF stand for themselves in every encoding, so the n-th in the text is the n-th in the bytes. */
  #passLineEnd(): void {
    const raw = this.#raw
    const unit = this.#unitBytes
    let at = this.#rawAt
    while (at < raw.length) {
      const isEnd =
        unit === 1
          ? isLineEnd(raw[at])
          : isLineEnd((raw[at] ?? 0) | ((raw[at + 1] ?? 0) << 8)) || (raw[at] === 0 && isLineEnd(raw[at + 1]))
      at += unit
      if (isEnd) break
    }
    this.#rawAt = Math.min(at, raw.length)
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d
}
