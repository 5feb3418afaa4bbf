import { nearestName } from '../../base/suggest.ts'
import type { DatasetSchema, DatasetSummary } from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import type { ApplierRequest, ChangeApplier } from '../api/change-applier.ts'
import type { ChangeSource } from '../api/changes.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import type { ListRequest, Session } from '../api/session.ts'
import type { WritePlan, WriteRequest, Writer } from '../api/writer.ts'
import { openKafkaApplier } from './apply/kafka-applier.ts'
import { KafkaChanges } from './changes/kafka-changes.ts'
import type { KafkaClient } from './client/kafka-client.ts'
import { kafkaSourceSchema } from './config.ts'
import type { SchemaRegistry } from './decode/schema-registry.ts'
import { ValueDecoder } from './decode/value-decoder.ts'
import { describeTopic } from './read/describe-topic.ts'
import { MESSAGE_KEY } from './read/message-columns.ts'
import { openTopicReading, readColumns } from './read/open-reading.ts'
import { planTopicWrite } from './write/topic-target.ts'
import { openTopicWriter } from './write/topic-writer.ts'

/** Topics are datasets. One client answers for all calls; each writer has a producer of its own. */
export class KafkaSession implements Session {
  readonly changes: ChangeSource
  readonly #client: KafkaClient
  readonly #decoder: ValueDecoder
  #closed = false

  constructor(client: KafkaClient, registry: SchemaRegistry | undefined) {
    this.#client = client
    this.#decoder = new ValueDecoder(registry)
    this.changes = new KafkaChanges(client, this.#decoder)
  }

  async list({ search = '', signal }: ListRequest): Promise<DatasetSummary[]> {
    this.#assertOpen()
    const topics = await this.#client.topics(signal)
    return topics
      .filter((topic) => !topic.startsWith('_runnel_') && topic.toLowerCase().includes(search.toLowerCase()))
      .map((name) => ({ name, kind: 'table' }))
  }

  async describe(dataset: string, options: unknown, signal?: AbortSignal): Promise<DatasetSchema> {
    this.#assertOpen()
    const source = kafkaSourceSchema.parse(options ?? {})
    const asked = { topic: dataset, format: source.format, signal }
    const topic = await this.#named(dataset, () => describeTopic(this.#client, this.#decoder, asked))
    const columns = [...readColumns(topic, source)]
    const keys = source.metadata ? [{ name: 'message', kind: 'primary' as const, columns: [...MESSAGE_KEY] }] : []
    return {
      columns,
      keys,
      rowEstimate: String(topic.messages),
      detected: { format: topic.format },
      warnings: [...topic.warnings],
    }
  }

  read(request: ReadRequest): Promise<Reading> {
    this.#assertOpen()
    const options = kafkaSourceSchema.parse(request.options ?? {})
    return this.#named(request.dataset, () => openTopicReading(this.#client, this.#decoder, { ...request, options }))
  }

  async planWrite(request: WriteRequest): Promise<WritePlan> {
    this.#assertOpen()
    return (await planTopicWrite(this.#client, request)).plan
  }

  write(request: WriteRequest): Promise<Writer> {
    this.#assertOpen()
    return openTopicWriter(this.#client, request)
  }

  openApplier(request: ApplierRequest): Promise<ChangeApplier> {
    this.#assertOpen()
    return openKafkaApplier(this.#client, request)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    await this.#client[Symbol.asyncDispose]()
  }

  /** Adds the nearest name when there is no such topic. */
  async #named<T>(dataset: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'source.dataset_missing') throw error
      const suggestion = nearestName(dataset, await this.#client.topics())
      throw new Failure('source.dataset_missing', { dataset, ...(suggestion === undefined ? {} : { suggestion }) })
    }
  }

  #assertOpen(): void {
    if (!this.#closed) return
    throw new Failure('source.unavailable', { source: this.#client.access.name, reason: 'the session was closed' })
  }
}
