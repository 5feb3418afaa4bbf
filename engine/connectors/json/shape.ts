import { fitLeaf } from '../shared/leaf-text.ts'
import { type NestedType, printNestedType } from '../shared/nested-type.ts'
import { type JsonNode, nodeText } from './node.ts'

/** Why a value is no value of its column. */
export interface Misfit {
  readonly rule: string
  readonly reason: string
}

/**
 * A value as JSON whose leaves are all strings (or null): the form in which segments carry values, so that DuckDB casts from
 * the digits as written. Gives a misfit when the value would change.
 */
export function shapeValue(record: string, node: JsonNode, type: NestedType): string | Misfit {
  if (node.kind === 'null') return 'null'
  if (type.kind === 'leaf') return shapeLeaf(record, node, type.name)
  if (type.kind === 'list')
    return node.kind === 'array' ? shapeItems(record, node.items, type.item) : misfit(node, type)
  return node.kind === 'object' ? shapeFields(record, node.entries, type) : misfit(node, type)
}

function shapeLeaf(record: string, node: Exclude<JsonNode, { kind: 'null' }>, type: string): string | Misfit {
  if (type === 'JSON' || (type === 'VARCHAR' && (node.kind === 'array' || node.kind === 'object'))) {
    return JSON.stringify(nodeText(record, node))
  }
  const text = node.kind === 'array' || node.kind === 'object' ? undefined : fitLeaf(node.text, type)
  const isBooleanMixUp = type !== 'VARCHAR' && (node.kind === 'boolean') !== (type === 'BOOLEAN')
  return text === undefined || isBooleanMixUp ? misfit(node, { kind: 'leaf', name: type }) : JSON.stringify(text)
}

function shapeItems(record: string, items: readonly JsonNode[], type: NestedType): string | Misfit {
  const shaped: string[] = []
  for (const item of items) {
    const value = shapeValue(record, item, type)
    if (typeof value !== 'string') return value
    shaped.push(value)
  }
  return `[${shaped.join(',')}]`
}

function shapeFields(
  record: string,
  entries: ReadonlyMap<string, JsonNode>,
  type: Extract<NestedType, { kind: 'struct' }>,
): string | Misfit {
  const shaped: string[] = []
  for (const [key, value] of entries) {
    const field = type.fields.get(key)
    if (field === undefined) {
      return { rule: 'json.unknown_key', reason: `the key ${JSON.stringify(key)} is not in ${printNestedType(type)}` }
    }
    const text = shapeValue(record, value, field)
    if (typeof text !== 'string') return text
    shaped.push(`${JSON.stringify(key)}:${text}`)
  }
  return `{${shaped.join(',')}}`
}

function misfit(node: JsonNode, type: NestedType): Misfit {
  const name = type.kind === 'leaf' ? type.name : type.kind === 'list' ? 'LIST' : 'STRUCT'
  const what = node.kind === 'array' ? 'a list' : node.kind === 'object' ? 'an object' : `the ${node.kind}`
  return { rule: `type.${name}`, reason: `${what} is no ${printNestedType(type)} without changing it` }
}
