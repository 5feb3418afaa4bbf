import { Failure } from '../../../contract/failure.ts'
import type { ApplierRequest, ApplyOutcome, ChangeApplier, FitRequest, NetTable } from '../../api/change-applier.ts'
import type { ChangedTable } from '../../api/changes.ts'
import type { WritePlan } from '../../api/writer.ts'
import type { KafkaClient } from '../client/kafka-client.ts'
import { POSITIONS_TOPIC } from '../client/own-topics.ts'
import { ensureStateTopic, lastValue } from '../client/state-topics.ts'
import type { TransactionalProducer } from '../client/transactional-producer.ts'
import { changeMessages } from './change-messages.ts'

/** Opens an applier that ends what an earlier one of the reader left open, and keeps it from going on. */
export async function openKafkaApplier(
  client: KafkaClient,
  { reader, claim, signal }: ApplierRequest,
): Promise<ChangeApplier> {
  await ensureStateTopic(client, POSITIONS_TOPIC)
  const producer = await client.producer(`runnel-${reader}`, claim)
  return new KafkaApplier(client, producer, { reader, ...(signal === undefined ? {} : { signal }) })
}

/**
 * Writes changes into topics in Debezium's form. Messages and position are in one transaction of Kafka: who reads committed messages
 * sees each change once. A topic is appended to; emptying a table is told as a change, too.
 */
class KafkaApplier implements ChangeApplier {
  readonly #client: KafkaClient
  readonly #producer: TransactionalProducer
  readonly #request: ApplierRequest
  readonly #leftOut = new Map<string, ReadonlySet<string>>()

  constructor(client: KafkaClient, producer: TransactionalProducer, request: ApplierRequest) {
    this.#client = client
    this.#producer = producer
    this.#request = request
  }

  get claim(): string {
    return this.#producer.claim
  }

  position(): Promise<string | undefined> {
    return lastValue(this.#client, POSITIONS_TOPIC, this.#request.reader)
  }

  async fit({ columns }: ChangedTable, { dataset, ddl, leftOut = new Set() }: FitRequest): Promise<WritePlan> {
    this.#leftOut.set(dataset, leftOut)
    const exists = await this.#client.has(dataset)
    if (!exists && ddl === 'never') throw new Failure('write.ddl_needed', { dataset, reason: 'there is no such topic' })
    if (!exists) await this.#client.create(dataset, {})
    const mappings = columns
      .filter(({ name }) => !leftOut.has(name))
      .map(({ name, type }) => ({ column: name, from: type, to: 'JSON', fidelity: { kind: 'exact' as const } }))
    return { exists, statements: exists ? [] : [`create topic ${dataset}`], mappings, warnings: [] }
  }

  async apply(changes: NetTable, dataset: string): Promise<ApplyOutcome> {
    const leftOut = this.#leftOut.get(dataset) ?? new Set()
    await this.#producer.send(changeMessages(changes, { topic: dataset, reader: this.#request.reader, leftOut }))
    const copies = [...changes.copies.values()]
    return {
      written: BigInt(changes.written.size + changes.moved.size) + sum(copies.filter((count) => count > 0)),
      deleted: BigInt(changes.deleted.length) - sum(copies.filter((count) => count < 0)),
      missing: 0n,
    }
  }

  assertOwned(): Promise<void> {
    return this.#producer.assertOwned(POSITIONS_TOPIC)
  }

  async commit(position: string | undefined): Promise<void> {
    if (position !== undefined) {
      const [key, value] = [Buffer.from(this.#request.reader), Buffer.from(position)]
      await this.#producer.send([{ topic: POSITIONS_TOPIC, key, value }])
    }
    await this.#producer.commit()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#producer[Symbol.asyncDispose]()
  }
}

function sum(counts: readonly number[]): bigint {
  return BigInt(counts.reduce((total, count) => total + count, 0))
}
