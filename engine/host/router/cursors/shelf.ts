import { Failure } from '../../../contract/failure.ts'
import type { Cursor } from './cursor.ts'

interface Entry {
  readonly cursor: Cursor
  usedAtMs: number
}

const MOST_CURSORS = 24
const IDLE_MS = 15 * 60_000
const LOOK_EVERY_MS = 60_000

/** The open cursors of one connection to the engine. The one unused for longest is closed when there are too many. */
export class CursorShelf implements AsyncDisposable {
  readonly #entries = new Map<string, Entry>()
  #timer: NodeJS.Timeout | undefined

  /** The shelf closes it from now on. */
  async add(cursor: Cursor): Promise<void> {
    this.#entries.set(cursor.id, { cursor, usedAtMs: performance.now() })
    this.#timer ??= setInterval(() => void this.#closeIdle(), LOOK_EVERY_MS).unref()
    const surplus = [...this.#entries.values()].toSorted((a, b) => b.usedAtMs - a.usedAtMs).slice(MOST_CURSORS)
    for (const { cursor: old } of surplus) await this.close(old.id)
  }

  /** @throws Failure `cursor.unknown` for one that was closed */
  get(id: string): Cursor {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new Failure('cursor.unknown', { cursor: id })
    entry.usedAtMs = performance.now()
    return entry.cursor
  }

  /** Whether it was open. */
  async close(id: string): Promise<boolean> {
    const entry = this.#entries.get(id)
    if (!this.#entries.delete(id)) return false
    await entry?.cursor[Symbol.asyncDispose]()
    return true
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    await Promise.all([...this.#entries.keys()].map((id) => this.close(id)))
  }

  async #closeIdle(): Promise<void> {
    const before = performance.now() - IDLE_MS
    for (const [id, { usedAtMs }] of this.#entries) if (usedAtMs < before) await this.close(id)
  }
}
