import type { Column } from '../../../contract/column.ts'
import type { ChangedTable, RefusedMessage, RowChange } from '../../api/changes.ts'
import type { KafkaMessage } from '../client/messages.ts'
import { decodeMessage } from '../decode/decode-message.ts'
import { type Decoded, Unfit } from '../decode/decoded.ts'
import type { RowShape } from '../decode/row-shape.ts'
import type { ValueDecoder } from '../decode/value-decoder.ts'
import type { TopicShape } from '../read/describe-topic.ts'
import { MESSAGE_COLUMNS, MESSAGE_KEY, messageCells } from '../read/message-columns.ts'
import { UNAVAILABLE } from '../write/envelope.ts'
import { keyOf, latin1, lineCells } from './line.ts'
import { refusedMessage } from './refused-message.ts'

/**
 * Turns messages of one topic into changes of one table: a topic of changes into the table that they are of, others into a table that
 * gets a row for each message, told apart by partition and offset.
 */
export class FollowedTopic {
  readonly #topic: string
  readonly #format: TopicShape['format']
  readonly #keyFields: readonly string[]
  readonly #decoder: ValueDecoder
  #shape: RowShape
  #table: ChangedTable

  constructor(topic: string, { format, shape, keyFields }: TopicShape, decoder: ValueDecoder) {
    this.#topic = topic
    this.#format = format
    this.#keyFields = keyFields
    this.#decoder = decoder
    this.#shape = shape
    this.#table = this.#tableOf(shape)
  }

  /** Another object once a message had a field that there is no column for. */
  get table(): ChangedTable {
    return this.#table
  }

  /** Undefined for a message that says nothing about rows. */
  read(message: KafkaMessage): RowChange | RefusedMessage | undefined {
    try {
      const decoded = decodeMessage(message, this.#format, this.#decoder)
      return decoded.kind === 'nothing' ? undefined : this.#fitted(message, decoded)
    } catch (error) {
      if (error instanceof Unfit) return refusedMessage(message, error.message)
      throw error
    }
  }

  /** A message that finds no room gets it, unless it is its values that are wrong. */
  #fitted(message: KafkaMessage, decoded: Decoded): RowChange {
    try {
      return this.#change(message, decoded)
    } catch (error) {
      const wider = error instanceof Unfit ? this.#shape.widened(decoded) : this.#shape
      if (wider === this.#shape) throw error
      const before = { shape: this.#shape, table: this.#table }
      this.#shape = wider
      this.#table = this.#tableOf(wider)
      try {
        return this.#change(message, decoded)
      } catch (still) {
        this.#shape = before.shape
        this.#table = before.table
        throw still
      }
    }
  }

  #change(message: KafkaMessage, decoded: Decoded): RowChange {
    const table = this.#table
    if (decoded.kind === 'truncate') return { kind: 'truncate', table }
    if (decoded.kind === 'delete') return { kind: 'delete', table, key: this.#deletedKey(decoded) }
    if (decoded.kind === 'write') return this.#write(decoded)
    const own = this.#shape.cells(decoded.fields, decoded.declared)
    const cells = lineCells([...messageCells(message, this.#decoder), ...own], table.columns)
    const key = keyOf(cells, table.keys, table.columns)
    return { kind: 'insert', table, key, line: Buffer.from(cells.join('\t')) }
  }

  #write(decoded: Decoded): RowChange {
    const table = this.#table
    const cells = this.#shape.cells(decoded.fields, decoded.declared)
    const unchanged = cells.flatMap((cell, i) => (cell === UNAVAILABLE ? [i] : []))
    for (const position of unchanged) cells[position] = undefined
    const lined = lineCells(cells, table.columns)
    const line = Buffer.from(lined.join('\t'))
    if (table.keys.length === 0) return { kind: 'insert', table, key: line.toString('latin1'), line }
    const key = keyOf(lined, table.keys, table.columns)
    return unchanged.length === 0
      ? { kind: 'insert', table, key, line }
      : { kind: 'update', table, key, line, unchanged }
  }

  #deletedKey({ fields, key, declared, declaredKey }: Decoded): string {
    const { columns, keys } = this.#table
    if (keys.length === 0) return latin1(lineCells(this.#shape.cells(fields, declared), columns).join('\t'))
    const cells = key === undefined ? this.#shape.cells(fields, declared) : this.#shape.cells(key, declaredKey)
    return keyOf(lineCells(cells, columns), keys, columns)
  }

  #tableOf(shape: RowShape): ChangedTable {
    const own: readonly Column[] = shape.columns.map(({ name, type }) => ({ name, type }))
    const isTable = this.#format === 'debezium'
    const columns = isTable ? own : [...MESSAGE_COLUMNS, ...own]
    const keys = isTable
      ? this.#keyFields.map((field) => shape.columns.findIndex((column) => column.field === field))
      : MESSAGE_KEY.map((name) => columns.findIndex((column) => column.name === name))
    return { dataset: this.#topic, columns, keys: keys.filter((position) => position >= 0) }
  }
}
