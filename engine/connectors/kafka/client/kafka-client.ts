import { setTimeout as sleep } from 'node:timers/promises'
import {
  Admin,
  type ClusterMetadata,
  type ClusterTopicMetadata,
  ConnectionPool,
  Consumer,
  fetchV13,
} from '@platformatic/kafka'
import { Failure } from '../../../contract/failure.ts'
import { assertNotCancelled } from '../../shared/cancellation.ts'
import type { KafkaAccess } from './access.ts'
import { type ClientOptions, clientOptions } from './client-options.ts'
import { committedMessages } from './committed-messages.ts'
import { isPassing, type KafkaContext, kafkaCodes, kafkaFailure } from './kafka-failure.ts'
import type { Fetched, Offsets } from './messages.ts'
import { TransactionalProducer } from './transactional-producer.ts'

const FIRST = -2n
const LAST = -1n
const COMMITTED = 1
/** Each request is whole by itself: sessions end with the broker, and know one reader at a time. */
const NO_SESSION = -1
const FETCH_BYTES = 8 * 1024 * 1024
const PARTITION_BYTES = 2 * 1024 * 1024
const RETRY_MS = 200
const AS_SET_UP = -1

/** What is left out is as the brokers are set up. */
export interface TopicSettings {
  readonly partitions?: number | undefined
  readonly replicas?: number | undefined
  readonly configs?: Readonly<Record<string, string>>
}

/**
 * Our own small port to Kafka: every call of the client library is below this folder. Reads know no groups: who reads says from which
 * offsets, and keeps them where the data goes. Only what committed transactions wrote is read.
 *
 * Calls that only ask wait for brokers that are gone, at most `patienceMs`.
 */
export class KafkaClient implements AsyncDisposable {
  readonly #access: KafkaAccess
  readonly #options: ClientOptions
  readonly #consumer: Consumer
  /** Apart, since a broker answers a connection in order and a fetch may wait. */
  readonly #fetching: ConnectionPool
  #admin: Admin | undefined

  private constructor(access: KafkaAccess, options: ClientOptions) {
    this.#access = access
    this.#options = options
    this.#consumer = new Consumer({ ...options, groupId: 'runnel' })
    this.#fetching = new ConnectionPool(options.clientId, options)
  }

  /** @throws Failure `source.unavailable`, `source.unauthorized` */
  static async open(access: KafkaAccess): Promise<KafkaClient> {
    const client = new KafkaClient(access, await clientOptions(access))
    try {
      await client.#consumer.connectToBrokers()
      return client
    } catch (error) {
      await client[Symbol.asyncDispose]()
      throw client.#failure(error, {})
    }
  }

  get access(): KafkaAccess {
    return this.#access
  }

  /** Without those that Kafka keeps for itself. */
  async topics(signal?: AbortSignal): Promise<string[]> {
    this.#admin ??= new Admin(this.#options)
    const admin = this.#admin
    return (await this.#patiently({ signal }, () => admin.listTopics({ includeInternals: false }))).toSorted()
  }

  /** @throws Failure `source.dataset_missing` */
  async partitions(topic: string, signal?: AbortSignal): Promise<number> {
    return (await this.#topic(topic, signal)).partitionsCount
  }

  async has(topic: string): Promise<boolean> {
    try {
      await this.partitions(topic)
      return true
    } catch (error) {
      if (error instanceof Failure && error.code === 'source.dataset_missing') return false
      throw error
    }
  }

  /** Another one when a topic was deleted and made again. @throws Failure `source.dataset_missing` */
  async topicId(topic: string, signal?: AbortSignal): Promise<string> {
    return (await this.#topic(topic, signal)).id
  }

  /** Offset of the first message of each partition that is still there, or of its end. */
  first(topic: string, signal?: AbortSignal): Promise<readonly bigint[]> {
    return this.#listOffsets(topic, FIRST, signal)
  }

  /** Offset behind the last committed message of each partition. */
  end(topic: string, signal?: AbortSignal): Promise<readonly bigint[]> {
    return this.#listOffsets(topic, LAST, signal)
  }

  /** Offset of the first message at or after a time; the end where there is none. */
  async at(topic: string, timeMs: number, signal?: AbortSignal): Promise<readonly bigint[]> {
    const [found, end] = await Promise.all([this.#listOffsets(topic, BigInt(timeMs), signal), this.end(topic, signal)])
    return end.map((last, partition) => ((found[partition] ?? LAST) < 0n ? last : (found[partition] ?? last)))
  }

  /** Gives false when the topic is there already. */
  async create(
    topic: string,
    { partitions = AS_SET_UP, replicas = AS_SET_UP, configs = {} }: TopicSettings,
  ): Promise<boolean> {
    this.#admin ??= new Admin(this.#options)
    try {
      const named = Object.entries(configs).map(([name, value]) => ({ name, value }))
      await this.#admin.createTopics({ topics: [topic], partitions, replicas, configs: named })
    } catch (error) {
      if (kafkaCodes(error).has('TOPIC_ALREADY_EXISTS')) return false
      throw this.#failure(error, { side: 'target' })
    }
    // A broker learns of a topic a little after the controller made it.
    for (;;) {
      try {
        const { leader } = (await this.#topic(topic)).partitions[0] ?? { leader: -1 }
        if (leader >= 0) return true
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'source.dataset_missing') throw error
      }
      await sleep(20)
      this.#consumer.clearMetadata()
    }
  }

  /**
   * What comes next of these partitions, as much as fits; nothing when nothing came within `waitMs`. Offsets are indexes of `from`;
   * a negative one leaves its partition out.
   * @throws Failure `changes.gap` when messages at an offset are gone, or the topic is not the one that it was
   */
  async fetch(from: Offsets, waitMs: number, signal?: AbortSignal): Promise<Fetched[]> {
    return this.#patiently({ signal, dataset: [...from.keys()].join(', ') }, async (isAgain) => {
      const metadata = await this.#consumer.metadata({ topics: [...from.keys()], forceUpdate: isAgain })
      const requests = [...requestsByLeader(metadata, from)]
      try {
        const answers = await Promise.all(
          requests.map(([node, topics]) => this.#fetchFrom(node, topics, { from, metadata, waitMs })),
        )
        return answers.flat()
      } catch (error) {
        if (kafkaCodes(error).has('OFFSET_OUT_OF_RANGE')) throw await this.#gap(from, error)
        throw error
      }
    })
  }

  /** Opens a producer whose messages are seen together or not at all. Whoever opened last under an id goes on, or takes up its own claim. */
  producer(transactionalId: string, claim?: string): Promise<TransactionalProducer> {
    const { name: connection, config } = this.#access
    const request = { connection, transactionalId, patienceMs: config.patienceMs }
    return TransactionalProducer.open(this.#options, { ...request, ...(claim === undefined ? {} : { claim }) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#consumer.close(true), this.#fetching.close(), this.#admin?.close()]).catch(() => undefined)
  }

  async #topic(topic: string, signal?: AbortSignal): Promise<ClusterTopicMetadata> {
    const metadata = await this.#patiently({ signal, dataset: topic }, (isAgain) =>
      this.#consumer.metadata({ topics: [topic], forceUpdate: isAgain }),
    )
    const found = metadata.topics.get(topic)
    if (found === undefined) throw new Failure('source.dataset_missing', { dataset: topic })
    return found
  }

  async #listOffsets(topic: string, timestamp: bigint, signal?: AbortSignal): Promise<readonly bigint[]> {
    const found = await this.#patiently({ signal, dataset: topic }, async (isAgain) => {
      if (isAgain) this.#consumer.clearMetadata()
      return this.#consumer.listOffsets({ topics: [topic], timestamp, isolationLevel: COMMITTED })
    })
    return found.get(topic) ?? []
  }

  async #fetchFrom(
    node: number,
    topics: readonly LeaderTopic[],
    { from, metadata, waitMs }: { from: Offsets; metadata: ClusterMetadata; waitMs: number },
  ): Promise<Fetched[]> {
    const broker = metadata.brokers.get(node)
    if (broker === undefined) throw Object.assign(new Error('no such broker'), { apiId: 'BROKER_NOT_AVAILABLE' })
    const asked = topics.map(({ topicId, partitions }) => ({ topicId, partitions: [...partitions] }))
    const connection = await this.#fetching.get(broker)
    const { responses } = await fetchV13.api.async(
      connection,
      waitMs,
      1,
      FETCH_BYTES,
      COMMITTED,
      0,
      NO_SESSION,
      asked,
      [],
      '',
    )
    const names = new Map([...metadata.topics].map(([name, { id }]) => [id, name]))
    return responses.flatMap(({ topicId, partitions }) => {
      const topic = names.get(topicId) ?? ''
      return partitions.map((partition): Fetched => {
        const at = from.get(topic)?.[partition.partitionIndex] ?? 0n
        const { messages, next } = committedMessages(topic, partition, at)
        return { topic, partition: partition.partitionIndex, messages, next, end: partition.lastStableOffset }
      })
    })
  }

  /** Names the partition whose messages are gone. */
  async #gap(from: Offsets, cause: unknown): Promise<Failure> {
    for (const [topic, offsets] of from) {
      const [first, end] = await Promise.all([this.first(topic), this.end(topic)])
      for (const [partition, at] of offsets.entries()) {
        const [low, high] = [first[partition] ?? 0n, end[partition] ?? 0n]
        if (at < 0n || (at >= low && at <= high)) continue
        const place = `${topic}[${partition}]`
        const parameters = {
          source: this.#access.name,
          stored: `${place}@${at}`,
          available: `${place}@${low}..${high}`,
        }
        return new Failure('changes.gap', parameters, { cause })
      }
    }
    return this.#failure(cause, {})
  }

  /** Asks again while brokers are gone. */
  async #patiently<T>(
    { signal, dataset }: { signal?: AbortSignal | undefined; dataset?: string },
    ask: (isAgain: boolean) => Promise<T>,
  ): Promise<T> {
    for (const began = Date.now(), tries = { count: 0 }; ; tries.count++) {
      assertNotCancelled(signal, this.#access.name)
      try {
        return await ask(tries.count > 0)
      } catch (error) {
        const isOver = Date.now() - began > this.#access.config.patienceMs
        if (signal?.aborted === true || isOver || !isPassing(kafkaCodes(error))) {
          throw this.#failure(error, { signal, ...(dataset === undefined ? {} : { dataset }) })
        }
        await sleep(RETRY_MS)
      }
    }
  }

  #failure(error: unknown, context: Partial<KafkaContext>): Failure {
    return kafkaFailure(error, { connection: this.#access.name, side: 'source', ...context })
  }
}

interface LeaderTopic {
  readonly topicId: string
  readonly partitions: readonly {
    partition: number
    currentLeaderEpoch: number
    fetchOffset: bigint
    lastFetchedEpoch: number
    partitionMaxBytes: number
  }[]
}

/** Who is asked for what. @throws Error LEADER_NOT_AVAILABLE while a partition has no leader */
function requestsByLeader(metadata: ClusterMetadata, from: Offsets): Map<number, LeaderTopic[]> {
  const requests = new Map<number, LeaderTopic[]>()
  for (const [topic, offsets] of from) {
    const known = metadata.topics.get(topic)
    if (known === undefined) throw new Failure('source.dataset_missing', { dataset: topic })
    const led = new Map<number, LeaderTopic['partitions'][number][]>()
    for (const [partition, fetchOffset] of offsets.entries()) {
      const leader = known.partitions[partition]?.leader ?? -1
      if (fetchOffset < 0n) continue
      if (leader < 0) throw Object.assign(new Error('a partition has no leader'), { apiId: 'LEADER_NOT_AVAILABLE' })
      const list = led.get(leader) ?? []
      list.push({
        partition,
        currentLeaderEpoch: -1,
        fetchOffset,
        lastFetchedEpoch: -1,
        partitionMaxBytes: PARTITION_BYTES,
      })
      led.set(leader, list)
    }
    for (const [leader, partitions] of led) {
      requests.set(leader, [...(requests.get(leader) ?? []), { topicId: known.id, partitions }])
    }
  }
  return requests
}
