import avro, { type Schema, type Type } from 'avsc'
import { meaningOf } from './connect-schema.ts'
import { declaredField, type Meaning, type ValueSchema } from './declared-types.ts'
import { type DeclaredField, type Fields, isFields, Unfit, type Value } from './decoded.ts'
import { parseJson } from './parse-json.ts'
import type { RegisteredSchema } from './schema-registry.ts'

/** A schema that messages were written with. */
export interface AvroSchema {
  /** @throws Unfit when the bytes are not of the schema */
  readonly decode: (bytes: Buffer) => Value
  /** Fields of the record; undefined when the schema is of something else. */
  readonly fields: readonly DeclaredField[] | undefined
  /** Fields of the record in the field `name`, as Debezium has them in `after`. */
  readonly member: (name: string) => readonly DeclaredField[] | undefined
}

/** Integers of 64 bits keep all of them. */
// oxlint-disable-next-line no-underscore-dangle -- the library's only way to a type of 64-bit integers
const LONG = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => shortest(buffer.readBigInt64LE()),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8)
    buffer.writeBigInt64LE(value)
    return buffer
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint' || Number.isSafeInteger(value),
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
})

function shortest(value: bigint): bigint | number {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** @throws Unfit when the schema itself cannot be understood */
export function avroSchema({ text, references }: RegisteredSchema): AvroSchema {
  const named = new Map<string, Fields>()
  const schema = parseJson(text)
  const type = typeFor(text, references)
  for (const one of [...references.map(parseJson), schema]) collectNames(one, '', named)
  const record = resolve(schema, named)
  return {
    decode: (bytes) => decoded(type, bytes),
    fields: fieldsOf(record, named),
    member: (name) => {
      const found = listOf(record?.['fields']).find((field) => isFields(field) && field['name'] === name)
      return isFields(found) ? fieldsOf(resolve(withoutNull(found['type'] ?? null), named), named) : undefined
    },
  }
}

function typeFor(text: string, references: readonly string[]): Type {
  const registry: Record<string, Type> = {}
  // Only its own writing of a schema reaches the library.
  const make = (one: string): Type => avro.Type.forSchema(JSON.parse(one) as Schema, { registry, typeHook: longType })
  try {
    for (const reference of references) make(reference)
    return make(text)
  } catch (error) {
    throw new Unfit(`the schema cannot be understood: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function longType(schema: unknown): Type | undefined {
  const isLong =
    schema === 'long' || (typeof schema === 'object' && schema !== null && Reflect.get(schema, 'type') === 'long')
  return isLong ? LONG : undefined
}

function decoded(type: Type, bytes: Buffer): Value {
  try {
    return type.fromBuffer(bytes) as Value
  } catch (error) {
    throw new Unfit(`not what the schema says: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function fieldsOf(
  record: Fields | undefined,
  named: ReadonlyMap<string, Fields>,
): readonly DeclaredField[] | undefined {
  if (record?.['type'] !== 'record') return undefined
  return listOf(record['fields']).flatMap((field) =>
    isFields(field) && typeof field['name'] === 'string'
      ? [declaredField(field['name'], valueSchema(field['type'] ?? null, named))]
      : [],
  )
}

const PLAIN: Readonly<Record<string, ValueSchema['plain']>> = {
  boolean: 'boolean',
  int: 'int32',
  long: 'int64',
  float: 'float32',
  double: 'float64',
  string: 'string',
  enum: 'string',
  bytes: 'bytes',
  fixed: 'bytes',
}

const LOGICAL: Readonly<Record<string, Meaning>> = {
  date: 'date',
  'time-millis': 'time-millis',
  'time-micros': 'time-micros',
  'timestamp-millis': 'instant-millis',
  'timestamp-micros': 'instant-micros',
  'timestamp-nanos': 'instant-nanos',
  'local-timestamp-millis': 'timestamp-millis',
  'local-timestamp-micros': 'timestamp-micros',
  'local-timestamp-nanos': 'timestamp-nanos',
  decimal: 'decimal',
  uuid: 'uuid',
}

function valueSchema(type: Value, named: ReadonlyMap<string, Fields>): ValueSchema {
  const found = resolve(withoutNull(type), named)
  if (found === undefined) return { plain: 'nested' }
  const plain = PLAIN[textOf(found['type'])] ?? 'nested'
  const { logicalType, precision, scale } = found
  const connect = found['connect.name']
  const meaning = meaningOf(typeof connect === 'string' ? connect : undefined) ?? LOGICAL[textOf(logicalType)]
  return {
    plain,
    // A UUID of 16 bytes is left as the bytes that it is.
    ...(meaning === undefined || (meaning === 'uuid' && plain !== 'string') ? {} : { meaning }),
    ...(typeof precision === 'number' ? { precision } : {}),
    ...(typeof scale === 'number' ? { scale } : {}),
  }
}

/** The one other type of a union with null. */
function withoutNull(type: Value): Value {
  if (!Array.isArray(type)) return type
  const others = type.filter((one: Value) => one !== 'null')
  return others.length === 1 ? (others[0] ?? null) : type
}

function resolve(type: Value, named: ReadonlyMap<string, Fields>): Fields | undefined {
  if (typeof type === 'string') return named.get(type) ?? { type }
  if (!isFields(type)) return undefined
  const inner = type['type']
  // { "type": { "type": "string" } } and { "type": "some.Name" } are what they hold.
  if (isFields(inner)) return { ...inner, ...type, type: inner['type'] }
  return typeof inner === 'string' && named.has(inner) ? named.get(inner) : type
}

function collectNames(type: Value, space: string, named: Map<string, Fields>): void {
  for (const one of listOf(type)) collectNames(one, space, named)
  if (!isFields(type)) return
  const { name, namespace, type: inner } = type
  const here = typeof namespace === 'string' ? namespace : space
  if (typeof name === 'string' && typeof inner === 'string') {
    named.set(name, type)
    if (!name.includes('.') && here !== '') named.set(`${here}.${name}`, type)
  }
  for (const part of [inner, type['items'], type['values']]) if (part !== undefined) collectNames(part, here, named)
  for (const field of listOf(type['fields'])) if (isFields(field)) collectNames(field['type'] ?? null, here, named)
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
