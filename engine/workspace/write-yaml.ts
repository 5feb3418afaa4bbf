import { isDeepStrictEqual } from 'node:util'
import { Document, isMap, isScalar, isSeq, type Pair, parseDocument, Scalar, type YAMLMap, type YAMLSeq } from 'yaml'

const PRINT = { lineWidth: 120, flowCollectionPadding: true } as const

/** A new document. Keys keep the order of `value`; short leaves stay on one line as DESIGN writes them. */
export function printYaml(value: unknown): string {
  const document = new Document(value)
  // Nodes and fields read best one to a line: collections three levels down and deeper are written in flow style.
  flowBelow(document.contents, 2)
  return document.toString(PRINT)
}

/**
 * The text with its document changed to `value`. What did not change keeps its order, style and comments; new keys follow
 * those that are there.
 */
export function editYaml(text: string, value: unknown): string {
  const document = parseDocument(text)
  if (document.errors.length > 0 || document.contents === null) return printYaml(value)
  const edit: Edit = { document }
  document.contents = edited(edit, document.contents, value) as typeof document.contents
  return document.toString(PRINT)
}

/** The text with more items at the end of a list at its top, each on one line; what stands in it stays. The list must be there. */
export function appendYaml(text: string, list: string, items: readonly unknown[]): string {
  const document = parseDocument(text)
  for (const item of items) {
    const node = document.createNode(item)
    flowItem(node, 0)
    document.addIn([list], node)
  }
  return document.toString(PRINT)
}

interface Edit {
  readonly document: Document.Parsed
}

function edited(edit: Edit, node: unknown, value: unknown): unknown {
  if (isMap(node) && isPlainObject(value)) return editMap(edit, node, value)
  if (isSeq(node) && Array.isArray(value)) return editSequence(edit, node, value)
  if (isScalar(node) && !isPlainObject(value) && !Array.isArray(value)) {
    if (!Object.is(node.value, value)) {
      node.value = value
      // The old text would be printed again for numbers (0x10) and the old quoting for text.
      delete node.source
      delete node.format
      if (typeof value !== 'string') delete node.type
    }
    return node
  }
  const fresh = edit.document.createNode(value)
  if (isScalar(node) && isScalar(fresh) && node.comment !== undefined) fresh.comment = node.comment
  return fresh
}

function editMap(edit: Edit, map: YAMLMap, value: Readonly<Record<string, unknown>>): YAMLMap {
  map.items = map.items.filter((pair) => Object.hasOwn(value, keyOf(pair)) && value[keyOf(pair)] !== undefined)
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    const pair = map.items.find((candidate) => keyOf(candidate) === key)
    if (pair === undefined) map.items.push(edit.document.createPair(new Scalar(key), item))
    else pair.value = edited(edit, pair.value, item)
  }
  return map
}

/** Items equal at the beginning and the end stay as they are; only what lies between is edited one by one. */
function editSequence(edit: Edit, sequence: YAMLSeq, value: readonly unknown[]): YAMLSeq {
  const before = sequence.items
  const old: unknown[] = before.map((item) => plain(edit, item))
  let start = 0
  while (start < old.length && start < value.length && isDeepStrictEqual(old[start], value[start])) start++
  let end = 0
  while (
    end < old.length - start &&
    end < value.length - start &&
    isDeepStrictEqual(old[old.length - 1 - end], value[value.length - 1 - end])
  ) {
    end++
  }
  const middle = value
    .slice(start, value.length - end)
    .map((item, i) =>
      start + i < before.length - end ? edited(edit, before[start + i], item) : edit.document.createNode(item),
    )
  sequence.items = [...before.slice(0, start), ...middle, ...before.slice(before.length - end)]
  return sequence
}

function plain(edit: Edit, item: unknown): unknown {
  return isMap(item) || isSeq(item) || isScalar(item) ? item.toJS(edit.document) : item
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key)
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function flowBelow(node: unknown, levels: number): void {
  if (isMap(node)) {
    for (const { value } of node.items) flowItem(value, levels)
  } else if (isSeq(node)) {
    for (const item of node.items) flowItem(item, levels)
  }
}

function flowItem(item: unknown, levels: number): void {
  if ((isMap(item) || isSeq(item)) && levels <= 0) item.flow = true
  else flowBelow(item, levels - 1)
}
