import type { fetchV13, KafkaRecord } from '@platformatic/kafka'
import type { KafkaMessage } from './messages.ts'

type Partition = fetchV13.FetchResponsePartition

const IS_TRANSACTIONAL = 1 << 4
const IS_CONTROL = 1 << 5
const ABORT = 0

/** Messages of one partition from `from` on, without those of transactions that were given up, and the next offset. */
export function committedMessages(
  topic: string,
  partition: Partition,
  from: bigint,
): { readonly messages: readonly KafkaMessage[]; readonly next: bigint } {
  const aborted = (partition.abortedTransactions ?? []).toSorted((a, b) => Number(a.firstOffset - b.firstOffset))
  const isAborting = new Set<bigint>()
  const messages: KafkaMessage[] = []
  let next = from
  let begun = 0
  for (const batch of partition.records ?? []) {
    const last = batch.firstOffset + BigInt(batch.lastOffsetDelta)
    for (let one = aborted[begun]; one !== undefined && one.firstOffset <= last; one = aborted[++begun]) {
      isAborting.add(one.producerId)
    }
    if ((batch.attributes & IS_CONTROL) !== 0) {
      if (markerType(batch.records[0]) === ABORT) isAborting.delete(batch.producerId)
    } else if ((batch.attributes & IS_TRANSACTIONAL) === 0 || !isAborting.has(batch.producerId)) {
      for (const record of batch.records) {
        const offset = batch.firstOffset + BigInt(record.offsetDelta)
        // A broker answers with whole batches; the first may begin before what was asked for.
        if (offset < from) continue
        const { key, value, headers } = record
        const timestamp = batch.firstTimestamp + record.timestampDelta
        messages.push({ topic, partition: partition.partitionIndex, offset, timestamp, key, value, headers })
      }
    }
    if (last >= next) next = last + 1n
  }
  return { messages, next }
}

/** What a control record says: 0 is abort, 1 is commit. */
function markerType(record: KafkaRecord | undefined): number | undefined {
  return record?.key === null || record?.key === undefined || record.key.length < 4
    ? undefined
    : record.key.readInt16BE(2)
}
