import type { ChangeBatch, ChangeFeed, ChangeRequest, ChangeSource, RefusedMessage } from '../connectors/api/changes.ts'
import type { SyncTableStore } from '../store/sync-tables.ts'

const MOST = 5_000

interface Replay {
  readonly sync: string
  readonly source: ChangeSource
  readonly tables: SyncTableStore
  readonly request: ChangeRequest
}

/**
 * A feed that first brings the messages that were refused, as they read now, and then what comes. What is in the target is forgotten
 * here; whoever is killed in between brings it once more, which changes nothing where rows have keys.
 */
export class ReplayingFeed implements ChangeFeed {
  readonly #feed: ChangeFeed
  readonly #replay: Replay
  #stillRefused = 0
  #brought: readonly RefusedMessage[] = []
  #isOver = false

  constructor(feed: ChangeFeed, replay: Replay) {
    this.#feed = feed
    this.#replay = replay
  }

  async next(): Promise<ChangeBatch | undefined> {
    if (this.#isOver) return this.#feed.next()
    const { sync, source, tables, request } = this.#replay
    const page = tables.listRefused(sync, { most: MOST, skip: this.#stillRefused })
    if (page.length === 0 || source.replay === undefined) {
      this.#isOver = true
      return this.#feed.next()
    }
    const { changes, refused } = await source.replay(request, page)
    const still = new Set(refused.map(({ locator }) => locator))
    this.#brought = page.filter(({ locator }) => !still.has(locator))
    this.#stillRefused += still.size
    return { changes, isOpen: false, transactions: this.#brought.length, ...(still.size === 0 ? {} : { refused }) }
  }

  acknowledge(position: string): void {
    const { sync, tables } = this.#replay
    if (this.#brought.length > 0) tables.forgetRefused(sync, { locators: this.#brought.map(({ locator }) => locator) })
    this.#brought = []
    this.#feed.acknowledge(position)
  }

  lagBytes(): number {
    return this.#feed.lagBytes()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#feed[Symbol.asyncDispose]()
  }
}
