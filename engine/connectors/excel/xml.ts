import { Failure } from '../../contract/failure.ts'

/** A piece of XML. Names are without their namespace prefix; attributes keep theirs (`r:id`). */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: XmlAttributes }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

/** The attributes of a tag. Parsed when asked for: of most cells only two are ever needed. */
export class XmlAttributes {
  readonly #text: string
  readonly #file: string

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  /** @throws Failure `excel.unsafe_xml` as `unescapeXml`. */
  get(name: string): string | undefined {
    const text = this.#text
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      const value = isSpace(text.charCodeAt(at - 1)) ? this.#valueAt(at + name.length) : undefined
      if (value !== undefined) return value
    }
    return undefined
  }

  /** The value of the attribute of this local name in whatever namespace. */
  getPrefixed(name: string): string | undefined {
    const prefix = new RegExp(`\\s([\\w.-]+:${name})\\s*=`).exec(this.#text)?.[1]
    return prefix === undefined ? undefined : this.get(prefix)
  }

  #valueAt(from: number): string | undefined {
    const text = this.#text
    let at = from
    while (isSpace(text.charCodeAt(at))) at++
    if (text.charAt(at) !== '=') return undefined
    at++
    while (isSpace(text.charCodeAt(at))) at++
    const quote = text.charAt(at)
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, at + 1) : -1
    return end < 0 ? undefined : unescapeXml(text.slice(at + 1, end), this.#file)
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const MAX_TOKEN = 64 * 1024 * 1024

/**
 * Events of an XML part, by chunk of its bytes. Only what workbooks need: a document type declaration is refused, so entities
 * can neither be defined nor fetched.
 * @throws Failure `excel.unsafe_xml`, `file.corrupt`.
 */
export async function* xmlEvents(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<XmlEvent[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of chunks) {
    rest += decodeChunk(decoder, chunk, file)
    const events: XmlEvent[] = []
    rest = rest.slice(tokenize(rest, events, file))
    if (rest.length > MAX_TOKEN) throw new Failure('file.corrupt', { file, reason: 'a piece of its XML never ends' })
    yield events
  }
  if (rest.trim() !== '') throw new Failure('file.corrupt', { file, reason: 'its XML is cut off' })
}

/** Text with its entities replaced. @throws Failure `excel.unsafe_xml` for an entity that XML does not define by itself. */
function unescapeXml(text: string, file: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&([^;]{1,12});/g, (_whole, name: string) => {
    const known = ENTITIES[name]
    if (known !== undefined) return known
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    if (!name.startsWith('#') || !(code > 0 && code <= 0x10ffff)) {
      throw new Failure('excel.unsafe_xml', { file, reason: `the entity &${name};` })
    }
    return String.fromCodePoint(code)
  })
}

function decodeChunk(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array, file: string): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch (error) {
    throw new Failure('file.corrupt', { file, reason: 'its XML is not UTF-8' }, { cause: error })
  }
}

/** Adds the whole tokens of `xml`; gives where the first unfinished one begins. */
function tokenize(xml: string, events: XmlEvent[], file: string): number {
  let at = 0
  for (;;) {
    const open = xml.indexOf('<', at)
    if (open < 0) return at
    const end = tagEnd(xml, open, file)
    if (end < 0) return at
    if (open > at) events.push({ kind: 'text', text: unescapeXml(xml.slice(at, open), file) })
    pushTag(xml.slice(open, end), events, file)
    at = end
  }
}

/** Position after the tag, comment, instruction or CDATA that begins at `open`; -1 when it is not all there yet. */
function tagEnd(xml: string, open: number, file: string): number {
  if (xml.startsWith('<!', open)) {
    if (xml.length < open + 9) return -1
    if (xml.startsWith('<!--', open)) return after(xml, '-->', open)
    if (xml.startsWith('<![CDATA[', open)) return after(xml, ']]>', open)
    throw new Failure('excel.unsafe_xml', { file, reason: 'a document type declaration' })
  }
  if (xml.startsWith('<?', open)) return after(xml, '?>', open)
  let quote = 0
  for (let i = open + 1; i < xml.length; i++) {
    const code = xml.charCodeAt(i)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 0x22 || code === 0x27) quote = code
    else if (code === 0x3e) return i + 1
  }
  return -1
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

function pushTag(tag: string, events: XmlEvent[], file: string): void {
  if (tag.startsWith('<?') || tag.startsWith('<!--')) return
  if (tag.startsWith('<![CDATA[')) {
    events.push({ kind: 'text', text: tag.slice(9, -3) })
    return
  }
  if (tag.startsWith('</')) {
    events.push({ kind: 'close', name: localName(tag.slice(2, -1).trim()) })
    return
  }
  const isEmpty = tag.endsWith('/>')
  const body = tag.slice(1, isEmpty ? -2 : -1)
  const space = body.search(/\s/)
  const name = localName(space < 0 ? body : body.slice(0, space))
  const attributes = new XmlAttributes(space < 0 ? '' : body.slice(space), file)
  events.push({ kind: 'open', name, attributes })
  if (isEmpty) events.push({ kind: 'close', name })
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
