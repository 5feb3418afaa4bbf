import type { MessageRecord } from '@platformatic/kafka'
import type { OutgoingMessage } from './messages.ts'

/** A broker takes a batch of 1 MB of one partition; what stands around a message is allowed for. */
const BATCH_BYTES = 900 * 1024
const ALL_BYTES = 4 * 1024 * 1024
const OVERHEAD_BYTES = 64

/** Messages on their way out, by partition. */
export class OutgoingBatches {
  #records: MessageRecord[] = []
  readonly #bytes = new Map<string, number>()
  #total = 0

  /** False when the message does not fit with those that wait: they must be taken first. */
  add(message: OutgoingMessage, partition: number): boolean {
    const { topic, key, value, headers } = message
    const place = `${topic}:${partition}`
    const bytes = (key?.length ?? 0) + (value?.length ?? 0) + OVERHEAD_BYTES
    const waiting = this.#bytes.get(place) ?? 0
    if (waiting > 0 && (waiting + bytes > BATCH_BYTES || this.#total + bytes > ALL_BYTES)) return false
    this.#bytes.set(place, waiting + bytes)
    this.#total += bytes
    this.#records.push(recordOf(topic, partition, { key, value, ...(headers === undefined ? {} : { headers }) }))
    return true
  }

  take(): readonly MessageRecord[] {
    const records = this.#records
    this.#records = []
    this.#bytes.clear()
    this.#total = 0
    return records
  }
}

type Content = Pick<OutgoingMessage, 'key' | 'value' | 'headers'>

function recordOf(topic: string, partition: number, { key, value, headers }: Content): MessageRecord {
  const record = { topic, partition, value, ...(key === null ? {} : { key }) }
  if (headers !== undefined) {
    const bytes = [...headers].map(([name, text]) => [Buffer.from(name), Buffer.from(text)] as const)
    Object.assign(record, { headers: new Map(bytes) })
  }
  // The library writes a value that is null as none, which deletes the key in a compacted topic; its type does not say so.
  return record as MessageRecord
}
