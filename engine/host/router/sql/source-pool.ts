/** What statements over the same datasets share. */
export interface Shared<Value> extends AsyncDisposable {
  readonly value: Value
}

interface Entry<Value> {
  readonly value: Promise<Value>
  users: number
  timer?: NodeJS.Timeout
}

/** How long datasets that were read for a statement are kept for the next one. */
const KEPT_MS = 60_000

/**
 * Datasets in a DuckDB that were read for a statement, kept for those that follow: who writes SQL runs it again and again. Keys say
 * the state of every file, so that a file that changed is another key. One key is kept at a time.
 */
export class SourcePool<Value extends AsyncDisposable> implements AsyncDisposable {
  readonly #entries = new Map<string, Entry<Value>>()

  /** What was opened for this key, or what `open` gives; a failure is not kept. */
  async share(key: string, open: () => Promise<Value>): Promise<Shared<Value>> {
    const entry = this.#entries.get(key) ?? { value: open(), users: 0 }
    clearTimeout(entry.timer)
    entry.users++
    this.#entries.set(key, entry)
    try {
      const value = await entry.value
      await this.#dropUnused(key)
      return { value, [Symbol.asyncDispose]: async () => this.#release(key, entry) }
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#entries].map(([key, entry]) => this.#drop(key, entry)))
  }

  #release(key: string, entry: Entry<Value>): void {
    entry.users--
    if (entry.users > 0) return
    entry.timer = setTimeout(() => void this.#drop(key, entry), KEPT_MS).unref()
  }

  async #dropUnused(kept: string): Promise<void> {
    for (const [key, entry] of this.#entries) if (key !== kept && entry.users === 0) await this.#drop(key, entry)
  }

  async #drop(key: string, entry: Entry<Value>): Promise<void> {
    clearTimeout(entry.timer)
    if (this.#entries.get(key) === entry) this.#entries.delete(key)
    const value = await entry.value.catch(() => undefined)
    await value?.[Symbol.asyncDispose]()
  }
}
