import { setTimeout as sleep } from 'node:timers/promises'
import type { ChangeBatch, ChangeFeed, ChangeRequest, RefusedMessage, RowChange } from '../../api/changes.ts'
import type { KafkaClient } from '../client/kafka-client.ts'
import type { Fetched, KafkaMessage } from '../client/messages.ts'
import type { TransactionalProducer } from '../client/transactional-producer.ts'
import type { ValueDecoder } from '../decode/value-decoder.ts'
import type { FollowedTopic } from './followed-topic.ts'
import { printPosition } from './position.ts'

const WAIT_MS = 500
/** How often it is looked whether topics got more partitions. */
const PARTITIONS_MS = 10_000

export interface FeedRequest {
  readonly client: KafkaClient
  readonly decoder: ValueDecoder
  readonly topics: ReadonlyMap<string, FollowedTopic>
  /** Next offsets to fetch. */
  readonly offsets: Map<string, bigint[]>
  readonly ids: ReadonlyMap<string, string>
  readonly request: ChangeRequest
}

/** Messages as changes, as they come. At most two answers of the brokers are held at a time: one that is read and one that waits. */
export class KafkaFeed implements ChangeFeed {
  readonly #of: FeedRequest
  /** Behind the last message that was handed over. */
  readonly #reached: Map<string, bigint[]>
  readonly #ends = new Map<string, bigint>()
  #asked: Promise<Fetched[]> | undefined
  #waiting: KafkaMessage[] = []
  #passed: Fetched[] = []
  #averageBytes = 100
  #looked = Date.now()
  #deadLetters: TransactionalProducer | undefined

  private constructor(of: FeedRequest) {
    this.#of = of
    this.#reached = new Map([...of.offsets].map(([topic, offsets]) => [topic, [...offsets]]))
  }

  static async open(of: FeedRequest): Promise<KafkaFeed> {
    const feed = new KafkaFeed(of)
    const { deadLetterTopic } = of.client.access.config
    if (deadLetterTopic !== undefined) feed.#deadLetters = await of.client.producer(`runnel-dead-${of.request.reader}`)
    return feed
  }

  async next(): Promise<ChangeBatch | undefined> {
    const { signal, flushMs, idleMs } = this.#of.request
    const batch = new OpenBatch(this.#of.request)
    const idleAt = Date.now() + idleMs
    let flushAt = Number.POSITIVE_INFINITY
    for (;;) {
      if (signal?.aborted === true) return undefined
      await this.#read(batch)
      if (batch.count > 0) flushAt = Math.min(flushAt, batch.begunAt + flushMs)
      const leftMs = Math.min(flushAt, idleAt) - Date.now()
      if (batch.isFull || leftMs <= 0) return this.#finished(batch)
      this.#asked ??= this.#ask()
      const fetched = await firstOf(this.#asked, leftMs, signal)
      if (fetched === undefined) continue
      this.#asked = undefined
      await this.#take(fetched)
    }
  }

  /** Kafka keeps what it keeps, whoever has read it. */
  acknowledge(): void {}

  lagBytes(): number {
    let messages = 0n
    for (const [topic, offsets] of this.#reached) {
      for (const [partition, offset] of offsets.entries()) {
        const end = this.#ends.get(`${topic}:${partition}`) ?? offset
        if (end > offset) messages += end - offset
      }
    }
    return Number(messages) * this.#averageBytes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#asked?.catch(() => undefined)
    await this.#deadLetters?.[Symbol.asyncDispose]()
  }

  #ask(): Promise<Fetched[]> {
    const { client, offsets, request } = this.#of
    const asked = this.#lookForPartitions().then(() => client.fetch(offsets, WAIT_MS, request.signal))
    // Awaited by the next call; there may be none.
    asked.catch(() => undefined)
    return asked
  }

  /** New partitions are read from their beginning. */
  async #lookForPartitions(): Promise<void> {
    if (Date.now() - this.#looked < PARTITIONS_MS) return
    this.#looked = Date.now()
    for (const [topic, offsets] of this.#of.offsets) {
      const count = await this.#of.client.partitions(topic, this.#of.request.signal)
      const added = Array.from({ length: Math.max(0, count - offsets.length) }, () => 0n)
      offsets.push(...added)
      this.#reached.get(topic)?.push(...added)
    }
  }

  async #take(fetched: Fetched[]): Promise<void> {
    const messages = fetched.flatMap((one) => one.messages)
    await this.#of.decoder.learn(messages)
    for (const { topic, partition, next, end } of fetched) {
      this.#ends.set(`${topic}:${partition}`, end)
      const offsets = this.#of.offsets.get(topic)
      if (offsets !== undefined) offsets[partition] = next
    }
    this.#waiting = messages
    this.#passed = fetched
    // The next ones are on their way while these are read.
    if (messages.length > 0) this.#asked = this.#ask()
  }

  async #read(batch: OpenBatch): Promise<void> {
    let taken = 0
    for (const message of this.#waiting) {
      if (batch.isFull) break
      batch.add(message, this.#of.topics.get(message.topic)?.read(message))
      const reached = this.#reached.get(message.topic)
      if (reached !== undefined) reached[message.partition] = message.offset + 1n
      taken++
    }
    this.#waiting = taken === this.#waiting.length ? [] : this.#waiting.slice(taken)
    if (this.#waiting.length > 0) return
    // Beyond the last message there may be markers of transactions, and messages of those that were given up.
    for (const { topic, partition, next } of this.#passed) {
      const reached = this.#reached.get(topic)
      if (reached !== undefined) reached[partition] = next
    }
    this.#passed = []
    await this.#bury(batch.newlyRefused())
  }

  async #bury(refused: readonly (readonly [KafkaMessage, RefusedMessage])[]): Promise<void> {
    const topic = this.#of.client.access.config.deadLetterTopic
    if (refused.length === 0 || topic === undefined || this.#deadLetters === undefined) return
    await this.#deadLetters.send(
      refused.map(([{ key, value, headers }, { locator, reason }]) => ({
        topic,
        key,
        value,
        headers: new Map([
          ...headers.map(([name, text]) => [name?.toString() ?? '', text?.toString() ?? ''] as const),
          ['runnel.from', locator] as const,
          ['runnel.reason', reason] as const,
        ]),
      })),
    )
    await this.#deadLetters.commit()
  }

  #finished(batch: OpenBatch): ChangeBatch {
    if (batch.count > 0) this.#averageBytes = Math.ceil(batch.bytes / batch.count)
    const ids = this.#of.ids
    const topics = [...this.#reached].map(([topic, offsets]) => [topic, { id: ids.get(topic) ?? '', offsets }] as const)
    return batch.finished(printPosition(new Map(topics)))
  }
}

/** A batch that is being filled. Every message is whole by itself. */
class OpenBatch {
  readonly #most: Pick<ChangeRequest, 'mostChanges' | 'mostBytes'>
  readonly #changes: RowChange[] = []
  readonly #refused: RefusedMessage[] = []
  #new: (readonly [KafkaMessage, RefusedMessage])[] = []
  #oldest = Number.POSITIVE_INFINITY
  begunAt = 0
  count = 0
  bytes = 0

  constructor(most: Pick<ChangeRequest, 'mostChanges' | 'mostBytes'>) {
    this.#most = most
  }

  get isFull(): boolean {
    return this.count >= this.#most.mostChanges || this.bytes >= this.#most.mostBytes
  }

  add(message: KafkaMessage, read: RowChange | RefusedMessage | undefined): void {
    if (this.count === 0) this.begunAt = Date.now()
    this.count++
    this.bytes += (message.value?.length ?? 0) + (message.key?.length ?? 0)
    this.#oldest = Math.min(this.#oldest, Number(message.timestamp))
    if (read === undefined) return
    if ('reason' in read) {
      this.#refused.push(read)
      this.#new.push([message, read])
    } else this.#changes.push(read)
  }

  newlyRefused(): readonly (readonly [KafkaMessage, RefusedMessage])[] {
    const refused = this.#new
    this.#new = []
    return refused
  }

  finished(position: string): ChangeBatch {
    return {
      changes: this.#changes,
      position,
      isOpen: false,
      transactions: this.count,
      ...(this.count === 0 ? {} : { committedAt: this.#oldest }),
      ...(this.#refused.length === 0 ? {} : { refused: this.#refused }),
    }
  }
}

/** What was asked for, or undefined when the time is over or the signal comes first. */
async function firstOf<T>(asked: Promise<T>, leftMs: number, signal: AbortSignal | undefined): Promise<T | undefined> {
  const ended = new AbortController()
  const stop = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal])
  try {
    return await Promise.race([asked, sleep(leftMs, undefined, { signal: stop }).catch(() => undefined)])
  } finally {
    ended.abort()
  }
}
