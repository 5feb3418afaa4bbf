import type { Column } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Reject } from '../../../contract/reject.ts'
import type { Reading, ReadRequest } from '../../api/reading.ts'
import { assertNotCancelled } from '../../shared/cancellation.ts'
import { parseNestedType } from '../../shared/nested-type.ts'
import { pickColumns } from '../../shared/pick-columns.ts'
import type { RowBatch } from '../../shared/row-batch.ts'
import { rowLine, rowReading } from '../../shared/row-segments.ts'
import type { KafkaClient } from '../client/kafka-client.ts'
import type { KafkaMessage } from '../client/messages.ts'
import type { KafkaSource } from '../config.ts'
import { decodeMessage } from '../decode/decode-message.ts'
import { Unfit } from '../decode/decoded.ts'
import type { ValueDecoder } from '../decode/value-decoder.ts'
import { describeTopic, type TopicShape } from './describe-topic.ts'
import { MESSAGE_COLUMNS, messageCells, OPERATION_COLUMN, placeOf } from './message-columns.ts'

const WAIT_MS = 500

/** Columns of a topic that is read as rows. */
export function readColumns(
  { format, shape }: Pick<TopicShape, 'format' | 'shape'>,
  { metadata }: KafkaSource,
): readonly Column[] {
  const own = shape.columns.map(({ name, type }) => ({ name, type }))
  const told = format === 'debezium' ? [OPERATION_COLUMN, ...own] : own
  return metadata ? [...MESSAGE_COLUMNS, ...told] : told
}

/** Reads the messages that are there now, partition by partition next to each other; what comes later is not waited for. */
export async function openTopicReading(
  client: KafkaClient,
  decoder: ValueDecoder,
  request: ReadRequest & { readonly options: KafkaSource },
): Promise<Reading> {
  const { dataset, options, signal } = request
  const topic = await describeTopic(client, decoder, { topic: dataset, format: options.format, signal })
  const all = readColumns(topic, options)
  const picked = pickColumns(dataset, all, request.columns)
  const indexes = picked.map((column) => all.indexOf(column))
  const range = await rangeOf(client, dataset, options, signal)
  const progress = { read: 0n, total: range.total }
  const rowsOf = rowPrinter({ topic, options, decoder, indexes, withLocator: request.withLocator === true })
  return rowReading(
    {
      columns: picked.map(({ name, type }) => ({
        name,
        type: parseNestedType(type) ?? { kind: 'leaf', name: 'VARCHAR' },
      })),
      warnings: topic.warnings,
      batches: batches(client, { dataset, range, decoder, rowsOf, progress, signal }),
      bytes: () => progress,
    },
    request,
  )
}

interface TopicRange {
  readonly from: readonly bigint[]
  readonly to: readonly bigint[]
  /** Messages between the two, as far as offsets tell. */
  readonly total: bigint
}

async function rangeOf(
  client: KafkaClient,
  topic: string,
  { since, until, fromOffsets = {}, toOffsets = {} }: KafkaSource,
  signal: AbortSignal | undefined,
): Promise<TopicRange> {
  const [first, end] = await Promise.all([client.first(topic, signal), client.end(topic, signal)])
  const begun = since === undefined ? first : await client.at(topic, Date.parse(since), signal)
  const ended = until === undefined ? end : await client.at(topic, Date.parse(until), signal)
  const to = end.map((last, i) => least(least(last, ended[i] ?? last), offset(toOffsets, i) ?? last))
  const from = first.map((low, i) => {
    const wanted = offset(fromOffsets, i) ?? begun[i] ?? low
    if (offset(fromOffsets, i) !== undefined && wanted < low) {
      const place = `${topic}[${i}]`
      throw new Failure('changes.gap', { source: topic, stored: `${place}@${wanted}`, available: `${place}@${low}` })
    }
    return wanted < low ? low : wanted
  })
  const total = to.reduce((sum, last, i) => sum + (last > (from[i] ?? last) ? last - (from[i] ?? last) : 0n), 0n)
  return { from, to, total }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function offset(offsets: Readonly<Record<string, string>>, partition: number): bigint | undefined {
  const text = offsets[String(partition)]
  return text === undefined ? undefined : BigInt(text)
}

interface Printing {
  readonly topic: TopicShape
  readonly options: KafkaSource
  readonly decoder: ValueDecoder
  readonly indexes: readonly number[]
  readonly withLocator: boolean
}

function rowPrinter({ topic, options, decoder, indexes, withLocator }: Printing): (message: KafkaMessage) => string {
  const { format, shape } = topic
  return (message) => {
    const decoded = decodeMessage(message, format, decoder)
    const cells: (string | undefined)[] = options.metadata ? messageCells(message, decoder) : []
    if (format === 'debezium') cells.push(decoded.kind)
    const fields = decoded.kind === 'delete' ? { ...decoded.key, ...decoded.fields } : decoded.fields
    cells.push(...shape.cells(fields, decoded.declared))
    const values = indexes.map((i) => {
      const cell = cells[i]
      return cell === undefined ? undefined : JSON.stringify(cell)
    })
    return rowLine(values, withLocator ? placeOf(message) : undefined)
  }
}

interface Batches {
  readonly dataset: string
  readonly range: TopicRange
  readonly decoder: ValueDecoder
  readonly rowsOf: (message: KafkaMessage) => string
  readonly progress: { read: bigint }
  readonly signal: AbortSignal | undefined
}

/** The next messages are on their way while these are read. */
async function* batches(
  client: KafkaClient,
  { dataset, range, decoder, rowsOf, progress, signal }: Batches,
): AsyncGenerator<RowBatch> {
  const at = [...range.from]
  const isLeft = (): boolean => at.some((next, i) => next < (range.to[i] ?? 0n))
  const ask = (): ReturnType<KafkaClient['fetch']> => {
    const left = at.map((next, i) => (next < (range.to[i] ?? 0n) ? next : -1n))
    const asked = client.fetch(new Map([[dataset, left]]), WAIT_MS, signal)
    // Awaited below; whoever leaves early leaves it unawaited.
    asked.catch(() => undefined)
    return asked
  }
  for (let asked = isLeft() ? ask() : undefined; asked !== undefined; ) {
    assertNotCancelled(signal, dataset)
    const fetched = await asked
    for (const { partition, next } of fetched) at[partition] = next
    asked = isLeft() ? ask() : undefined
    for (const { partition, messages } of fetched) {
      const wanted = messages.filter(({ offset: place }) => place < (range.to[partition] ?? 0n))
      await decoder.learn(wanted)
      progress.read += BigInt(wanted.length)
      if (wanted.length > 0) yield batchOf(wanted, rowsOf)
    }
  }
}

function batchOf(messages: readonly KafkaMessage[], rowsOf: (message: KafkaMessage) => string): RowBatch {
  const rows: string[] = []
  const rejects: Reject[] = []
  for (const message of messages) {
    try {
      rows.push(rowsOf(message))
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
      const raw = message.value === null ? null : message.value.toString('hex')
      rejects.push({
        rule: 'kafka.message',
        column: null,
        value: null,
        reason: error.message,
        locator: placeOf(message),
        raw,
      })
    }
  }
  return { rows, rejects }
}
