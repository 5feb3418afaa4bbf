import { columnOfAddress } from './cell-address.ts'
import type { NumberMeaning } from './number-format.ts'
import {
  type CellValue,
  decodeEscapes,
  type SheetCell,
  type SheetFacts,
  type SheetRow,
  type Workbook,
} from './workbook.ts'
import { part, readParts, type XlsxParts } from './xlsx-parts.ts'
import type { XmlAttributes, XmlEvent } from './xml.ts'
import { openZip } from './zip.ts'

/** Opens .xlsx and .xlsm. Sheets are streamed; only the shared strings and styles are held. */
export async function openXlsx(path: string, file: string): Promise<Workbook> {
  const zip = await openZip(path, file)
  try {
    const parts = await readParts(zip, file)
    return {
      format: 'xlsx',
      sheets: parts.sheets,
      names: parts.names,
      is1904: parts.is1904,
      rows: (sheet, facts) => {
        const name = parts.sheets.find((candidate) => candidate.name === sheet)?.part ?? ''
        return sheetRows(part(zip, name, file), parts, facts)
      },
      [Symbol.asyncDispose]: () => zip[Symbol.asyncDispose](),
    }
  } catch (error) {
    await zip[Symbol.asyncDispose]()
    throw error
  }
}

async function* sheetRows(
  parts: AsyncIterable<XmlEvent[]> | undefined,
  package_: XlsxParts,
  facts: SheetFacts,
): AsyncGenerator<SheetRow[]> {
  const parser = new SheetParser(package_, facts)
  for await (const events of parts ?? []) {
    for (const event of events) parser.take(event)
    yield parser.takeRows()
  }
}

/** Collects the cells of a sheet from its events. */
class SheetParser {
  readonly #package: XlsxParts
  readonly #facts: SheetFacts
  #rows: SheetRow[] = []
  #row = 0
  #isHidden = false
  #cells: SheetCell[] = []
  #column = 0
  #type = ''
  #meaning: NumberMeaning = 'number'
  #isFormula = false
  #text: string | undefined
  #isCollecting = false
  #isPhonetic = false

  constructor(package_: XlsxParts, facts: SheetFacts) {
    this.#package = package_
    this.#facts = facts
  }

  takeRows(): SheetRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') {
      if (this.#isCollecting && !this.#isPhonetic) this.#text = (this.#text ?? '') + event.text
    } else if (event.kind === 'open') this.#open(event.name, event.attributes)
    else this.#close(event.name)
  }

  #open(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case 'row':
        this.#row = Number(attributes.get('r') ?? this.#row + 1)
        this.#isHidden = attributes.get('hidden') === '1' || attributes.get('hidden') === 'true'
        this.#cells = []
        this.#column = 0
        break
      case 'c':
        this.#column = columnOfAddress(attributes.get('r') ?? '') || this.#column + 1
        this.#type = attributes.get('t') ?? 'n'
        this.#meaning = this.#package.meanings[Number(attributes.get('s') ?? 0)] ?? 'number'
        this.#isFormula = false
        this.#text = undefined
        break
      case 'f':
        this.#isFormula = true
        break
      case 'v':
      case 't':
        this.#isCollecting = true
        this.#text ??= ''
        break
      case 'rPh':
        this.#isPhonetic = true
        break
      default:
        this.#fact(name, attributes)
    }
  }

  #fact(name: string, attributes: XmlAttributes): void {
    if (name === 'mergeCell') this.#facts.merged.push(attributes.get('ref') ?? '')
    if (name !== 'col' || (attributes.get('hidden') !== '1' && attributes.get('hidden') !== 'true')) return
    this.#facts.hiddenColumns.push({ first: Number(attributes.get('min')), last: Number(attributes.get('max')) })
  }

  #close(name: string): void {
    if (name === 'v' || name === 't') this.#isCollecting = false
    else if (name === 'rPh') this.#isPhonetic = false
    else if (name === 'c') this.#endCell()
    else if (name === 'row' && this.#cells.length > 0) {
      this.#rows.push({ row: this.#row, isHidden: this.#isHidden, cells: this.#cells })
    }
  }

  #endCell(): void {
    const value = this.#value()
    if (value !== undefined) this.#cells.push({ column: this.#column, value, isFormula: this.#isFormula })
  }

  #value(): CellValue | undefined {
    const text = this.#text
    if (text === undefined || (text === '' && this.#type === 'n'))
      return this.#isFormula ? { kind: 'missing' } : undefined
    switch (this.#type) {
      case 's':
        return { kind: 'text', text: this.#package.strings[Number(text)] ?? '' }
      case 'inlineStr':
      case 'str':
        return { kind: 'text', text: decodeEscapes(text) }
      case 'b':
        return { kind: 'boolean', text: text === '1' || text === 'true' ? 'true' : 'false' }
      case 'e':
        return { kind: 'error', text }
      case 'd':
        return { kind: 'text', text }
      default:
        return { kind: 'number', text, meaning: this.#meaning }
    }
  }
}
