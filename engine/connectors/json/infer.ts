import type { NestedType } from '../shared/nested-type.ts'
import { noNumbersSeen, numberType, type SeenNumbers, seeNumber } from '../shared/seen-numbers.ts'
import type { JsonNode } from './node.ts'

/** Structs with more fields, or lists nested deeper, stay JSON: as a table they would help nobody. */
const MAX_FIELDS = 500
const MAX_NESTING = 12

/** What was seen at one place of the sampled records. */
export interface Seen {
  nulls: number
  booleans: number
  strings: number
  readonly numbers: SeenNumbers
  readonly lists: { count: number; item: Seen | undefined }
  readonly objects: { count: number; readonly fields: Map<string, Seen> }
}

export function nothingSeen(): Seen {
  return {
    nulls: 0,
    booleans: 0,
    strings: 0,
    numbers: noNumbersSeen(),
    lists: { count: 0, item: undefined },
    objects: { count: 0, fields: new Map() },
  }
}

export function see(seen: Seen, node: JsonNode): void {
  switch (node.kind) {
    case 'null':
      seen.nulls++
      return
    case 'boolean':
      seen.booleans++
      return
    case 'string':
      seen.strings++
      return
    case 'number':
      return seeNumber(seen.numbers, node.text)
    case 'array': {
      seen.lists.count++
      if (node.items.length > 0) seen.lists.item ??= nothingSeen()
      for (const item of node.items) if (seen.lists.item !== undefined) see(seen.lists.item, item)
      return
    }
    case 'object':
      seen.objects.count++
      for (const [key, value] of node.entries) {
        let field = seen.objects.fields.get(key)
        if (field === undefined) {
          field = nothingSeen()
          seen.objects.fields.set(key, field)
        }
        see(field, value)
      }
  }
}

/**
 * The narrowest type that holds everything seen without changing a digit.
 *
 * Numbers: BIGINT, DECIMAL(38,0) for larger integers, DOUBLE where it keeps the digits, DECIMAL(38,s), else VARCHAR with the text as written. Strings stay
 * VARCHAR: JSON has no dates. Scalars of several kinds are VARCHAR; scalars beside lists or objects, and places that were
 * always null, are JSON.
 */
export function typeOf(seen: Seen, nesting = 0): NestedType {
  const kinds = kindsOf(seen)
  if (kinds.length === 0 || nesting > MAX_NESTING) return leaf('JSON')
  if (kinds.includes('list') || kinds.includes('object'))
    return kinds.length > 1 ? leaf('JSON') : nestedType(seen, nesting)
  if (kinds.length > 1) return leaf('VARCHAR')
  return leaf(kinds[0] === 'number' ? numberType(seen.numbers) : kinds[0] === 'boolean' ? 'BOOLEAN' : 'VARCHAR')
}

/** The kinds of values seen, without null: more than one means the place is mixed. */
export function kindsOf(seen: Seen): string[] {
  const counts = {
    boolean: seen.booleans,
    number: seen.numbers.count,
    string: seen.strings,
    list: seen.lists.count,
    object: seen.objects.count,
  }
  return Object.entries(counts).flatMap(([kind, count]) => (count > 0 ? [kind] : []))
}

function nestedType({ lists, objects }: Seen, nesting: number): NestedType {
  if (lists.count > 0) {
    return { kind: 'list', item: lists.item === undefined ? leaf('JSON') : typeOf(lists.item, nesting + 1) }
  }
  const { fields } = objects
  const folded = new Set([...fields.keys()].map((key) => key.toLowerCase()))
  const hasColumnNames = [...fields.keys()].every((key) => key !== '' && !key.includes('\0') && key.isWellFormed())
  // DuckDB's struct fields ignore case and cannot be empty.
  if (fields.size === 0 || fields.size > MAX_FIELDS || folded.size < fields.size || !hasColumnNames) return leaf('JSON')
  return { kind: 'struct', fields: new Map([...fields].map(([key, field]) => [key, typeOf(field, nesting + 1)])) }
}

function leaf(name: string): NestedType {
  return { kind: 'leaf', name }
}
