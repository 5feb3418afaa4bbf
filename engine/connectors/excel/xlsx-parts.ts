import { posix } from 'node:path'
import { Failure } from '../../contract/failure.ts'
import { meaningOf, type NumberMeaning } from './number-format.ts'
import { decodeEscapes, type NamedRange, namedRange, type SheetInfo } from './workbook.ts'
import { type XmlAttributes, type XmlEvent, xmlEvents } from './xml.ts'
import type { ZipArchive } from './zip.ts'

/** The small parts of a workbook package, read once when it is opened. */
export interface XlsxParts {
  readonly sheets: readonly (SheetInfo & { readonly part: string })[]
  readonly names: readonly NamedRange[]
  readonly is1904: boolean
  readonly strings: readonly string[]
  /** By the style number of a cell. */
  readonly meanings: readonly NumberMeaning[]
}

/** Text of all shared strings together; beyond it a workbook is refused rather than the memory filled. */
const MAX_STRING_CHARACTERS = 512 * 1024 * 1024

/** @throws Failure `excel.not_a_workbook` when the archive is none. */
export async function readParts(zip: ZipArchive, file: string): Promise<XlsxParts> {
  const root = [...(await relations(zip, '_rels/.rels', { file, base: '' })).values()]
  const main = root.find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  const events = part(zip, main, file)
  if (events === undefined)
    throw new Failure('excel.not_a_workbook', { file, actual: 'a zip archive of something else' })
  const book = await readBook(events)
  const folder = posix.dirname(main)
  const links = await relations(zip, `${folder}/_rels/${posix.basename(main)}.rels`, { file, base: folder })
  const ofType = (type: string): string | undefined =>
    [...links.values()].find((link) => link.type.endsWith(type))?.target
  const sheets = book.sheets.flatMap(({ relation, ...sheet }) => {
    const link = links.get(relation)
    return link?.type.endsWith('/worksheet') === true ? [{ ...sheet, part: link.target }] : []
  })
  return {
    sheets,
    names: book.names,
    is1904: book.is1904,
    strings: await readStrings(part(zip, ofType('/sharedStrings') ?? `${folder}/sharedStrings.xml`, file), file),
    meanings: await readMeanings(part(zip, ofType('/styles') ?? `${folder}/styles.xml`, file)),
  }
}

export function part(zip: ZipArchive, name: string, file: string): AsyncIterable<XmlEvent[]> | undefined {
  const chunks = zip.chunks(name)
  return chunks === undefined ? undefined : xmlEvents(chunks, file)
}

interface Relation {
  readonly type: string
  readonly target: string
}

async function relations(
  zip: ZipArchive,
  name: string,
  { file, base }: { file: string; base: string },
): Promise<Map<string, Relation>> {
  const links = new Map<string, Relation>()
  for await (const events of part(zip, name, file) ?? []) {
    for (const event of events) {
      if (event.kind !== 'open' || event.name !== 'Relationship') continue
      // A link to the outside is never followed.
      if (event.attributes.get('TargetMode') === 'External') continue
      const target = event.attributes.get('Target') ?? ''
      const path = target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(base, target))
      links.set(event.attributes.get('Id') ?? '', { type: event.attributes.get('Type') ?? '', target: path })
    }
  }
  return links
}

interface Book {
  readonly sheets: readonly (SheetInfo & { readonly relation: string })[]
  readonly names: readonly NamedRange[]
  readonly is1904: boolean
}

async function readBook(parts: AsyncIterable<XmlEvent[]>): Promise<Book> {
  const sheets: (SheetInfo & { relation: string })[] = []
  const names: NamedRange[] = []
  let is1904 = false
  let defined: { readonly name: string; text: string } | undefined
  for await (const events of parts) {
    for (const event of events) {
      if (event.kind === 'text') {
        if (defined !== undefined) defined.text += event.text
      } else if (event.kind === 'close') {
        const range =
          event.name === 'definedName' && defined !== undefined ? namedRange(defined.name, defined.text) : undefined
        if (range !== undefined) names.push(range)
        defined = undefined
      } else if (event.name === 'sheet') sheets.push(sheetOf(event.attributes))
      else if (event.name === 'workbookPr') is1904 = isOn(event.attributes.get('date1904'))
      else if (event.name === 'definedName' && !isOn(event.attributes.get('hidden'))) {
        defined = { name: event.attributes.get('name') ?? '', text: '' }
      }
    }
  }
  return { sheets, names, is1904 }
}

function sheetOf(attributes: XmlAttributes): SheetInfo & { relation: string } {
  const relation = attributes.getPrefixed('id') ?? ''
  const state = attributes.get('state')
  return { name: attributes.get('name') ?? '', isHidden: state !== undefined && state !== 'visible', relation }
}

async function readStrings(parts: AsyncIterable<XmlEvent[]> | undefined, file: string): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let characters = 0
  let isText = false
  let isPhonetic = false
  for await (const events of parts ?? []) {
    for (const event of events) {
      if (event.kind === 'text') {
        if (isText && !isPhonetic) text += event.text
      } else if (event.name === 't') isText = event.kind === 'open'
      else if (event.name === 'rPh') isPhonetic = event.kind === 'open'
      else if (event.name === 'si' && event.kind === 'open') text = ''
      else if (event.name === 'si') {
        strings.push(decodeEscapes(text))
        characters += text.length
      }
    }
    if (characters > MAX_STRING_CHARACTERS) {
      throw new Failure('excel.zip_bomb', { file, limit: `${MAX_STRING_CHARACTERS} characters of text` })
    }
  }
  return strings
}

async function readMeanings(parts: AsyncIterable<XmlEvent[]> | undefined): Promise<NumberMeaning[]> {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let isCellFormats = false
  for await (const events of parts ?? []) {
    for (const event of events) {
      if (event.kind === 'text') continue
      if (event.name === 'cellXfs') isCellFormats = event.kind === 'open'
      else if (event.kind === 'close') continue
      else if (event.name === 'numFmt') {
        codes.set(Number(event.attributes.get('numFmtId')), event.attributes.get('formatCode') ?? '')
      } else if (event.name === 'xf' && isCellFormats) formats.push(Number(event.attributes.get('numFmtId') ?? 0))
    }
  }
  return formats.map((id) => meaningOf(id, codes.get(id)))
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
