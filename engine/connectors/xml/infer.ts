import { fitLeaf } from '../shared/leaf-text.ts'
import type { NestedType } from '../shared/nested-type.ts'
import { noNumbersSeen, numberType, type SeenNumbers, seeNumber } from '../shared/seen-numbers.ts'
import { isLeaf, ownText, type XmlElement } from './element.ts'

/** Structs with more fields, or nested deeper, stay JSON: as a table they would help nobody. */
const MAX_FIELDS = 500
const MAX_NESTING = 12

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const TEMPORAL = ['DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'] as const

/** A field of an element: `@name` of an attribute, `name` of a child, `#text` of its own text. */
export interface Field {
  readonly kind: 'attribute' | 'child' | 'text'
  readonly name: string
}

/** What was seen at one place of the sampled records. */
export interface Seen {
  /** How often there was a value, and an empty one. */
  values: number
  empties: number
  readonly texts: SeenTexts
  /** The most that stood in one element. */
  most: number
  /** Elements with attributes or children. */
  structures: number
  /** By kind and name, in order of appearance. */
  readonly fields: Map<string, { readonly field: Field; readonly seen: Seen }>
}

interface SeenTexts {
  count: number
  booleans: number
  readonly numbers: SeenNumbers
  readonly temporal: Record<(typeof TEMPORAL)[number], number>
}

export function nothingSeen(): Seen {
  const texts = {
    count: 0,
    booleans: 0,
    numbers: noNumbersSeen(),
    temporal: { DATE: 0, TIMESTAMP: 0, 'TIMESTAMP WITH TIME ZONE': 0 },
  }
  return { values: 0, empties: 0, texts, most: 0, structures: 0, fields: new Map() }
}

/** Key of a field in `Seen.fields`. */
export function fieldKey({ kind, name }: Field): string {
  return `${kind}:${name}`
}

export function seeElement(seen: Seen, element: XmlElement): void {
  if (element.isNil) return
  if (isLeaf(element)) {
    seeText(seen, element.text)
    return
  }
  seen.values++
  seen.structures++
  for (const [name, value] of element.attributes) seeText(at(seen, { kind: 'attribute', name }), value)
  for (const [name, all] of element.children) {
    const child = at(seen, { kind: 'child', name })
    child.most = Math.max(child.most, all.length)
    for (const one of all) seeElement(child, one)
  }
  const text = ownText(element)
  if (text !== undefined) seeText(at(seen, { kind: 'text', name: '#text' }), text)
}

function at(seen: Seen, field: Field): Seen {
  const key = fieldKey(field)
  const known = seen.fields.get(key)
  if (known !== undefined) return known.seen
  const added = nothingSeen()
  seen.fields.set(key, { field, seen: added })
  return added
}

function seeText(seen: Seen, written: string): void {
  seen.values++
  const text = written.trim()
  if (text === '') {
    seen.empties++
    return
  }
  const { texts } = seen
  texts.count++
  if (NUMBER.test(text)) seeNumber(texts.numbers, text)
  else if (text === 'true' || text === 'false') texts.booleans++
  else for (const type of TEMPORAL) if (fitLeaf(text, type) !== undefined && isWhole(type, text)) texts.temporal[type]++
}

/** A day alone fits TIMESTAMP too, but then DATE says more. */
function isWhole(type: (typeof TEMPORAL)[number], text: string): boolean {
  return /^\d{4}-/.test(text) && (type === 'DATE' || text.includes(':'))
}

/**
 * The narrowest type that holds everything seen as written. Text is trimmed for every type but VARCHAR, as XML Schema does. An element that
 * has attributes or children somewhere is a STRUCT whose own text is `#text`; what no STRUCT can be is JSON.
 */
export function typeOf(seen: Seen, nesting = 0): NestedType {
  const one = seen.structures === 0 ? leaf(textType(seen.texts)) : structType(seen, nesting)
  return seen.most > 1 ? { kind: 'list', item: one } : one
}

function textType({ count, booleans, numbers, temporal }: SeenTexts): string {
  if (count === 0) return 'VARCHAR'
  if (numbers.count === count) return numberType(numbers)
  if (booleans === count) return 'BOOLEAN'
  return TEMPORAL.find((type) => temporal[type] === count) ?? 'VARCHAR'
}

function structType(seen: Seen, nesting: number): NestedType {
  if (nesting > MAX_NESTING) return leaf('JSON')
  const fields = [...seen.fields.values()]
  // Elements that are nothing but text here and more than text elsewhere keep it as `#text`.
  const hasText = seen.fields.has('text:#text') || seen.texts.count > 0
  const names = [
    ...fields.filter(({ field }) => field.kind !== 'text').map(({ field }) => fieldName(field)),
    ...(hasText ? ['#text'] : []),
  ]
  const isFit = names.every((name) => name !== '' && !name.includes('\0') && name.isWellFormed())
  if (!isFit || names.length > MAX_FIELDS || new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    return leaf('JSON')
  }
  const types = new Map(
    fields.flatMap(({ field, seen: inner }) =>
      field.kind === 'text' ? [] : [[fieldName(field), typeOf(inner, nesting + 1)] as const],
    ),
  )
  if (hasText) types.set('#text', leaf('VARCHAR'))
  return { kind: 'struct', fields: types }
}

/** What a field is called in a STRUCT. */
export function fieldName({ kind, name }: Field): string {
  return kind === 'attribute' ? `@${name}` : name
}

function leaf(name: string): NestedType {
  return { kind: 'leaf', name }
}
