import { SaxesParser, type SaxesTagNS } from 'saxes'
import { Failure } from '../../contract/failure.ts'
import type { XmlElement } from './element.ts'
import { columnName } from './names.ts'
import { isPlace, meets, type PathElement, type RecordPath } from './record-path.ts'

/** A record as it stands in a document. */
export interface XmlRecord {
  readonly element: XmlElement
  /** The elements around it, from the root on. */
  readonly ancestors: readonly PathElement[]
  /** From 1. */
  readonly line: number
  /** As written, cut at 10,000 characters. */
  readonly raw: string
}

export interface DocumentRequest {
  readonly file: string
  /** Undefined to read no records, only what elements there are (`onElement`). */
  readonly path: RecordPath | undefined
  readonly namespaces: ReadonlyMap<string, string>
  readonly onElement?: (elements: readonly PathElement[]) => void
}

const MAX_DEPTH = 1_000
const MAX_RECORD_CHARACTERS = 64 * 1024 * 1024
const RAW_CHARACTERS = 10_000
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const XMLNS = 'http://www.w3.org/2000/xmlns/'

interface Building {
  readonly name: string
  readonly uri: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Map<string, XmlElement[]>
  readonly isNil: boolean
  text: string
}

interface OpenRecord {
  readonly ancestors: readonly PathElement[]
  readonly line: number
  /** Where it begins in the piece that is read, or 0 when it began before. */
  from: number
  /** Its beginning, from the pieces before. */
  before: string
  characters: number
}

/**
 * Reads one document as it comes, and checks that it is well-formed to its end. Nothing is ever fetched, no entity but XML's own five is
 * known: a document that defines some is refused.
 *
 * @throws Failure `xml.invalid`, `xml.unsafe`, `xml.too_deep`, `xml.record_too_large`
 */
export class DocumentReader {
  readonly #request: DocumentRequest
  readonly #parser = new SaxesParser({ xmlns: true, position: true })
  readonly #elements: PathElement[] = []
  /** The elements of the record that is open, outermost first. */
  readonly #open: Building[] = []
  readonly #records: XmlRecord[] = []
  #record: OpenRecord = { ancestors: [], line: 0, from: 0, before: '', characters: 0 }
  #chunk = { text: '', from: 0 }
  #isPlaceFound = false

  constructor(request: DocumentRequest) {
    this.#request = request
    this.#parser.on('error', (error) => {
      const { line, columnIndex } = this.#parser
      const reason = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
      throw new Failure('xml.invalid', { file: request.file, line, column: columnIndex + 1, reason })
    })
    this.#parser.on('doctype', (text) => {
      if (!text.includes('<!ENTITY')) return
      throw new Failure('xml.unsafe', { file: request.file, reason: 'it defines entities' })
    })
    this.#parser.on('opentag', (tag) => this.#opened(tag))
    this.#parser.on('closetag', () => this.#closed())
    this.#parser.on('text', (text) => this.#text(text))
    this.#parser.on('cdata', (text) => this.#text(text))
  }

  /** Whether there was an element in which records could stand. */
  get isPlaceFound(): boolean {
    return this.#isPlaceFound
  }

  /** The records that end in this piece of the document. */
  write(text: string): XmlRecord[] {
    this.#chunk = { text, from: this.#chunk.from + this.#chunk.text.length }
    this.#parser.write(text)
    if (this.#open.length > 0) this.#keepOpen()
    return this.#records.splice(0)
  }

  end(): void {
    this.#parser.close()
  }

  #opened(tag: SaxesTagNS): void {
    const attributes = new Map<string, string>()
    let isNil = false
    for (const { name, local, uri, value } of Object.values(tag.attributes)) {
      if (uri === XSI) isNil ||= local === 'nil' && (value === 'true' || value === '1')
      else if (uri !== XMLNS) attributes.set(columnName(name), value)
    }
    this.#elements.push({ prefix: tag.prefix, local: tag.local, uri: tag.uri, attributes })
    if (this.#elements.length > MAX_DEPTH) {
      throw new Failure('xml.too_deep', { file: this.#request.file, limit: MAX_DEPTH, line: this.#parser.line })
    }
    this.#request.onElement?.(this.#elements)
    const { path, namespaces } = this.#request
    if (this.#open.length === 0) {
      if (path === undefined) return
      this.#isPlaceFound ||= isPlace(path, this.#elements, namespaces)
      if (!meets(path, this.#elements, namespaces)) return
      this.#begin(tag)
    }
    // An element of the record's own namespace goes by its name alone.
    const isOwn = tag.uri === (this.#open[0]?.uri ?? tag.uri) || tag.prefix === ''
    const name = columnName(isOwn ? tag.local : tag.name)
    this.#open.push({ name, uri: tag.uri, attributes, children: new Map(), isNil, text: '' })
  }

  #begin(tag: SaxesTagNS): void {
    // No attribute may hold a bare "<": the last one before here opens this tag.
    const end = this.#parser.position - this.#chunk.from
    const from = this.#chunk.text.lastIndexOf(`<${tag.name}`, Math.max(0, end - 1))
    const ancestors = this.#elements.slice(0, -1)
    this.#record = { ancestors, line: this.#parser.line, from: Math.max(0, from), before: '', characters: 0 }
  }

  #closed(): void {
    this.#elements.pop()
    const element = this.#open.pop()
    if (element === undefined) return
    const parent = this.#open.at(-1)
    if (parent !== undefined) {
      const same = parent.children.get(element.name)
      if (same === undefined) parent.children.set(element.name, [element])
      else same.push(element)
      return
    }
    const { ancestors, line, from, before } = this.#record
    const raw = before + this.#chunk.text.slice(from, this.#parser.position - this.#chunk.from)
    this.#records.push({ element, ancestors, line, raw: raw.slice(0, RAW_CHARACTERS) })
  }

  #text(text: string): void {
    const element = this.#open.at(-1)
    if (element !== undefined) element.text += text
  }

  /** The record goes on in the next piece. */
  #keepOpen(): void {
    const { text } = this.#chunk
    const record = this.#record
    if (record.before.length < RAW_CHARACTERS) record.before += text.slice(record.from)
    record.from = 0
    record.characters += text.length
    if (record.characters <= MAX_RECORD_CHARACTERS) return
    const { file } = this.#request
    throw new Failure('xml.record_too_large', { file, line: record.line, limit: MAX_RECORD_CHARACTERS })
  }
}
