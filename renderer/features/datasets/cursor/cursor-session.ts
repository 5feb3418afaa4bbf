import { failureOf } from '../../../../engine/contract/api/failure-of.ts'
import type { EngineClient } from '../../../../engine/contract/api.ts'
import type { Arrangement, CursorPage, Opened } from '../../../../engine/contract/cursor.ts'
import type { Failure } from '../../../../engine/contract/failure.ts'
import type { Cell } from '../../../../engine/contract/page.ts'
import type { RowSource } from '../../../ui/grid/grid-types.ts'

export type CursorClient = Pick<EngineClient['data'], 'rows' | 'cell' | 'arrange' | 'close'>

/** What is known about the rows by now. */
export interface CursorFacts {
  /** Undefined while it is not known. */
  readonly rowCount: number | undefined
  readonly availableRows: number
  readonly rejected: number
  readonly isReading: boolean
  readonly warnings: readonly string[]
}

export interface CursorView {
  readonly opened: Opened
  readonly source: RowSource
  readonly facts: CursorFacts
  readonly isArranging: boolean
  /** Why the last order or filter was refused; the rows are then those of before. */
  readonly refused: Failure | undefined
}

const POLL_MS = 400

/** An open cursor of the engine. One call at a time: the engine ends an older call of a cursor when a newer one comes. Until `close`. */
export class CursorSession {
  readonly #client: CursorClient
  readonly #cursor: string
  readonly #listeners = new Set<() => void>()
  #view: CursorView
  #last: Promise<unknown> = Promise.resolve()
  #calls = 0
  #poll: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(client: CursorClient, opened: Opened) {
    this.#client = client
    this.#cursor = opened.cursor
    this.#view = this.#begin(opened)
    this.#pollAfter(0)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = (): CursorView => this.#view

  /** Other order or filter. What was asked last holds, however the answers come. */
  async arrange(arrangement: Arrangement, signal: AbortSignal): Promise<void> {
    this.#show({ isArranging: true, refused: undefined })
    try {
      const opened = await this.#alone(
        () => this.#client.arrange({ cursor: this.#cursor, ...arrangement }, { signal }),
        signal,
      )
      if (signal.aborted) return
      this.#view = this.#begin(opened)
      this.#show({})
      this.#pollAfter(0)
    } catch (error) {
      if (!signal.aborted) this.#show({ isArranging: false, refused: failureOf(error) })
    }
  }

  /** One value, whole. */
  async cell(row: number, column: number, signal: AbortSignal): Promise<Cell> {
    const { value } = await this.#alone(
      () => this.#client.cell({ cursor: this.#cursor, row, column }, { signal }),
      signal,
    )
    return value
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#poll)
    // A cursor that cannot be closed is closed with the connection, or when idle for long.
    void this.#client.close({ cursor: this.#cursor }).catch(() => undefined)
  }

  #begin(opened: Opened): CursorView {
    const rowCount = opened.rowCount ?? undefined
    return {
      opened,
      facts: { rowCount, availableRows: rowCount ?? 0, rejected: 0, isReading: true, warnings: opened.warnings },
      source: {
        rowCount: rowCount ?? 0,
        fetch: (offset, limit, signal) => this.#page(offset, limit, signal),
        cell: (row, column, signal) => this.cell(row, column, signal),
      },
      isArranging: false,
      refused: undefined,
    }
  }

  async #page(offset: number, limit: number, signal: AbortSignal) {
    const page = await this.#alone(() => this.#client.rows({ cursor: this.#cursor, offset, limit }, { signal }), signal)
    this.#learn(page)
    return { rows: page.rows, cut: new Set(page.cut.map(({ row, column }) => `${row}:${column}`)) }
  }

  #learn({ rowCount, availableRows, rejected, isReading, warnings }: CursorPage): void {
    const { opened, source, facts: before } = this.#view
    const rows = isReading ? availableRows : (rowCount ?? availableRows)
    const facts: CursorFacts = {
      rowCount: rowCount ?? (isReading ? undefined : availableRows),
      availableRows,
      rejected,
      isReading,
      warnings: [...new Set([...opened.warnings, ...warnings])],
    }
    // Most pages tell nothing new, and then nothing around the rows is drawn anew.
    if (JSON.stringify(facts) !== JSON.stringify(before) || rows !== source.rowCount) {
      // The same fetch: the pages that are here stay.
      this.#show({ facts, source: rows === source.rowCount ? source : { ...source, rowCount: rows } })
    }
    if (isReading) this.#pollAfter(POLL_MS)
  }

  #pollAfter(ms: number): void {
    clearTimeout(this.#poll)
    if (this.#isClosed) return
    this.#poll = setTimeout(() => {
      if (this.#calls > 0) return this.#pollAfter(POLL_MS)
      // A failure shows itself at the next page that somebody looks at.
      this.#page(0, 0, new AbortController().signal).catch(() => undefined)
    }, ms)
  }

  async #alone<Answer>(call: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    const before = this.#last
    this.#calls++
    const work = before.then(() => {
      signal.throwIfAborted()
      return call()
    })
    this.#last = work.catch(() => undefined)
    try {
      return await work
    } finally {
      this.#calls--
    }
  }

  #show(change: Partial<CursorView>): void {
    if (this.#isClosed) return
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }
}
