import type { Column } from '../../../contract/column.ts'
import type { KafkaClient } from '../client/kafka-client.ts'
import type { KafkaMessage } from '../client/messages.ts'
import type { KafkaSource } from '../config.ts'
import { decodeMessage, isEnvelope, type TopicFormat } from '../decode/decode-message.ts'
import { type Decoded, isFields, Unfit } from '../decode/decoded.ts'
import { RowShape } from '../decode/row-shape.ts'
import { textOf, type ValueDecoder } from '../decode/value-decoder.ts'

const SAMPLE = 1_000

/** What a topic's messages are, from its first and its last ones. */
export interface TopicShape {
  readonly format: TopicFormat
  /** Columns of the values. */
  readonly shape: RowShape
  /** Fields of the key of a table whose changes the topic tells; empty elsewhere. */
  readonly keyFields: readonly string[]
  readonly messages: bigint
  readonly warnings: readonly string[]
}

export interface DescribeRequest {
  readonly topic: string
  readonly format: KafkaSource['format']
  /** Columns that are there already, by field. */
  readonly known?: readonly Column[]
  readonly signal?: AbortSignal | undefined
}

/** Looks at a sample. A topic without messages is taken for one of JSON. @throws Failure `source.dataset_missing` */
export async function describeTopic(
  client: KafkaClient,
  decoder: ValueDecoder,
  { topic, format: wanted, known = [], signal }: DescribeRequest,
): Promise<TopicShape> {
  const [first, end] = await Promise.all([client.first(topic, signal), client.end(topic, signal)])
  const sample = await sampleOf(client, topic, { first, end }, signal)
  await decoder.learn(sample)
  const format = wanted === 'auto' ? formatOf(sample, decoder) : wanted === 'avro' ? 'json' : rawFormat(wanted, sample)
  let shape = new RowShape(known.map((column) => ({ ...column, field: column.name })))
  let keyFields: readonly string[] | undefined
  const odd: string[] = []
  for (const message of sample) {
    const decoded = attempt(message, format, decoder)
    if (typeof decoded === 'string') odd.push(decoded)
    else {
      shape = shape.widened(decoded)
      if (decoded.key !== undefined) keyFields ??= Object.keys(decoded.key)
    }
  }
  const messages = end.reduce((sum, last, i) => sum + last - (first[i] ?? last), 0n)
  const warnings =
    odd.length === 0 ? [] : [`${odd.length} of ${sample.length} sampled messages cannot be read: ${odd[0]}`]
  return { format, shape, keyFields: keyFields ?? [], messages, warnings }
}

interface Ends {
  readonly first: readonly bigint[]
  readonly end: readonly bigint[]
}

async function sampleOf(
  client: KafkaClient,
  topic: string,
  { first, end }: Ends,
  signal: AbortSignal | undefined,
): Promise<KafkaMessage[]> {
  if (end.every((last, i) => last <= (first[i] ?? 0n))) return []
  const each = BigInt(Math.ceil(SAMPLE / end.length))
  const starts = end.map((last, i) => (last > (first[i] ?? 0n) ? (first[i] ?? 0n) : -1n))
  const lates = end.map((last, i) => (last - each > (first[i] ?? 0n) ? last - each : -1n))
  const sample: KafkaMessage[] = []
  for (const from of [starts, lates]) {
    if (from.every((offset) => offset < 0n)) continue
    const fetched = await client.fetch(new Map([[topic, from]]), 1_000, signal)
    for (const { messages } of fetched) sample.push(...messages.slice(0, Number(each)))
  }
  return sample
}

function attempt(message: KafkaMessage, format: TopicFormat, decoder: ValueDecoder): Decoded | string {
  try {
    return decodeMessage(message, format, decoder)
  } catch (error) {
    if (error instanceof Unfit) return error.message
    throw error
  }
}

/** Records where most values are some, and changes where most records are. */
function formatOf(sample: readonly KafkaMessage[], decoder: ValueDecoder): TopicFormat {
  let [records, envelopes, values] = [0, 0, 0]
  for (const { value: bytes } of sample) {
    if (bytes === null) continue
    values++
    try {
      const { value } = decoder.read(bytes)
      if (isFields(value)) records++
      if (isEnvelope(value)) envelopes++
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
    }
  }
  if (values === 0) return 'json'
  if (envelopes * 2 > values) return 'debezium'
  return records * 2 > values ? 'json' : rawFormat('raw', sample)
}

/** Bytes where one of the values is no text. */
function rawFormat(format: 'raw' | 'json' | 'debezium', sample: readonly KafkaMessage[]): TopicFormat {
  if (format !== 'raw') return format
  try {
    for (const { value } of sample) if (value !== null) textOf(value)
    return 'raw'
  } catch {
    return 'bytes'
  }
}
