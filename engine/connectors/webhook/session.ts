import { Failure } from '../../contract/failure.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import type { KeyBoundRequest, Session } from '../api/session.ts'
import { pickColumns } from '../shared/pick-columns.ts'
import type { RowBatch } from '../shared/row-batch.ts'
import { rowLine, rowReading } from '../shared/row-segments.ts'
import { deliveryChanges } from './changes.ts'
import type { WebhookConfig } from './config.ts'
import type { DeliveryStore } from './deliveries.ts'
import { columnsOf, DATASET, KEY, textsOf } from './rows.ts'

const READ_AT_ONCE = 2_000

/** The deliveries of a webhook, as a table and as changes. */
export function webhookSession(store: DeliveryStore, config: WebhookConfig): Session {
  return {
    list: async ({ search = '' }) =>
      DATASET.includes(search.toLowerCase())
        ? [{ name: DATASET, kind: 'table', rowEstimate: String(store.last()) }]
        : [],
    describe: async (dataset) => {
      requireDeliveries(dataset)
      const columns = columnsOf(config).map(([name, type]) => ({
        name,
        type,
        nullable: name !== KEY,
        fidelity: { kind: 'exact' } as const,
      }))
      return { columns, keys: [{ name: KEY, kind: 'primary', columns: [KEY] }], warnings: [] }
    },
    read: async (request) => readDeliveries(store, config, request),
    keyBound: async (request) => bound(store, request),
    changes: deliveryChanges(store, config),
    [Symbol.asyncDispose]: async () => store[Symbol.dispose](),
  }
}

function requireDeliveries(dataset: string): void {
  if (dataset !== DATASET) throw new Failure('source.dataset_missing', { dataset, suggestion: DATASET })
}

function readDeliveries(store: DeliveryStore, config: WebhookConfig, request: ReadRequest): Reading {
  requireDeliveries(request.dataset)
  const all = columnsOf(config).map(([name, type]) => ({ name, type: { kind: 'leaf' as const, name: type } }))
  const columns = pickColumns(request.dataset, all, request.columns)
  const positions = columns.map(({ name }) => all.findIndex((column) => column.name === name))
  const counts = { read: 0n, total: store.last() }
  return rowReading({ columns, warnings: [], batches: batches(), bytes: () => counts }, request)

  async function* batches(): AsyncGenerator<RowBatch> {
    const { range, signal } = request
    const upTo = BigInt(range?.upTo?.[0] ?? store.last())
    for (let after = BigInt(range?.after?.[0] ?? 0); ; ) {
      if (signal?.aborted === true) throw new Failure('work.cancelled', { what: DATASET })
      const deliveries = store.after(after, READ_AT_ONCE).filter(({ sequence }) => sequence <= upTo)
      const last = deliveries.at(-1)
      if (last === undefined) return
      after = last.sequence
      counts.read = after
      const rows = deliveries.map((delivery) => {
        const texts = textsOf(delivery)
        const values = positions.map((position) => JSON.stringify(texts[position] ?? ''))
        return rowLine(values, request.withLocator === true ? `${DATASET}:${delivery.sequence}` : undefined)
      })
      yield { rows, rejects: [] }
    }
  }
}

function bound(store: DeliveryStore, { after, rows }: KeyBoundRequest): readonly string[] | undefined {
  const start = BigInt(after?.[0] ?? 0)
  const next = store.after(start, rows + 1)
  const last = next.length > rows ? next[rows - 1] : undefined
  return last === undefined ? undefined : [String(last.sequence)]
}
