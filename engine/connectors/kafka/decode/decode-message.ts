import type { KafkaMessage } from '../client/messages.ts'
import { connectFields, connectMember } from './connect-schema.ts'
import { declaredField } from './declared-types.ts'
import { type DeclaredField, type Decoded, isFields, Unfit, type Value } from './decoded.ts'
import { printJson } from './parse-json.ts'
import { type Read, textOf, type ValueDecoder } from './value-decoder.ts'

/** What the values of a topic are. */
export type TopicFormat = 'raw' | 'bytes' | 'json' | 'debezium'

/** The only column of values that are taken as they are: text, or bytes. */
const RAW_COLUMN = '_value'

const NOTHING: Decoded = { kind: 'nothing', fields: {} }
const BYTES = [declaredField(RAW_COLUMN, { plain: 'bytes' })]

/** What a message says. @throws Unfit when it is not what its topic should have */
export function decodeMessage(message: KafkaMessage, format: TopicFormat, decoder: ValueDecoder): Decoded {
  switch (format) {
    case 'raw':
      return { kind: 'row', fields: { [RAW_COLUMN]: message.value === null ? null : textOf(message.value) } }
    case 'bytes':
      return { kind: 'row', fields: { [RAW_COLUMN]: message.value }, declared: BYTES }
    case 'json':
      return record(message, decoder)
    case 'debezium':
      return change(message, decoder)
  }
}

/** Whether a value is a record in which Debezium tells a change. */
export function isEnvelope(value: Value): boolean {
  const { payload } = unwrapped({ value })
  return isFields(payload) && typeof payload['op'] === 'string' && ('after' in payload || 'before' in payload)
}

function record({ value: bytes }: KafkaMessage, decoder: ValueDecoder): Decoded {
  // A message without value deletes its key in a compacted topic; as a row it has no values.
  if (bytes === null) return { kind: 'row', fields: {} }
  const { payload, declared } = unwrapped(decoder.read(bytes))
  if (!isFields(payload)) throw new Unfit(`${printJson(payload).slice(0, 60)} is no record`)
  return { kind: 'row', fields: payload, ...(declared === undefined ? {} : { declared }) }
}

function change(message: KafkaMessage, decoder: ValueDecoder): Decoded {
  if (message.value === null) return tombstone(message, decoder)
  const { value, schema } = decoder.read(message.value)
  const { payload, connect } = unwrapped({ value })
  if (!isFields(payload)) throw new Unfit(`${printJson(payload).slice(0, 60)} is no change`)
  const { op, before, after } = payload
  if (op === 'm') return NOTHING
  if (op === 't') return { kind: 'truncate', fields: {} }
  const image = op === 'd' ? 'before' : 'after'
  const declared = schema?.member(image) ?? declaredOnce(connect, image)
  const extra = declared === undefined ? {} : { declared }
  if (op === 'd')
    return { kind: 'delete', fields: isFields(before) ? before : {}, ...keyOf(message, decoder), ...extra }
  if (op !== 'c' && op !== 'u' && op !== 'r') throw new Unfit(`"op" is ${printJson(op ?? null).slice(0, 20)}`)
  if (!isFields(after)) throw new Unfit('"after" is missing')
  return { kind: 'write', fields: after, ...keyOf(message, decoder), ...extra }
}

/** What Debezium sends after a delete, and all that compaction leaves of it. */
function tombstone(message: KafkaMessage, decoder: ValueDecoder): Decoded {
  const key = keyOf(message, decoder)
  return key.key === undefined ? NOTHING : { kind: 'delete', fields: {}, ...key }
}

function keyOf({ key }: KafkaMessage, decoder: ValueDecoder): Pick<Decoded, 'key' | 'declaredKey'> {
  if (key === null) return {}
  const { payload, declared } = unwrapped(decoder.read(key))
  if (!isFields(payload)) throw new Unfit('the key is no record')
  return { key: payload, ...(declared === undefined ? {} : { declaredKey: declared }) }
}

interface Unwrapped {
  readonly payload: Value
  readonly declared?: readonly DeclaredField[]
  readonly connect?: Value
}

/** Connect's JSON may have its schema beside the payload. */
function unwrapped({ value, schema }: Read): Unwrapped {
  if (schema !== undefined)
    return { payload: value, ...(schema.fields === undefined ? {} : { declared: schema.fields }) }
  if (!isFields(value) || !('payload' in value) || !('schema' in value)) return { payload: value }
  const { payload = null, schema: connect = null } = value
  if (connect === null) return { payload }
  const declared = declaredOnce(connect, undefined)
  return { payload, connect, ...(declared === undefined ? {} : { declared }) }
}

const MOST_KNOWN = 1_000
const known = new Map<string, readonly DeclaredField[]>()

/** The same fields for the same schema: each message brings its schema along, written the same way. */
function declaredOnce(connect: Value | undefined, member: string | undefined): readonly DeclaredField[] | undefined {
  const schema = member === undefined ? connect : connectMember(connect, member)
  if (schema === undefined || schema === null) return undefined
  const text = printJson(schema)
  const before = known.get(text)
  if (before !== undefined) return before
  const fields = connectFields(schema)
  if (known.size >= MOST_KNOWN) known.clear()
  if (fields !== undefined) known.set(text, fields)
  return fields
}
