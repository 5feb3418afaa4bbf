import { z } from 'zod'
import type { RefusedMessage } from '../../api/changes.ts'
import type { KafkaMessage } from '../client/messages.ts'
import { placeOf } from '../read/message-columns.ts'

const bytes = z.base64().nullable()
const number = z.string().regex(/^-?\d+$/)
const rawSchema = z.object({
  partition: z.int(),
  offset: number,
  timestamp: number,
  key: bytes,
  value: bytes,
  headers: z.array(z.tuple([bytes, bytes])),
})

/** Keeps a message until it is replayed: JSON, bytes in base64. */
export function refusedMessage(message: KafkaMessage, reason: string): RefusedMessage {
  const { topic, partition, offset, timestamp, key, value, headers } = message
  const raw: z.infer<typeof rawSchema> = {
    partition,
    offset: String(offset),
    timestamp: String(timestamp),
    key: key?.toString('base64') ?? null,
    value: value?.toString('base64') ?? null,
    headers: headers.map(([name, text]) => [name?.toString('base64') ?? null, text?.toString('base64') ?? null]),
  }
  return { dataset: topic, locator: placeOf(message), reason, raw: JSON.stringify(raw) }
}

/** The message as it came. */
export function messageOf({ dataset, raw }: RefusedMessage): KafkaMessage {
  const { partition, offset, timestamp, key, value, headers } = rawSchema.parse(JSON.parse(raw))
  return {
    topic: dataset,
    partition,
    offset: BigInt(offset),
    timestamp: BigInt(timestamp),
    key: bufferOf(key),
    value: bufferOf(value),
    headers: headers.map(([name, text]) => [bufferOf(name), bufferOf(text)] as const),
  }
}

function bufferOf(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text, 'base64')
}
