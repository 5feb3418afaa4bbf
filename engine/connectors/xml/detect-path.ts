import { fileChunks } from '../shared/file-chunks.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { decodedText } from './decoded-text.ts'
import { DocumentReader } from './document-reader.ts'
import type { PathElement } from './record-path.ts'

/** How much of a document is looked at. */
const LOOKED_AT_CHARACTERS = 4 * 1024 * 1024

export interface DetectedPath {
  readonly path: string
  readonly confidence: number
}

/**
 * Which elements of a document are its records: the outermost that stand beside one of the same name. Where none does, the outermost
 * that is not just a wrapper of one other; below a root without anything, whatever may come.
 * @throws Failure as reading
 */
export async function detectPath(
  file: FolderFile,
  { encoding, signal }: { readonly encoding: string | undefined; readonly signal: AbortSignal | undefined },
): Promise<DetectedPath> {
  const structure = new Structure()
  const reader = new DocumentReader({
    file: file.name,
    path: undefined,
    namespaces: new Map(),
    onElement: (elements) => structure.see(elements),
  })
  let characters = 0
  for await (const text of decodedText(fileChunks(file, { fileBytes: 0n }, signal), { file: file.name, encoding })) {
    reader.write(text)
    characters += text.length
    if (characters > LOOKED_AT_CHARACTERS) return structure.records()
  }
  reader.end()
  return structure.records()
}

interface Place {
  readonly depth: number
  /** Elements here that stand beside one of the same name. */
  repeated: number
  hasAttributes: boolean
  readonly children: Set<string>
}

const MAX_PLACES = 20_000

/** What stands where in a document. */
class Structure {
  readonly #places = new Map<string, Place>()
  /** Paths of the children of each open element so far, outermost first. */
  readonly #siblings: Set<string>[] = []
  #root = ''

  see(elements: readonly PathElement[]): void {
    const depth = elements.length
    const path = elements.map(({ prefix, local }) => `/${prefix === '' ? local : `${prefix}:${local}`}`).join('')
    if (depth === 1) this.#root = path
    this.#siblings.length = Math.min(this.#siblings.length, depth)
    while (this.#siblings.length < depth) this.#siblings.push(new Set())
    const siblings = this.#siblings[depth - 1]
    const place = this.#places.get(path) ?? { depth, repeated: 0, hasAttributes: false, children: new Set() }
    if (siblings?.has(path) === true) place.repeated++
    if (elements.at(-1)?.attributes.size !== 0) place.hasAttributes = true
    siblings?.add(path)
    if (this.#places.size >= MAX_PLACES) return
    this.#places.set(path, place)
    this.#places.get(path.slice(0, path.lastIndexOf('/')))?.children.add(path)
  }

  records(): DetectedPath {
    const repeated = [...this.#places].filter(([, place]) => place.repeated > 0)
    const [first, second] = repeated.toSorted(([, a], [, b]) => a.depth - b.depth || b.repeated - a.repeated)
    if (first === undefined) return { path: this.#unwrapped(this.#root), confidence: 0.5 }
    return { path: first[0], confidence: second?.[1].depth === first[1].depth ? 0.6 : 0.95 }
  }

  /** The way down from a path past elements that hold one other and nothing else. */
  #unwrapped(path: string): string {
    const place = this.#places.get(path)
    const [child, other] = place?.children ?? []
    if (child === undefined) return place?.depth === 1 && !place.hasAttributes ? `${path}/*` : path
    const inner = this.#places.get(child)
    const isWrapper = other === undefined && (inner?.children.size !== 0 || inner.hasAttributes)
    return isWrapper ? this.#unwrapped(child) : path
  }
}
