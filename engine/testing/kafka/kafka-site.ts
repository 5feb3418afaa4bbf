import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin } from '@platformatic/kafka'
import type { OpenRequest } from '../../connectors/api/connector.ts'
import type { Session } from '../../connectors/api/session.ts'
import { KafkaClient } from '../../connectors/kafka/client/kafka-client.ts'
import type { OutgoingMessage } from '../../connectors/kafka/client/messages.ts'
import { type KafkaConfig, kafkaConfigSchema } from '../../connectors/kafka/config.ts'
import { kafka } from '../../connectors/kafka/connector.ts'

export type KafkaSettings = Partial<KafkaConfig>

/** What the tests do at a broker besides the connector. */
export interface KafkaSite extends AsyncDisposable {
  readonly request: (settings?: KafkaSettings) => OpenRequest<KafkaConfig>
  readonly open: (settings?: KafkaSettings) => Promise<Session>
  /** Makes a topic of its own name and gives it. */
  topic(word: string, partitions?: number): Promise<string>
  put(topic: string, messages: readonly Partial<Omit<OutgoingMessage, 'topic'>>[]): Promise<void>
  /** Deletes a topic and makes another one of that name. */
  remake(topic: string): Promise<void>
  /** Values by partition and offset, as text. */
  values(topic: string): Promise<(string | null)[]>
  readonly client: KafkaClient
}

export async function openKafkaSite(broker: string): Promise<KafkaSite> {
  const request = (settings: KafkaSettings = {}): OpenRequest<KafkaConfig> => ({
    name: 'events',
    config: kafkaConfigSchema.parse({ brokers: [broker], tls: 'off', ...settings }),
    baseDirectory: '/',
    secret: () => Promise.resolve(undefined),
  })
  const { name, config } = request()
  const client = await KafkaClient.open({ name, config, password: () => Promise.resolve(undefined) })
  return {
    request,
    open: (settings) => kafka.open(request(settings)),
    client,
    async topic(word, partitions = 1) {
      const topic = `${word}-${randomBytes(4).toString('hex')}`
      await client.create(topic, { partitions, replicas: 1 })
      return topic
    },
    async put(topic, messages) {
      await using producer = await client.producer(`test-${topic}`)
      await producer.send(messages.map((message) => ({ key: null, value: null, ...message, topic })))
      await producer.commit()
      await producer.settle()
    },
    async remake(topic) {
      const admin = new Admin({ clientId: 'test', bootstrapBrokers: [broker] })
      await admin.deleteTopics({ topics: [topic] })
      await admin.close()
      await using fresh = await KafkaClient.open({ name, config, password: () => Promise.resolve(undefined) })
      while (await fresh.has(topic)) await sleep(20)
      await fresh.create(topic, { partitions: 1, replicas: 1 })
    },
    async values(topic) {
      const found: (string | null)[] = []
      const [at, end] = [[...(await client.first(topic))], await client.end(topic)]
      while (at.some((offset, i) => offset < (end[i] ?? 0n))) {
        for (const { partition, next, messages } of await client.fetch(new Map([[topic, at]]), 500)) {
          at[partition] = next
          found.push(...messages.map(({ value }) => value?.toString() ?? null))
        }
      }
      return found
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}
