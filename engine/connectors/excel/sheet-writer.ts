import { Failure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import { cellXml } from './cell-xml.ts'
import { workbookParts } from './workbook-parts.ts'
import { type ZipMember, ZipWriter } from './zip-writer.ts'

export interface SheetWriterRequest {
  readonly dataset: string
  readonly sheet: string
  readonly columns: readonly { readonly name: string; readonly leaf: string }[]
  /** Rows of a sheet, its header included. */
  readonly rowsPerSheet: number
  readonly overflow: 'refuse' | 'split'
}

const SHEET_HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
const SHEET_TAIL = '</sheetData></worksheet>'

/** Streams rows into a new workbook. Every sheet begins with the column names. */
export class SheetWriter {
  readonly #request: SheetWriterRequest
  readonly #zip: ZipWriter
  readonly #sheets: string[] = []
  #member: ZipMember | undefined
  #row = 0
  #isFinished = false

  private constructor(request: SheetWriterRequest, zip: ZipWriter) {
    this.#request = request
    this.#zip = zip
  }

  static async create(path: string, request: SheetWriterRequest): Promise<SheetWriter> {
    const writer = new SheetWriter(request, await ZipWriter.create(path))
    await writer.#nextSheet()
    return writer
  }

  get sheets(): readonly string[] {
    return this.#sheets
  }

  /** @throws Failure `target.rejected` when a sheet is full and may not be followed by another, or a text is too long. */
  async write(rows: readonly (readonly Cell[])[]): Promise<void> {
    let xml = ''
    for (const row of rows) {
      if (this.#row >= this.#request.rowsPerSheet) {
        await this.#member?.write(xml)
        xml = ''
        await this.#overflow()
      }
      xml += this.#rowXml(row)
    }
    await this.#member?.write(xml)
  }

  /** Completes the workbook. No rows after this. */
  async finish(): Promise<void> {
    if (this.#isFinished) return
    this.#isFinished = true
    await this.#endSheet()
    for (const [name, text] of workbookParts(this.#sheets)) await this.#zip.add(name, text)
    await this.#zip.finish()
  }

  async close(): Promise<void> {
    if (!this.#isFinished) this.#member?.abandon()
    await this.#zip.close()
  }

  async #overflow(): Promise<void> {
    const { dataset, overflow, rowsPerSheet } = this.#request
    if (overflow === 'refuse') {
      const reason = `a sheet holds ${rowsPerSheet} rows with its header; set the option overflow to split, or write CSV or Parquet`
      throw new Failure('target.rejected', { target: dataset, reason })
    }
    await this.#endSheet()
    await this.#nextSheet()
  }

  async #nextSheet(): Promise<void> {
    const { sheet, columns } = this.#request
    const number = this.#sheets.length + 1
    const suffix = number === 1 ? '' : ` (${number})`
    this.#sheets.push(`${sheet.slice(0, 31 - suffix.length)}${suffix}`)
    this.#member = await this.#zip.open(`xl/worksheets/sheet${number}.xml`)
    this.#row = 0
    const names = columns.map(({ name }) => name)
    await this.#member.write(SHEET_HEAD + this.#rowXml(names, 'VARCHAR'))
  }

  async #endSheet(): Promise<void> {
    await this.#member?.write(SHEET_TAIL)
    await this.#member?.end()
  }

  #rowXml(cells: readonly Cell[], type?: string): string {
    const row = ++this.#row
    const { columns, dataset } = this.#request
    const xml = columns.map(({ name, leaf }, i) =>
      cellXml(cells[i] ?? null, type ?? leaf, { dataset, column: name, columnNumber: i + 1, row }),
    )
    return `<row r="${row}">${xml.join('')}</row>`
  }
}
