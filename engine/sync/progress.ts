import type { ApplyOutcome } from '../connectors/api/change-applier.ts'
import type { ChangeBatch } from '../connectors/api/changes.ts'
import { type FailureData, toFailure } from '../contract/failure.ts'
import type { SyncAct, SyncState, SyncStatus, SyncTable } from '../contract/sync.ts'
import { nextState, type SyncEvent } from './states.ts'

const TELL_EVERY_MS = 250
const RATE_WINDOW_MS = 5_000

/** What is told about a sync while it runs. Counts since it was started. */
export class SyncProgress {
  readonly #name: string
  readonly #tell: (status: SyncStatus) => void
  readonly #note: (act: SyncAct) => void
  #state: SyncState = 'stopped'
  readonly #tables = new Map<string, SyncTable>()
  #position: string | undefined
  #lagBytes = 0
  #latencyMs: number | undefined
  #transactions = 0n
  #failure: FailureData | undefined
  #recent: { readonly at: number; readonly changes: number }[] = []
  #toldAtMs = Number.NEGATIVE_INFINITY

  constructor(name: string, tell: (status: SyncStatus) => void, note: (act: SyncAct) => void = () => undefined) {
    this.#name = name
    this.#tell = tell
    this.#note = note
  }

  get state(): SyncState {
    return this.#state
  }

  /** @throws TypeError for an event that this state does not know */
  on(event: SyncEvent, failure?: unknown): void {
    const next = nextState(this.#state, event)
    if (next === undefined) throw new TypeError(`a sync that is ${this.#state} cannot be told "${event}"`)
    this.#state = next
    this.#failure =
      failure === undefined ? (event === 'retry' ? this.#failure : undefined) : toFailure(failure).toJSON()
    this.#say(true)
  }

  table(dataset: string, more: Partial<SyncTable> & Pick<SyncTable, 'target' | 'state'>): void {
    const before = this.#tables.get(dataset) ?? { dataset, copiedRows: '0', written: '0', deleted: '0' }
    this.#tables.set(dataset, { ...before, ...more })
    this.#say(false)
  }

  /** Statements that made a table of the target fit, or changes of the source that were left aside. */
  structure(dataset: string, lines: readonly string[]): void {
    if (lines.length > 0) this.#note({ kind: 'structure', dataset, lines: [...lines] })
  }

  applied(dataset: string, { written, deleted }: ApplyOutcome): void {
    const before = this.#tables.get(dataset)
    if (before === undefined) return
    this.#tables.set(dataset, {
      ...before,
      written: String(BigInt(before.written) + written),
      deleted: String(BigInt(before.deleted) + deleted),
      changedAt: new Date().toISOString(),
    })
  }

  committed(batch: ChangeBatch, position: string | undefined, lagBytes: number): void {
    this.#position = position ?? this.#position
    this.#lagBytes = lagBytes
    this.#transactions += BigInt(batch.transactions)
    if (batch.committedAt !== undefined) this.#latencyMs = Math.max(0, Date.now() - batch.committedAt)
    this.#recent.push({ at: performance.now(), changes: batch.changes.length })
    this.#say(false)
  }

  status(): SyncStatus {
    const now = performance.now()
    this.#recent = this.#recent.filter(({ at }) => at > now - RATE_WINDOW_MS)
    const changes = this.#recent.reduce((sum, one) => sum + one.changes, 0)
    return {
      name: this.#name,
      state: this.#state,
      lagBytes: this.#lagBytes,
      changesPerSecond: Math.round((changes * 1_000) / RATE_WINDOW_MS),
      transactions: String(this.#transactions),
      tables: [...this.#tables.values()],
      updatedAt: new Date().toISOString(),
      ...(this.#position === undefined ? {} : { position: this.#position }),
      ...(this.#latencyMs === undefined ? {} : { latencyMs: this.#latencyMs }),
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
    }
  }

  #say(isImportant: boolean): void {
    const now = performance.now()
    if (!isImportant && now - this.#toldAtMs < TELL_EVERY_MS) return
    this.#toldAtMs = now
    this.#tell(this.status())
  }
}
