import type { CutCell, Row, RowPage, RowSource } from './row-source.ts'

export const PAGE_ROWS = 200
const KEPT_PAGES = 40
const AGAIN_MS = 300

export interface RowPagesState {
  /** Changes with everything that is drawn. */
  readonly version: number
  readonly rowCount: number
  readonly isReading: boolean
  readonly error: unknown
}

/**
 * The pages of a source that a grid has near at hand. What is in sight is asked for first, then its neighbours; a call for a page
 * that was scrolled past is ended. The pages used longest ago are dropped.
 */
export class RowPages {
  readonly #source: RowSource
  readonly #pages = new Map<number, RowPage>()
  readonly #listeners = new Set<() => void>()
  #state: RowPagesState
  #wanted: readonly number[] = []
  #inFlight: { readonly page: number; readonly calling: AbortController } | undefined
  #isHeld = false
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(source: RowSource) {
    this.#source = source
    this.#state = { version: 0, rowCount: source.knownRows, isReading: true, error: undefined }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): RowPagesState => this.#state

  /** Undefined while its page is not here. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS]
  }

  /** Set for a cell of which the page has only the beginning. */
  cut(index: number, column: number): CutCell | undefined {
    const page = this.#pages.get(Math.floor(index / PAGE_ROWS))
    return page?.cut?.find((cell) => cell.row === index % PAGE_ROWS && cell.column === column)
  }

  /** Says which rows are in sight, the last one included. */
  want(first: number, last: number): void {
    this.#wanted = wantedPages(first, last, this.#state.rowCount)
    const { page, calling } = this.#inFlight ?? {}
    if (page !== undefined && !this.#wanted.includes(page)) calling?.abort()
    this.#proceed()
  }

  /** Rows beside the pages, for copying. What is in sight waits meanwhile. */
  async read(offset: number, limit: number, signal: AbortSignal): Promise<readonly Row[]> {
    this.#isHeld = true
    this.#inFlight?.calling.abort()
    try {
      return (await this.#source.fetch(offset, limit, signal)).rows
    } finally {
      this.#isHeld = false
      this.#proceed()
    }
  }

  retry(): void {
    this.#change({ error: undefined })
    this.#proceed()
  }

  close(): void {
    this.#wanted = []
    this.#isHeld = true
    clearTimeout(this.#again)
    this.#inFlight?.calling.abort()
  }

  /** Listens and asks again after a `close`: React's strict mode mounts twice. */
  reopen(): void {
    this.#isHeld = false
  }

  #proceed(): void {
    if (this.#isHeld || this.#inFlight !== undefined || this.#state.error !== undefined) return
    const page = this.#wanted.find((wanted) => !this.#pages.has(wanted))
    if (page === undefined) return
    const calling = new AbortController()
    this.#inFlight = { page, calling }
    void this.#call(page, calling.signal)
  }

  async #call(page: number, signal: AbortSignal): Promise<void> {
    try {
      const answer = await this.#source.fetch(page * PAGE_ROWS, PAGE_ROWS, signal)
      if (!signal.aborted) this.#take(page, answer)
    } catch (error) {
      if (!signal.aborted) this.#change({ error })
    }
    this.#inFlight = undefined
    this.#proceed()
  }

  #take(page: number, answer: RowPage): void {
    const isWhole = answer.rows.length === PAGE_ROWS || !answer.isReading
    this.#pages.delete(page)
    this.#pages.set(page, answer)
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) break
      if (!this.#wanted.includes(old)) this.#pages.delete(old)
    }
    this.#change({ rowCount: answer.rowCount, isReading: answer.isReading })
    if (answer.isReading) this.#askAgain(page, isWhole)
  }

  /** While a source is still being read, the count grows and a short page gets longer. */
  #askAgain(page: number, isWhole: boolean): void {
    clearTimeout(this.#again)
    this.#again = setTimeout(() => {
      if (this.#isHeld || this.#inFlight !== undefined) return
      const calling = new AbortController()
      this.#inFlight = { page: isWhole ? (this.#wanted[0] ?? page) : page, calling }
      void this.#call(this.#inFlight.page, calling.signal)
    }, AGAIN_MS)
  }

  #change(change: Partial<RowPagesState>): void {
    this.#state = { ...this.#state, ...change, version: this.#state.version + 1 }
    for (const listener of this.#listeners) listener()
  }
}

/** Pages of the rows in sight, then one after and one before them, of those that exist. */
export function wantedPages(first: number, last: number, rowCount: number): readonly number[] {
  const lastPage = Math.max(0, Math.ceil(rowCount / PAGE_ROWS) - 1)
  const from = Math.min(lastPage, Math.floor(Math.max(0, first) / PAGE_ROWS))
  const to = Math.min(lastPage, Math.max(from, Math.floor(last / PAGE_ROWS)))
  const inSight = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return [...inSight, to + 1, from - 1].filter((page) => page >= 0 && page <= lastPage)
}
