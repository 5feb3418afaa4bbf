import { Failure } from '../../../contract/failure.ts'
import type { KafkaClient } from './kafka-client.ts'
import { LOADS_TOPIC, POSITIONS_TOPIC } from './own-topics.ts'

const MONTH_MS = 30 * 24 * 3_600 * 1_000

const CONFIGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [LOADS_TOPIC]: { 'cleanup.policy': 'delete', 'retention.ms': String(MONTH_MS) },
  [POSITIONS_TOPIC]: { 'cleanup.policy': 'compact' },
}

/** Makes a topic of Runnel's own when it is not there. */
export async function ensureStateTopic(client: KafkaClient, topic: string): Promise<void> {
  if (await client.has(topic)) return
  await client.create(topic, { partitions: 1, configs: CONFIGS[topic] ?? {} })
}

/** The last value under a key; undefined when there is none, or no such topic. */
export async function lastValue(client: KafkaClient, topic: string, key: string): Promise<string | undefined> {
  const wanted = Buffer.from(key)
  let found: string | undefined
  try {
    const [[first = 0n], [end = 0n]] = await Promise.all([client.first(topic), client.end(topic)])
    for (let at = first; at < end; ) {
      const [fetched] = await client.fetch(new Map([[topic, [at]]]), 1_000)
      if (fetched === undefined) break
      for (const { key: name, value } of fetched.messages) {
        if (name !== null && wanted.equals(name)) found = value?.toString()
      }
      at = fetched.next
    }
    return found
  } catch (error) {
    if (error instanceof Failure && error.code === 'source.dataset_missing') return undefined
    throw error
  }
}
