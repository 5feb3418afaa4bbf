import { declaredField, type Meaning, type ValueSchema } from './declared-types.ts'
import { type DeclaredField, type Fields, isFields, NumberText, type Value } from './decoded.ts'

/** Names of Kafka Connect and Debezium for what a plain type stands for. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'org.apache.kafka.connect.data.Date': 'date',
  'org.apache.kafka.connect.data.Time': 'time-millis',
  'org.apache.kafka.connect.data.Timestamp': 'instant-millis',
  'org.apache.kafka.connect.data.Decimal': 'decimal',
  'io.debezium.time.Date': 'date',
  'io.debezium.time.Time': 'time-millis',
  'io.debezium.time.MicroTime': 'time-micros',
  'io.debezium.time.NanoTime': 'time-nanos',
  'io.debezium.time.Timestamp': 'timestamp-millis',
  'io.debezium.time.MicroTimestamp': 'timestamp-micros',
  'io.debezium.time.NanoTimestamp': 'timestamp-nanos',
  'io.debezium.time.ZonedTimestamp': 'instant-text',
  'io.debezium.data.Json': 'json',
  'io.debezium.data.Uuid': 'uuid',
}

export function meaningOf(name: string | undefined): Meaning | undefined {
  return name === undefined ? undefined : MEANINGS[name]
}

const PLAIN: Readonly<Record<string, ValueSchema['plain']>> = {
  boolean: 'boolean',
  int8: 'int8',
  int16: 'int16',
  int32: 'int32',
  int64: 'int64',
  float: 'float32',
  float32: 'float32',
  double: 'float64',
  float64: 'float64',
  string: 'string',
  bytes: 'bytes',
}

/** Fields of a schema as Connect's JSON converter writes it (`schemas.enable`); undefined when it is none of a record. */
export function connectFields(schema: Value | undefined): readonly DeclaredField[] | undefined {
  if (!isFields(schema) || !Array.isArray(schema['fields'])) return undefined
  const fields: DeclaredField[] = []
  for (const field of schema['fields']) {
    if (!isFields(field) || typeof field['field'] !== 'string') return undefined
    fields.push(declaredField(field['field'], valueSchema(field)))
  }
  return fields
}

/** The schema of the field `name` in that of a record. */
export function connectMember(schema: Value | undefined, name: string): Fields | undefined {
  if (!isFields(schema) || !Array.isArray(schema['fields'])) return undefined
  return schema['fields'].filter(isFields).find((field) => field['field'] === name)
}

function valueSchema(field: Fields): ValueSchema {
  const { type, name, parameters } = field
  const plain = typeof type === 'string' ? (PLAIN[type] ?? 'nested') : 'nested'
  const meaning = meaningOf(typeof name === 'string' ? name : undefined)
  const given = isFields(parameters) ? parameters : {}
  const [scale, precision] = [count(given['scale']), count(given['connect.decimal.precision'])]
  return {
    plain,
    ...(meaning === undefined ? {} : { meaning }),
    ...(scale === undefined ? {} : { scale }),
    ...(precision === undefined ? {} : { precision }),
  }
}

function count(value: Value | undefined): number | undefined {
  const text =
    value instanceof NumberText
      ? value.text
      : typeof value === 'string'
        ? value
        : typeof value === 'number'
          ? String(value)
          : ''
  return /^\d+$/.test(text) ? Number(text) : undefined
}
