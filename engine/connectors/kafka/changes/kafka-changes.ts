import type { Column } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import type {
  ChangeFeed,
  ChangeRequest,
  ChangeSource,
  FullLog,
  HeldMoment,
  ReaderState,
  RefusedMessage,
  Replayed,
  RowChange,
} from '../../api/changes.ts'
import type { KafkaClient } from '../client/kafka-client.ts'
import type { ValueDecoder } from '../decode/value-decoder.ts'
import { describeTopic } from '../read/describe-topic.ts'
import { MESSAGE_COLUMNS } from '../read/message-columns.ts'
import { FollowedTopic } from './followed-topic.ts'
import { KafkaFeed } from './kafka-feed.ts'
import { isPositionBefore, parsePosition, printPosition, type TopicPosition } from './position.ts'
import { messageOf } from './refused-message.ts'

const OWN = new Set(MESSAGE_COLUMNS.map(({ name }) => name))

/**
 * Topics as a source of changes. Kafka keeps nothing for a reader: the position is the offsets, and is kept where the rows go. Nothing
 * is copied beforehand, since a topic holds all that it ever tells.
 */
export class KafkaChanges implements ChangeSource {
  readonly #client: KafkaClient
  readonly #decoder: ValueDecoder
  #datasets: readonly string[] = []

  constructor(client: KafkaClient, decoder: ValueDecoder) {
    this.#client = client
    this.#decoder = decoder
  }

  readonly fullLog: FullLog = {
    describe: async (dataset, signal) => (await this.#follow(dataset, { signal })).table,
    rewind: async (position, datasets) => {
      const topics = position === undefined ? new Map<string, TopicPosition>() : parsePosition(position)
      for (const topic of datasets) topics.set(topic, await this.#first(topic))
      return printPosition(topics)
    },
  }

  async prepare({ datasets }: Pick<ChangeRequest, 'datasets'>): Promise<{ position: string; isNew: boolean }> {
    this.#datasets = datasets
    return { position: await this.fullLog.rewind(undefined, datasets), isNew: false }
  }

  state(): Promise<ReaderState | undefined> {
    return Promise.resolve(undefined)
  }

  hold(): Promise<HeldMoment> {
    const reason = 'topics are not copied, so no moment of them is held'
    return Promise.reject(new Failure('changes.unavailable', { source: this.#client.access.name, reason }))
  }

  /** Of the topics that were prepared. */
  async now(): Promise<string> {
    const topics = new Map<string, TopicPosition>()
    for (const topic of this.#datasets) {
      topics.set(topic, { id: await this.#client.topicId(topic), offsets: await this.#client.end(topic) })
    }
    return printPosition(topics)
  }

  isBefore(a: string, b: string): boolean {
    return isPositionBefore(a, b)
  }

  async open(request: ChangeRequest): Promise<ChangeFeed> {
    const from = request.from ?? (await this.prepare(request)).position
    const positions = parsePosition(from)
    const topics = new Map<string, FollowedTopic>()
    const offsets = new Map<string, bigint[]>()
    for (const topic of request.datasets) {
      const { id, offsets: stored } = positions.get(topic) ?? (await this.#first(topic))
      const now = await this.#client.topicId(topic)
      if (now !== id) {
        const parameters = { stored: `${topic} ${id}`, available: `${topic} ${now}` }
        throw new Failure('changes.gap', { source: this.#client.access.name, ...parameters })
      }
      offsets.set(topic, [...stored])
      topics.set(topic, await this.#follow(topic, request))
      positions.set(topic, { id, offsets: stored })
    }
    const ids = new Map([...positions].map(([topic, { id }]) => [topic, id]))
    return KafkaFeed.open({ client: this.#client, decoder: this.#decoder, topics, offsets, ids, request })
  }

  async replay(request: ChangeRequest, refused: readonly RefusedMessage[]): Promise<Replayed> {
    const messages = refused.map(messageOf)
    await this.#decoder.learn(messages)
    const topics = new Map<string, FollowedTopic>()
    const changes: RowChange[] = []
    const still: RefusedMessage[] = []
    for (const message of messages) {
      const topic = topics.get(message.topic) ?? (await this.#follow(message.topic, request))
      topics.set(message.topic, topic)
      const read = topic.read(message)
      if (read === undefined) continue
      if ('reason' in read) still.push(read)
      else changes.push(read)
    }
    return { changes, refused: still }
  }

  forget(): Promise<void> {
    return Promise.resolve()
  }

  async #first(topic: string): Promise<TopicPosition> {
    return { id: await this.#client.topicId(topic), offsets: await this.#client.first(topic) }
  }

  async #follow(
    topic: string,
    { known, signal }: { known?: ReadonlyMap<string, readonly Column[]>; signal?: AbortSignal | undefined },
  ): Promise<FollowedTopic> {
    const columns = (known?.get(topic) ?? []).filter(({ name }) => !OWN.has(name))
    const { format } = this.#client.access.config
    const shape = await describeTopic(this.#client, this.#decoder, { topic, format, known: columns, signal })
    return new FollowedTopic(topic, shape, this.#decoder)
  }
}
