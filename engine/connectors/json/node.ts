/** A JSON value with its text as written: numbers are never turned into JavaScript numbers. */
export type JsonNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' | 'number' | 'string'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly from: number; readonly to: number }
  | {
      readonly kind: 'object'
      readonly entries: ReadonlyMap<string, JsonNode>
      readonly from: number
      readonly to: number
    }

/** A value that the scanner accepted, with what a row of a table cannot hold. */
export interface ParsedRecord {
  readonly text: string
  readonly root: JsonNode
  /** The first key that an object has twice. The last value of it is in the tree. */
  readonly duplicateKey?: string
  /** Some string holds half of a surrogate pair, which no UTF-8 can carry. */
  readonly hasLoneSurrogate: boolean
}

interface Cursor {
  readonly text: string
  at: number
  duplicateKey?: string
  hasLoneSurrogate: boolean
}

/** Parses text that is known to be valid JSON; only the scanner's records may come here. */
export function parseRecord(text: string): ParsedRecord {
  const cursor: Cursor = { text, at: 0, hasLoneSurrogate: false }
  const root = parseValue(cursor)
  const { duplicateKey, hasLoneSurrogate } = cursor
  return { text, root, hasLoneSurrogate, ...(duplicateKey === undefined ? {} : { duplicateKey }) }
}

/** The JSON text of a node, as written. */
export function nodeText(record: string, node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'null'
    case 'string':
      return JSON.stringify(node.text)
    case 'array':
    case 'object':
      return record.slice(node.from, node.to)
    case 'boolean':
    case 'number':
      return node.text
  }
}

function parseValue(cursor: Cursor): JsonNode {
  skipSpace(cursor)
  switch (cursor.text.charCodeAt(cursor.at)) {
    case 0x22:
      return { kind: 'string', text: parseString(cursor) }
    case 0x5b:
      return parseArray(cursor)
    case 0x7b:
      return parseObject(cursor)
    case 0x74:
      cursor.at += 4
      return { kind: 'boolean', text: 'true' }
    case 0x66:
      cursor.at += 5
      return { kind: 'boolean', text: 'false' }
    case 0x6e:
      cursor.at += 4
      return { kind: 'null' }
    default:
      return { kind: 'number', text: parseNumber(cursor) }
  }
}

function parseArray(cursor: Cursor): JsonNode {
  const from = cursor.at++
  const items: JsonNode[] = []
  while (!closes(cursor, 0x5d)) items.push(parseValue(cursor))
  return { kind: 'array', items, from, to: cursor.at }
}

function parseObject(cursor: Cursor): JsonNode {
  const from = cursor.at++
  const entries = new Map<string, JsonNode>()
  while (!closes(cursor, 0x7d)) {
    const key = parseString(cursor)
    skipSpace(cursor)
    cursor.at++
    if (entries.has(key)) cursor.duplicateKey ??= key
    entries.set(key, parseValue(cursor))
  }
  return { kind: 'object', entries, from, to: cursor.at }
}

/** Steps over a comma, or over the closing bracket and says so. */
function closes(cursor: Cursor, bracket: number): boolean {
  skipSpace(cursor)
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === bracket || code === 0x2c) cursor.at++
  if (code !== bracket) skipSpace(cursor)
  return code === bracket
}

function parseNumber(cursor: Cursor): string {
  const from = cursor.at
  while (cursor.at < cursor.text.length && isNumberPart(cursor.text.charCodeAt(cursor.at))) cursor.at++
  return cursor.text.slice(from, cursor.at)
}

function parseString(cursor: Cursor): string {
  const { text } = cursor
  const from = cursor.at
  let hasEscape = false
  let at = from + 1
  for (let code = text.charCodeAt(at); code !== 0x22; code = text.charCodeAt(at)) {
    if (code === 0x5c) {
      hasEscape = true
      at++
    }
    at++
  }
  cursor.at = at + 1
  if (!hasEscape) return text.slice(from + 1, at)
  const value = String(JSON.parse(text.slice(from, at + 1)))
  if (!value.isWellFormed()) cursor.hasLoneSurrogate = true
  return value
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    cursor.at++
  }
}

function isNumberPart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2b || code === 0x2e || (code | 0x20) === 0x65
}
