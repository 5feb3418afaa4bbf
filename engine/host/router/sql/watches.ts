import { setTimeout as delay } from 'node:timers/promises'

/** Rows that came of each dataset so far. */
export type RowsRead = Readonly<Record<string, string>>

interface Watch {
  readonly rows: Map<string, bigint>
  isOver: boolean
}

const EVERY_MS = 200
/** How long a follower waits for a statement that has not begun. */
const LATE_MS = 5_000

/** What statements have read of their systems while they are prepared, by a name that who runs them gave. */
export class Watches {
  readonly #watches = new Map<string, Watch>()

  /** Called with what came; disposed when the statement is ready or has failed. */
  begin(name: string): { readonly onRead: (dataset: string, rows: bigint) => void } & Disposable {
    const watch: Watch = { rows: new Map(), isOver: false }
    this.#watches.set(name, watch)
    return {
      onRead: (dataset, rows) => watch.rows.set(dataset, rows),
      [Symbol.dispose]: () => {
        watch.isOver = true
        if (this.#watches.get(name) === watch) this.#watches.delete(name)
      },
    }
  }

  /** Yields whenever more has come, and ends with the statement. */
  async *follow(name: string, signal?: AbortSignal): AsyncGenerator<RowsRead> {
    const waitedSince = performance.now()
    let watch = this.#watches.get(name)
    for (; watch === undefined; watch = this.#watches.get(name)) {
      if (signal?.aborted === true || performance.now() - waitedSince > LATE_MS) return
      await delay(EVERY_MS)
    }
    let last = ''
    for (;;) {
      if (watch.isOver || signal?.aborted === true) return
      const now = Object.fromEntries([...watch.rows].map(([dataset, rows]) => [dataset, String(rows)]))
      const text = JSON.stringify(now)
      if (text !== last) yield now
      last = text
      await delay(EVERY_MS)
    }
  }
}
