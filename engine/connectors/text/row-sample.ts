import type { RowScanner } from './row-scanner.ts'

/** A row kept aside: its bytes and where it stood. */
export interface KeptRow<Origin> {
  readonly position: number
  readonly bytes: Buffer
  readonly line: number
  readonly origin: Origin
}

/** A uniform sample of rows offered one by one, the same for the same seed. Vitter's algorithm R with mulberry32. */
export class RowSample<Origin> {
  readonly #size: number
  readonly #kept: KeptRow<Origin>[] = []
  #offered = 0
  #state: number

  constructor({ rows, seed }: { readonly rows: number; readonly seed: number }) {
    this.#size = rows
    this.#state = seed >>> 0
  }

  offer(bytes: Buffer, scanner: RowScanner, about: { readonly line: number; readonly origin: Origin }): void {
    const position = this.#offered++
    const slot = position < this.#size ? position : Math.floor(this.#random() * (position + 1))
    if (slot >= this.#size) return
    // A copy: a view would keep the whole block of the file in memory.
    this.#kept[slot] = { position, bytes: Buffer.from(bytes.subarray(scanner.begin, scanner.end)), ...about }
  }

  /** The sample in the order of the file. */
  rows(): readonly KeptRow<Origin>[] {
    return this.#kept.toSorted((a, b) => a.position - b.position)
  }

  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
