/** How far rows have come that are read in the background. */
export class Progress {
  #rows = 0n
  #total: bigint | null = null
  #isDone = false
  #error: unknown
  #wake: (() => void)[] = []

  /** Rows that can be read now. */
  get rows(): bigint {
    return this.#rows
  }

  /** Null while it is not known. */
  get total(): bigint | null {
    return this.#total
  }

  get isDone(): boolean {
    return this.#isDone
  }

  /** Why it ended early. */
  get error(): unknown {
    return this.#error
  }

  /** More rows are there, or fewer: what was shown first may be replaced by what was read in full. */
  advance(rows: bigint): void {
    this.#rows = rows
    this.#tell()
  }

  finish(total: bigint | null): void {
    this.#total = total
    if (total !== null) this.#rows = total
    this.#isDone = true
    this.#tell()
  }

  fail(error: unknown): void {
    this.#error = error
    this.#isDone = true
    this.#tell()
  }

  /** Waits until `rows` are there, it has ended, or the time is over; without a time for as long as that takes. */
  async reach(rows: bigint, timeoutMs?: number, signal?: AbortSignal): Promise<void> {
    const until = timeoutMs === undefined ? undefined : performance.now() + timeoutMs
    while (this.#rows < rows && this.#isOpen(signal)) {
      const leftMs = until === undefined ? undefined : until - performance.now()
      if (leftMs !== undefined && leftMs <= 0) return
      await this.#next(leftMs, signal)
    }
  }

  /** Waits until it has ended, for as long as that takes. */
  async end(signal?: AbortSignal): Promise<void> {
    while (this.#isOpen(signal)) await this.#next(undefined, signal)
  }

  #isOpen(signal: AbortSignal | undefined): boolean {
    return !this.#isDone && signal?.aborted !== true
  }

  #next(timeoutMs: number | undefined, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, timeoutMs)
      const wake = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      this.#wake.push(wake)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  #tell(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }
}
