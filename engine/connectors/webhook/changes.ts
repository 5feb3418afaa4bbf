import { setTimeout as sleep } from 'node:timers/promises'
import type { ChangeBatch, ChangedTable, ChangeFeed, ChangeRequest, ChangeSource } from '../api/changes.ts'
import { ChangeBuffer } from '../shared/changes/change-buffer.ts'
import { LineBuilder } from '../shared/changes/row-line.ts'
import type { WebhookConfig } from './config.ts'
import type { DeliveryStore, StoredDelivery } from './deliveries.ts'
import { columnsOf, DATASET, lineOf } from './rows.ts'

const POLL_MS = 20
const READ_AT_ONCE = 1_000
const POSITION_DIGITS = 19

/** Deliveries as changes: each is one row that came. Nothing is lost while nobody reads; the file keeps it. */
export function deliveryChanges(store: DeliveryStore, config: WebhookConfig): ChangeSource {
  const now = (): string => position(store.last())
  return {
    prepare: async ({ reader }) => {
      const known = store.reader(reader)
      if (known === undefined) store.acknowledge(reader, store.last())
      return { position: known === undefined ? now() : position(known), isNew: known === undefined }
    },
    state: async (reader) => {
      const known = store.reader(reader)
      return known === undefined
        ? undefined
        : { position: position(known), isUsable: true, lagBytes: Number(store.last() - known) }
    },
    hold: async () => ({ moment: now(), position: now(), [Symbol.asyncDispose]: () => Promise.resolve() }),
    now: async () => now(),
    open: async (request) => new DeliveryFeed(store, request, tableOf(config)),
    forget: async (reader) => store.forgetReader(reader),
  }
}

function position(sequence: bigint): string {
  return String(sequence).padStart(POSITION_DIGITS, '0')
}

function tableOf(config: WebhookConfig): ChangedTable {
  const columns = columnsOf(config).map(([name, type], i) => ({ name, type, nullable: i > 0 }))
  return { dataset: DATASET, columns, keys: [0] }
}

class DeliveryFeed implements ChangeFeed {
  readonly #store: DeliveryStore
  readonly #request: ChangeRequest
  readonly #table: ChangedTable
  readonly #buffer: ChangeBuffer
  readonly #lines = new LineBuilder()
  #read: bigint
  #toldAtMs = Date.now()

  constructor(store: DeliveryStore, request: ChangeRequest, table: ChangedTable) {
    this.#store = store
    this.#request = request
    this.#table = table
    this.#buffer = new ChangeBuffer(request)
    this.#read = BigInt(request.from ?? store.reader(request.reader) ?? 0n)
  }

  async next(): Promise<ChangeBatch | undefined> {
    const { signal, idleMs } = this.#request
    for (;;) {
      if (signal?.aborted === true) return undefined
      const nowMs = Date.now()
      if (!this.#buffer.isFull)
        for (const delivery of this.#store.after(this.#read, READ_AT_ONCE)) this.#add(delivery, nowMs)
      const dueInMs = this.#buffer.dueInMs(nowMs)
      if (dueInMs === 0) return this.#take(nowMs)
      if (this.#buffer.idlePosition === undefined && dueInMs === undefined)
        this.#buffer.idle(position(this.#store.last()))
      if (dueInMs === undefined && nowMs - this.#toldAtMs >= idleMs) return this.#take(nowMs)
      await sleep(Math.min(POLL_MS, dueInMs ?? POLL_MS), undefined, signal === undefined ? {} : { signal }).catch(
        () => undefined,
      )
    }
  }

  acknowledge(at: string): void {
    this.#store.acknowledge(this.#request.reader, BigInt(at))
  }

  lagBytes(): number {
    return Number(this.#store.last() - this.#read)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The store belongs to the session.
  }

  #add(delivery: StoredDelivery, nowMs: number): void {
    this.#read = delivery.sequence
    this.#buffer.begin(delivery.receivedAt)
    this.#buffer.add({ kind: 'insert', table: this.#table, ...lineOf(this.#lines, delivery) }, nowMs)
    this.#buffer.commit(position(delivery.sequence))
  }

  #take(nowMs: number): ChangeBatch {
    this.#toldAtMs = nowMs
    return this.#buffer.take(nowMs)
  }
}
