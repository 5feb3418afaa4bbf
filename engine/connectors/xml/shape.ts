import { fitLeaf } from '../shared/leaf-text.ts'
import { type NestedType, printNestedType } from '../shared/nested-type.ts'
import { elementJson, isLeaf, ownText, type XmlElement } from './element.ts'

/** Why a value is no value of its column. */
export interface Misfit {
  readonly rule: string
  readonly reason: string
}

/**
 * Elements of one name as JSON whose leaves are all strings (or null), the form in which segments carry values; a misfit when the
 * value would change.
 */
export function shapeElements(elements: readonly XmlElement[], type: NestedType): string | Misfit {
  if (type.kind !== 'list') {
    const [first] = elements
    if (first === undefined) return 'null'
    if (elements.length === 1) return shapeElement(first, type)
    const reason = `the element stands ${elements.length} times, which is no ${printNestedType(type)}`
    return { rule: 'xml.repeated', reason }
  }
  const shaped: string[] = []
  for (const element of elements) {
    const value = shapeElement(element, type.item)
    if (typeof value !== 'string') return value
    shaped.push(value)
  }
  return `[${shaped.join(',')}]`
}

/** Text as JSON. An empty one is NULL for every type but VARCHAR. */
export function shapeText(written: string, type: NestedType): string | Misfit {
  if (type.kind === 'list') {
    const item = shapeText(written, type.item)
    return typeof item === 'string' ? `[${item}]` : item
  }
  if (type.kind === 'struct') {
    if (written.trim() === '' && !type.fields.has('#text')) return '{}'
    return type.fields.has('#text') ? `{"#text":${JSON.stringify(written)}}` : misfit('the text', type)
  }
  if (type.name === 'VARCHAR') return JSON.stringify(written)
  if (type.name === 'JSON') return JSON.stringify(JSON.stringify(written))
  const text = written.trim()
  if (text === '') return 'null'
  const fitted = fitLeaf(text, type.name)
  return fitted === undefined ? misfit('the text', type) : JSON.stringify(fitted)
}

function shapeElement(element: XmlElement, type: NestedType): string | Misfit {
  if (element.isNil) return 'null'
  if (type.kind === 'leaf' && type.name === 'JSON') return JSON.stringify(elementJson(element))
  if (isLeaf(element)) return shapeText(element.text, type)
  if (type.kind === 'leaf' && type.name === 'VARCHAR') return JSON.stringify(elementJson(element))
  return type.kind === 'struct' ? shapeFields(element, type) : misfit('an element with attributes or children', type)
}

function shapeFields(element: XmlElement, type: Extract<NestedType, { kind: 'struct' }>): string | Misfit {
  const shaped: string[] = []
  const add = (name: string, shape: (field: NestedType) => string | Misfit): Misfit | undefined => {
    const field = type.fields.get(name)
    if (field === undefined) {
      return {
        rule: 'xml.unknown_field',
        reason: `the field ${JSON.stringify(name)} is not in ${printNestedType(type)}`,
      }
    }
    const text = shape(field)
    if (typeof text !== 'string') return text
    shaped.push(`${JSON.stringify(name)}:${text}`)
    return undefined
  }
  for (const [name, value] of element.attributes) {
    const refused = add(`@${name}`, (field) => shapeText(value, field))
    if (refused !== undefined) return refused
  }
  for (const [name, all] of element.children) {
    const refused = add(name, (field) => shapeElements(all, field))
    if (refused !== undefined) return refused
  }
  const text = ownText(element)
  const refused = text === undefined ? undefined : add('#text', (field) => shapeText(text, field))
  return refused ?? `{${shaped.join(',')}}`
}

function misfit(what: string, type: NestedType): Misfit {
  const name = type.kind === 'leaf' ? type.name : type.kind === 'list' ? 'LIST' : 'STRUCT'
  return { rule: `type.${name}`, reason: `${what} is no ${printNestedType(type)} without changing it` }
}
