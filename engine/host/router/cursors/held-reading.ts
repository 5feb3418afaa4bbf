import type { Reading } from '../../../connectors/api/reading.ts'

export interface Held extends AsyncDisposable {
  readonly reading: Reading
}

/** How long a source is kept after the last use: a grid that is scrolled asks again and again. */
const LINGER_MS = 1_000

/**
 * A reading of a file that nobody can write while it is open (a DuckDB database). It is opened when rows are asked for and let go
 * soon after, so that a tab that shows a table does not keep a pipeline from loading it.
 */
export class HeldReading {
  readonly #open: () => Promise<Reading>
  #reading: Promise<Reading> | undefined
  #users = 0
  #timer: NodeJS.Timeout | undefined

  /** @param first already open; let go like the others */
  constructor(first: Reading, open: () => Promise<Reading>) {
    this.#open = open
    this.#reading = Promise.resolve(first)
    this.#linger()
  }

  async hold(): Promise<Held> {
    clearTimeout(this.#timer)
    this.#users++
    try {
      this.#reading ??= this.#open()
      const reading = await this.#reading
      return { reading, [Symbol.asyncDispose]: async () => this.#release() }
    } catch (error) {
      this.#reading = undefined
      this.#release()
      throw error
    }
  }

  /** Lets go at once. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    const reading = this.#reading
    this.#reading = undefined
    await (await reading)?.[Symbol.asyncDispose]()
  }

  #release(): void {
    this.#users--
    if (this.#users === 0) this.#linger()
  }

  #linger(): void {
    this.#timer = setTimeout(() => void this.close().catch(() => undefined), LINGER_MS).unref()
  }
}
