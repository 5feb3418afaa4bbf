import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, visit } from 'yaml'

/** A place in the text of a pipeline: in which collection it is, and what stands there. */
export interface TextPlace {
  /** Keys and indexes from the root to the collection. */
  readonly path: readonly (string | number)[]
  /** Of the entry that the place is in; undefined in the root itself. */
  readonly entry: string | number | undefined
  readonly role: 'key' | 'value'
  /** What stands there, up to the place. */
  readonly word: string
  /** Where the word begins and ends, in UTF-16 units; for a caret what stands behind it belongs to it. */
  readonly start: number
  readonly end: number
  /** The whole text as a value, as far as it can be read. */
  readonly root: unknown
}

/** Stands for the word that is being typed; the text is read with it in its place, so that half a line has a meaning. */
const CARET = 'RUNNELCARET'
const BEFORE = /[^\s,{}[\]"'#]*$/
const AFTER = /^[^\s,{}[\]"'#:]*/

/** What is being typed at an offset; undefined in comments and where nothing of a pipeline can stand. */
export function placeOfCaret(text: string, offset: number): TextPlace | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = text.indexOf('\n', offset)
  const before = text.slice(lineStart, offset)
  const after = text.slice(offset, lineEnd === -1 ? text.length : lineEnd)
  const word = BEFORE.exec(before)?.[0] ?? ''
  const start = offset - word.length
  const end = offset + (AFTER.exec(after)?.[0].length ?? 0)
  // A line of its own begins an entry: without the colon YAML would join it with the next line.
  const isAlone =
    before.slice(0, before.length - word.length).trim() === '' &&
    text.slice(end, lineStart + before.length + after.length).trim() === ''
  const marked = `${text.slice(0, start)}${CARET}${isAlone ? ':' : ''}${text.slice(end)}`
  const found = find(read(marked), (scalar) => typeof scalar.value === 'string' && scalar.value.includes(CARET))
  return found === undefined ? undefined : { ...found, word, start, end }
}

/** The key or value that stands at an offset. */
export function placeAt(text: string, offset: number): TextPlace | undefined {
  const isAt = ({ range }: Scalar): boolean => range != null && range[0] <= offset && offset <= range[1]
  const found = find(read(text), isAt)
  if (found?.scalar.range == null) return undefined
  const [start, end] = found.scalar.range
  return { ...found, word: String(found.scalar.value), start, end }
}

function read(text: string): Document {
  return parseDocument(text, { strict: false, logLevel: 'silent' })
}

type Found = Pick<TextPlace, 'path' | 'entry' | 'role' | 'root'> & { readonly scalar: Scalar }

function find(document: Document, isWanted: (scalar: Scalar) => boolean): Found | undefined {
  let found: Found | undefined
  visit(document, {
    Scalar: (key, scalar, ancestors) => {
      if (!isWanted(scalar)) return undefined
      const steps = stepsOf(ancestors)
      const role = key === 'key' ? 'key' : 'value'
      if (typeof key === 'number') steps.push(key)
      const entry = steps.at(-1)
      found = { path: steps.slice(0, -1), entry, role, root: valueOf(document), scalar }
      return visit.BREAK
    },
  })
  return found
}

function stepsOf(ancestors: readonly unknown[]): (string | number)[] {
  return ancestors.flatMap((ancestor, at): (string | number)[] => {
    const inside = ancestors[at + 1]
    if (isSeq(ancestor) && inside !== undefined) return [ancestor.items.indexOf(inside)]
    return isMap(ancestor) && inside !== undefined ? [keyOf(ancestor.items.find((pair) => pair === inside))] : []
  })
}

function keyOf(pair: Pair | undefined): string {
  return String(isScalar(pair?.key) ? pair.key.value : (pair?.key ?? ''))
}

/** Aliases of what is not there, and what is too deep, leave no value at all. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS()
  } catch {
    return undefined
  }
}
