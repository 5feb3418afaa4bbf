interface Entry<Value> {
  readonly askedAtMs: number
  readonly value: Promise<Value>
}

const MOST_ENTRIES = 500

/** What a system said a short while ago, so that it is not asked again for every page and every key that is typed. */
export class FreshCache<Value> {
  readonly #validMs: number
  readonly #entries = new Map<string, Entry<Value>>()

  constructor(validMs: number) {
    this.#validMs = validMs
  }

  /** What was said, or what `ask` says now; a failure is not remembered. */
  async of(key: string, isRefreshed: boolean, ask: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key)
    if (known !== undefined && !isRefreshed && performance.now() - known.askedAtMs < this.#validMs) return known.value
    const entry = { askedAtMs: performance.now(), value: ask() }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    this.#dropOldest()
    try {
      return await entry.value
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
  }

  #dropOldest(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= MOST_ENTRIES) return
      this.#entries.delete(key)
    }
  }
}
