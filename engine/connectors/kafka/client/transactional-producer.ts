import { setTimeout as sleep } from 'node:timers/promises'
import {
  addPartitionsToTxnV3,
  type Broker,
  type ClusterMetadata,
  type Connection,
  Consumer,
  endTxnV3,
  findCoordinatorV4,
  initProducerIdV4,
  type MessageRecord,
  murmur2,
  NumericMap,
  produceV9,
} from '@platformatic/kafka'
import { Failure } from '../../../contract/failure.ts'
import type { ClientOptions } from './client-options.ts'
import { isFenced, isPassing, kafkaCodes, kafkaFailure } from './kafka-failure.ts'
import type { OutgoingMessage } from './messages.ts'
import { OutgoingBatches } from './outgoing-batches.ts'
import { POSITIONS_TOPIC } from './own-topics.ts'

/** The longest that brokers allow unless they are set up otherwise. */
const TRANSACTION_TIMEOUT_MS = 900_000
const REQUEST_TIMEOUT_MS = 30_000
const TRANSACTION_KEY = 1
const ALL_REPLICAS = -1
const UNKNOWN = -1
const RETRY_MS = 20
/** Sequence numbers go round after this. */
const SEQUENCES = 2 ** 31

export interface ProducerRequest {
  readonly connection: string
  readonly transactionalId: string
  readonly patienceMs: number
  /** What an earlier producer of this id gave as its claim: goes on as that one, unless another came since. */
  readonly claim?: string
}

/**
 * Writes messages in transactions (KIP-98): `send` any number of times, then `commit` or `abort`; and again. After a failure it must be
 * disposed; whether the last transaction took effect is asked for in what it wrote.
 *
 * Built from single requests of the client library, whose own transactions Kafka 4.1 refuses (docs/decisions/kafka-client.md).
 */
export class TransactionalProducer implements AsyncDisposable {
  readonly #request: ProducerRequest
  readonly #base: Consumer
  readonly #batches = new OutgoingBatches()
  readonly #sequences = new NumericMap()
  readonly #added = new Set<string>()
  readonly #counts = new Map<string, number>()
  #turn = 0
  #producerId = -1n
  #producerEpoch = -1
  #metadata: ClusterMetadata | undefined

  private constructor(options: ClientOptions, request: ProducerRequest) {
    this.#request = request
    this.#base = new Consumer({ ...options, groupId: 'runnel' })
  }

  /** Ends what an earlier producer of this id left open, and keeps it from going on. */
  static async open(options: ClientOptions, request: ProducerRequest): Promise<TransactionalProducer> {
    const producer = new TransactionalProducer(options, request)
    try {
      await producer.#identify(request.claim)
      return producer
    } catch (error) {
      await producer[Symbol.asyncDispose]()
      throw error
    }
  }

  /** What tells this producer from all others of its id. */
  get claim(): string {
    return `${this.#producerId}:${this.#producerEpoch}`
  }

  /** Takes messages; they are with the brokers when `commit` returns, at the latest. Those of one partition keep their order. */
  async send(messages: Iterable<OutgoingMessage>): Promise<void> {
    for (const message of messages) {
      const count = this.#counts.get(message.topic) ?? (await this.#count(message.topic))
      const partition = message.partition ?? this.#choose(message.key, count)
      if (this.#batches.add(message, partition)) continue
      await this.#flush()
      this.#batches.add(message, partition)
    }
  }

  /** @throws Failure `sync.taken_over` when another producer of this id came since: the broker refuses a partition for this one then */
  async assertOwned(topic: string): Promise<void> {
    this.#added.delete(`${topic}:0`)
    await this.#addPartitions([{ topic, partition: 0 }])
  }

  async commit(): Promise<void> {
    await this.#flush()
    await this.#end(true)
  }

  /**
   * Waits until everybody sees what was committed: the broker answers a commit before it has told all partitions, and a producer
   * that comes anew only afterwards.
   */
  async settle(): Promise<void> {
    await this.#identify()
  }

  async abort(): Promise<void> {
    this.#batches.take()
    await this.#end(false)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#added.size > 0) await this.abort().catch(() => undefined)
    await this.#base.close(true).catch(() => undefined)
  }

  async #identify(claim?: string): Promise<void> {
    const [producerId = UNKNOWN, epoch = UNKNOWN] = claim?.split(':') ?? []
    if (claim !== undefined) await this.#assertClaimed(BigInt(producerId), Number(epoch))
    await this.#patiently(async () => {
      const { transactionalId } = this.#request
      const connection = await this.#coordinator()
      const identity = [BigInt(producerId), Number(epoch)] as const
      const given = await initProducerIdV4.api.async(connection, transactionalId, TRANSACTION_TIMEOUT_MS, ...identity)
      this.#producerId = given.producerId
      this.#producerEpoch = given.producerEpoch
      this.#sequences.clear()
    })
  }

  /**
   * A broker takes the claim of who was overtaken last for a retry of that one, and gives up the transaction that the newer one has under
   * way. To take part in one it lets only the newest.
   */
  async #assertClaimed(producerId: bigint, epoch: number): Promise<void> {
    this.#producerId = producerId
    this.#producerEpoch = epoch
    await this.assertOwned(POSITIONS_TOPIC)
    await this.#end(false)
  }

  /** As the clients of Kafka itself choose, so that keys stay where others have put them. */
  #choose(key: Buffer | null, count: number): number {
    return key === null ? this.#turn % count : (murmur2(key) & 0x7fffffff) % count
  }

  async #count(topic: string): Promise<number> {
    const metadata = await this.#patiently(() => this.#base.metadata({ topics: [topic] }), topic)
    const count = metadata.topics.get(topic)?.partitionsCount
    if (count === undefined) throw new Failure('source.dataset_missing', { dataset: topic })
    this.#counts.set(topic, count)
    return count
  }

  async #flush(): Promise<void> {
    const records = this.#batches.take()
    if (records.length === 0) return
    this.#turn++
    await this.#addPartitions(records)
    const byLeader = await this.#byLeader(records)
    await Promise.all([...byLeader].map(([leader, mine]) => this.#produce(leader, mine)))
  }

  async #addPartitions(records: readonly Pick<MessageRecord, 'topic' | 'partition'>[]): Promise<void> {
    const places = new Map(records.map(({ topic, partition = 0 }) => [`${topic}:${partition}`, { topic, partition }]))
    const added = [...places].filter(([place]) => !this.#added.has(place))
    if (added.length === 0) return
    const byTopic = Map.groupBy(added, ([, { topic }]) => topic)
    const topics = [...byTopic].map(([name, list]) => ({
      name,
      partitions: list.map(([, { partition }]) => partition),
    }))
    const { transactionalId } = this.#request
    const identity = { transactionalId, producerId: this.#producerId, producerEpoch: this.#producerEpoch }
    await this.#patiently(async () => {
      await addPartitionsToTxnV3.api.async(await this.#coordinator(), [{ ...identity, verifyOnly: false, topics }])
    })
    for (const [place] of added) this.#added.add(place)
  }

  async #byLeader(records: readonly MessageRecord[]): Promise<Map<number, MessageRecord[]>> {
    const topics = [...new Set(records.map(({ topic }) => topic))]
    const metadata = await this.#patiently(() => this.#base.metadata({ topics }))
    this.#metadata = metadata
    return Map.groupBy(
      records,
      ({ topic, partition = 0 }) => metadata.topics.get(topic)?.partitions[partition]?.leader ?? -1,
    )
  }

  /** A request that is sent again carries the same sequence numbers: the broker takes it once. */
  async #produce(leader: number, records: MessageRecord[]): Promise<void> {
    const topics = [...new Set(records.map(({ topic }) => topic))]
    const { transactionalId } = this.#request
    const identity = { transactionalId, producerId: this.#producerId, producerEpoch: this.#producerEpoch }
    const options = { ...identity, sequences: this.#sequences, compression: 'none' as const }
    await this.#patiently(async (isAgain) => {
      if (isAgain) this.#metadata = await this.#base.metadata({ topics, forceUpdate: true })
      const broker = this.#metadata?.brokers.get(leader)
      if (broker === undefined) throw Object.assign(new Error('no leader'), { apiId: 'LEADER_NOT_AVAILABLE' })
      await produceV9.api.async(await this.#connect(broker), ALL_REPLICAS, REQUEST_TIMEOUT_MS, records, options)
    }, topics.join(', '))
    for (const { topic, partition = 0 } of records) {
      const place = `${topic}:${partition}`
      this.#sequences.set(place, ((this.#sequences.get(place) ?? 0) + 1) % SEQUENCES)
    }
  }

  async #end(isCommitted: boolean): Promise<void> {
    if (this.#added.size === 0) return
    await this.#patiently(async () => {
      const connection = await this.#coordinator()
      const { transactionalId } = this.#request
      await endTxnV3.api.async(connection, transactionalId, this.#producerId, this.#producerEpoch, isCommitted)
    })
    this.#added.clear()
  }

  async #coordinator(): Promise<Connection> {
    const [any] = (await this.#base.metadata({ topics: [] })).brokers.values()
    if (any === undefined) throw Object.assign(new Error('no broker'), { apiId: 'BROKER_NOT_AVAILABLE' })
    const answer = await findCoordinatorV4.api.async(await this.#connect(any), TRANSACTION_KEY, [
      this.#request.transactionalId,
    ])
    const [found] = answer.coordinators
    if (found === undefined) throw Object.assign(new Error('no coordinator'), { apiId: 'COORDINATOR_NOT_AVAILABLE' })
    return this.#connect(found)
  }

  #connect({ host, port }: Broker): Promise<Connection> {
    return this.#base.connections.get({ host, port })
  }

  /** Asks again while a broker is gone or still ends the transaction before. */
  async #patiently<T>(ask: (isAgain: boolean) => Promise<T>, dataset?: string): Promise<T> {
    for (const began = Date.now(), tries = { count: 0 }; ; tries.count++) {
      try {
        return await ask(tries.count > 0)
      } catch (error) {
        const isOver = Date.now() - began > this.#request.patienceMs
        if (isOver || !isPassing(kafkaCodes(error))) throw this.#failure(error, dataset)
        this.#base.clearMetadata()
        await sleep(RETRY_MS)
      }
    }
  }

  #failure(error: unknown, dataset?: string): Failure {
    const { connection, transactionalId } = this.#request
    if (isFenced(error)) return new Failure('sync.taken_over', { reader: transactionalId }, { cause: error })
    return kafkaFailure(error, { connection, side: 'target', ...(dataset === undefined ? {} : { dataset }) })
  }
}
