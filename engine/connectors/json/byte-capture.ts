/** Bytes of one span of a stream that may cross chunks; holds only the span. */
export class ByteCapture {
  #start = -1
  #earlier: Uint8Array[] = []
  #earlierBytes = 0

  get isActive(): boolean {
    return this.#start >= 0
  }

  /** Bytes kept from chunks before the current one. */
  get heldBytes(): number {
    return this.#earlierBytes
  }

  start(position: number): void {
    this.#start = position
    this.#earlier = []
    this.#earlierBytes = 0
  }

  /** Call at the end of a chunk: keeps what the span has of it. The chunk must not be reused by its producer. */
  carry(chunk: Uint8Array): void {
    if (this.#start < 0) return
    this.#earlier.push(chunk.subarray(this.#start))
    this.#earlierBytes += chunk.length - this.#start
    this.#start = 0
  }

  /** Ends the span before `end` of the current chunk. */
  finish(chunk: Uint8Array, end: number): Uint8Array {
    const last = chunk.subarray(this.#start, end)
    this.#start = -1
    if (this.#earlier.length === 0) return last
    const whole = Buffer.concat([...this.#earlier, last])
    this.#earlier = []
    this.#earlierBytes = 0
    return whole
  }
}
