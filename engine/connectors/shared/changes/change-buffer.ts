import { type ChangeBatch, isBefore, type RowChange } from '../../api/changes.ts'

export interface BufferLimits {
  readonly flushMs: number
  readonly mostChanges: number
  readonly mostBytes: number
}

/**
 * Changes that wait to be taken. Whole transactions are handed over as such; one that alone exceeds the limits is handed over in
 * pieces that say so.
 */
export class ChangeBuffer {
  readonly #limits: BufferLimits
  #changes: RowChange[] = []
  #bytes = 0
  /** How many of the changes belong to whole transactions. */
  #whole = 0
  #transactions = 0
  #end: string | undefined
  #committedAt: number | undefined
  #beganAt: number | undefined
  #firstAtMs = 0
  /** The batch taken last ended inside a transaction. */
  #isInside = false
  #closes = false

  constructor(limits: BufferLimits) {
    this.#limits = limits
  }

  begin(committedAt: number): void {
    this.#beganAt = committedAt
  }

  add(change: RowChange, nowMs: number): void {
    if (this.#changes.length === 0) this.#firstAtMs = nowMs
    this.#changes.push(change)
    this.#bytes += bytesOf(change)
  }

  commit(end: string): void {
    // A transaction that touched none of the tables moves the position only.
    if (this.#changes.length > this.#whole || this.#isInside) {
      this.#transactions++
      this.#committedAt ??= this.#beganAt
    }
    this.#closes ||= this.#isInside
    this.#isInside = false
    this.#whole = this.#changes.length
    this.#end = end
    this.#beganAt = undefined
  }

  /** The server has nothing before this position; counts only between transactions. */
  idle(serverEnd: string): void {
    if (this.#beganAt === undefined && isBefore(this.#end ?? '', serverEnd)) this.#end = serverEnd
  }

  get isFull(): boolean {
    return this.#changes.length >= this.#limits.mostChanges || this.#bytes >= this.#limits.mostBytes
  }

  /** Position that could be stored although there is nothing to apply. */
  get idlePosition(): string | undefined {
    return this.#changes.length === 0 && !this.#isInside ? this.#end : undefined
  }

  /** Milliseconds until a batch may be taken; undefined when there is nothing to take yet. */
  dueInMs(nowMs: number): number | undefined {
    if (this.isFull || this.#closes) return 0
    if (this.#whole === 0) return undefined
    return Math.max(0, this.#firstAtMs + this.#limits.flushMs - nowMs)
  }

  take(nowMs: number): ChangeBatch {
    const isOpen = this.#whole === 0 && this.#changes.length > 0 && !this.#closes
    const changes = isOpen ? this.#changes : this.#changes.slice(0, this.#whole)
    const batch: ChangeBatch = {
      changes,
      isOpen,
      transactions: this.#transactions,
      ...(this.#end === undefined || isOpen ? {} : { position: this.#end }),
      ...(this.#committedAt === undefined ? {} : { committedAt: this.#committedAt }),
    }
    this.#changes = isOpen ? [] : this.#changes.slice(this.#whole)
    this.#bytes = this.#changes.reduce((bytes, change) => bytes + bytesOf(change), 0)
    this.#isInside ||= isOpen
    this.#closes = false
    this.#whole = 0
    this.#transactions = 0
    this.#end = undefined
    this.#committedAt = undefined
    this.#firstAtMs = nowMs
    return batch
  }
}

/** About what a change holds in memory. */
function bytesOf(change: RowChange): number {
  return 64 + ('line' in change ? change.line.length : 0) + ('key' in change ? change.key.length : 0)
}
