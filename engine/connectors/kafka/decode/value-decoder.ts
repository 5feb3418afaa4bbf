import type { KafkaMessage } from '../client/messages.ts'
import { type AvroSchema, avroSchema } from './avro-schema.ts'
import { Unfit, type Value } from './decoded.ts'
import { parseJson } from './parse-json.ts'
import type { SchemaRegistry } from './schema-registry.ts'

const MAGIC = 0
const PREFIX_BYTES = 5
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** A value, and the schema that it was written with. */
export interface Read {
  readonly value: Value
  readonly schema?: AvroSchema
}

/**
 * Reads keys and values: with a registry those that begin with the number of a schema (Confluent's wire format), else JSON.
 * Schemas are fetched by `learn`, so that reading itself waits for nothing.
 */
export class ValueDecoder {
  readonly #registry: SchemaRegistry | undefined
  readonly #schemas = new Map<number, AvroSchema | Unfit>()

  constructor(registry: SchemaRegistry | undefined) {
    this.#registry = registry
  }

  /** Fetches the schemas of messages that are not known yet. A number that the registry does not know is asked for again. */
  async learn(messages: readonly KafkaMessage[]): Promise<void> {
    if (this.#registry === undefined) return
    const numbers = new Set<number>()
    for (const { key, value } of messages)
      for (const bytes of [key, value]) {
        const number = schemaNumber(bytes)
        if (number !== undefined && !this.#schemas.has(number)) numbers.add(number)
      }
    for (const number of numbers) {
      const found = await this.#registry.schema(number)
      if (found !== undefined) this.#schemas.set(number, understood(found))
    }
  }

  /** @throws Unfit */
  read(bytes: Buffer): Read {
    const number = this.#registry === undefined ? undefined : schemaNumber(bytes)
    if (number === undefined) return { value: parseJson(textOf(bytes)) }
    const schema = this.#schemas.get(number)
    if (schema === undefined) throw new Unfit(`the registry has no schema ${number}`)
    if (schema instanceof Unfit) throw schema
    return { value: schema.decode(bytes.subarray(PREFIX_BYTES)), schema }
  }
}

function understood(found: Parameters<typeof avroSchema>[0] & { kind: string }): AvroSchema | Unfit {
  if (found.kind !== 'AVRO') return new Unfit(`schemas of ${found.kind} are not read`)
  try {
    return avroSchema(found)
  } catch (error) {
    if (error instanceof Unfit) return error
    throw error
  }
}

/** @throws Unfit when bytes are no UTF-8 */
export function textOf(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    throw new Unfit('not UTF-8')
  }
}

function schemaNumber(bytes: Buffer | null): number | undefined {
  return bytes !== null && bytes.length >= PREFIX_BYTES && bytes[0] === MAGIC ? bytes.readUInt32BE(1) : undefined
}
