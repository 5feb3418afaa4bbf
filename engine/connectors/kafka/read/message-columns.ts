import type { Column } from '../../../contract/column.ts'
import type { KafkaMessage } from '../client/messages.ts'
import { Unfit } from '../decode/decoded.ts'
import { printJson } from '../decode/parse-json.ts'
import { textOf, type ValueDecoder } from '../decode/value-decoder.ts'

/** Columns that say where a message stood. */
export const MESSAGE_COLUMNS: readonly Column[] = [
  { name: '_topic', type: 'VARCHAR' },
  { name: '_partition', type: 'INTEGER' },
  { name: '_offset', type: 'BIGINT' },
  { name: '_timestamp', type: 'TIMESTAMP WITH TIME ZONE' },
  { name: '_key', type: 'VARCHAR' },
  { name: '_headers', type: 'JSON' },
]

/** What tells messages of a topic apart. */
export const MESSAGE_KEY: readonly string[] = ['_partition', '_offset']

/** Column of a change that was read as a row: `c`, `u`, `d`, `r`. */
export const OPERATION_COLUMN: Column = { name: '_op', type: 'VARCHAR' }

/** Cells of MESSAGE_COLUMNS as DuckDB's text. */
export function messageCells(message: KafkaMessage, decoder: ValueDecoder): (string | undefined)[] {
  const { topic, partition, offset, timestamp, key, headers } = message
  return [topic, String(partition), String(offset), instant(timestamp), keyText(key, decoder), headersText(headers)]
}

/** `orders[3]@1207` */
export function placeOf({ topic, partition, offset }: Pick<KafkaMessage, 'topic' | 'partition' | 'offset'>): string {
  return `${topic}[${partition}]@${offset}`
}

function instant(ms: bigint): string | undefined {
  return ms < 0n ? undefined : `${new Date(Number(ms)).toISOString().slice(0, 23).replace('T', ' ')}+00`
}

/** The key's text; JSON of one with a schema; `\x` and hex digits of one that is no text. */
function keyText(key: Buffer | null, decoder: ValueDecoder): string | undefined {
  if (key === null) return undefined
  try {
    const { value, schema } = key[0] === 0 ? decoder.read(key) : { value: null }
    return schema === undefined ? textOf(key) : printJson(value)
  } catch (error) {
    if (error instanceof Unfit) return `\\x${key.toString('hex')}`
    throw error
  }
}

/** JSON: a list, since a name may stand several times. */
function headersText(headers: KafkaMessage['headers']): string | undefined {
  if (headers.length === 0) return undefined
  const parts = headers.map(([name, value]) => ({ key: name?.toString() ?? null, value: value?.toString() ?? null }))
  return JSON.stringify(parts)
}
