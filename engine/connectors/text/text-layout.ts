import { cleanNames } from './column-names.ts'
import { type DetectedDialect, detectDialect } from './detect-dialect.ts'
import { CERTAIN_FROM } from './detect-encoding.ts'
import { detectFooter } from './detect-footer.ts'
import { type DetectedHeader, detectHeader, joinHeaders } from './detect-header.ts'
import type { TextSourceOptions } from './options.ts'
import { percent, rounded, shortened } from './print.ts'
import type { RawFile } from './raw-chunks.ts'
import type { TextDialect } from './row-scanner.ts'
import { type SampleRow, sampleRows } from './sample-rows.ts'
import { readHead, type TextHead } from './text-file.ts'

/** Everything needed to read a delimited file, and what was found out on the way. */
export interface TextLayout {
  readonly encoding: TextHead['encoding']['encoding']
  readonly dialect: TextDialect
  /** Physical lines before the header. */
  readonly skipLines: number
  readonly headerRows: number
  readonly footerRows: number
  /** The file's own names; empty when it has no header. */
  readonly headers: readonly string[]
  /** Safe, unique names of the columns, in the file's order. */
  readonly names: readonly string[]
  /** Rows that types are inferred from. */
  readonly sample: readonly SampleRow[]
  readonly isEmpty: boolean
  /** No byte beyond ASCII was seen, so the encoding is open. */
  readonly isAscii: boolean
  readonly detected: Readonly<Record<string, unknown>>
  readonly warnings: readonly string[]
}

/** Looks at the beginning and the end of a file and settles how it is to be read; options come before detection. */
export async function detectLayout(
  file: RawFile,
  options: TextSourceOptions,
  signal?: AbortSignal,
): Promise<TextLayout> {
  const head = await readHead(file, options, signal)
  const found = detectDialect(head.bytes, head.isWhole, givenDialect(options))
  const dialect = options.strayQuotes === 'keep' ? { ...found.dialect, keepsStrayQuotes: true } : found.dialect
  const skipLines = options.skipRows ?? found.leadingLines
  const sampled = sampleRows(head.bytes, head.isWhole, dialect, { skipLines, mostRows: options.sampleRows + 20 })
  const usual = sampled.filter(({ cells }) => cells.length === found.columns)
  const header = settleHeader(usual, options)
  const footer = options.footerRows === undefined ? await detectFooter(file, head, found) : []
  const footerRows = options.footerRows ?? footer.length
  const body = usual.slice(header.rows, header.rows + options.sampleRows)
  const named = settleNames(usual.slice(0, header.rows), found.columns, options)
  // Of one declared column a blank line is a row: a NULL, or the empty text.
  const isEmpty = sampled.length === 0 && !(options.columns?.length === 1 && head.bytes.length > 0)
  return {
    encoding: head.encoding.encoding,
    dialect,
    skipLines,
    headerRows: header.rows,
    footerRows,
    headers: named.headers,
    names: isEmpty && options.columns === undefined ? [] : named.names,
    sample: body,
    isEmpty,
    isAscii: head.bytes.every((byte) => byte < 0x80),
    detected: describeDetection({
      head,
      found,
      header,
      skipLines,
      footerRows,
      headers: named.headers,
      sampled: body.length,
      file,
    }),
    warnings: [
      ...(isEmpty ? [`${file.name} is empty`] : body.length === 0 ? [`${file.name} has no rows below its header`] : []),
      ...doubtfulDetections({ head, found, header, options, isEmpty, file }),
      ...(skipLines > 0 && options.skipRows === undefined
        ? [`${file.name}: ${skipLines} lines before the header are left out`]
        : []),
      ...(footer.length > 0
        ? [
            `${file.name}: lines at the end are left out: ${footer.map((line) => JSON.stringify(shortened(line))).join(', ')}`,
          ]
        : []),
      ...named.warnings,
    ],
  }
}

function givenDialect({ delimiter, quote, escape }: TextSourceOptions): Partial<TextDialect> {
  return {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(escape === undefined ? {} : { escape }),
  }
}

function settleHeader(rows: readonly SampleRow[], { header, columns }: TextSourceOptions): DetectedHeader {
  if (header !== undefined) return { rows: Number(header), confidence: 1, because: 'as declared' }
  const found = detectHeader(rows)
  return columns !== undefined && found.confidence < CERTAIN_FROM ? { ...found, rows: 0 } : found
}

function settleNames(
  headerRows: readonly SampleRow[],
  width: number,
  { columns }: TextSourceOptions,
): { headers: string[]; names: readonly string[]; warnings: string[] } {
  const headers = headerRows.length === 0 ? [] : joinHeaders(headerRows, width)
  if (columns !== undefined) return { headers, names: cleanNames(columns).names, warnings: [] }
  if (headers.length === 0) {
    return { headers, names: Array.from({ length: width }, (_, i) => `column${i + 1}`), warnings: [] }
  }
  const { names, renames } = cleanNames(headers)
  return {
    headers,
    names,
    warnings: renames.map(
      ({ from, to, because }) => `column ${JSON.stringify(shortened(from))} is called ${to}: ${because}`,
    ),
  }
}

interface Findings {
  readonly head: TextHead
  readonly found: DetectedDialect
  readonly header: DetectedHeader
  readonly file: RawFile
}

function doubtfulDetections({
  head,
  found,
  header,
  options,
  isEmpty,
  file,
}: Findings & { options: TextSourceOptions; isEmpty: boolean }): string[] {
  if (isEmpty) return []
  const warnings: string[] = []
  const { encoding, confidence, because } = head.encoding
  if (confidence < CERTAIN_FROM)
    warnings.push(
      `${file.name}: the encoding may be ${encoding.name} (${percent(confidence)}: ${because}); declare it to be sure`,
    )
  if (found.confidence < CERTAIN_FROM && options.delimiter === undefined) {
    warnings.push(
      `${file.name}: the delimiter may be ${JSON.stringify(found.dialect.delimiter)} (${percent(found.confidence)}); declare it to be sure`,
    )
  }
  if (header.confidence < CERTAIN_FROM) {
    warnings.push(
      `${file.name}: ${header.rows} header rows were assumed (${percent(header.confidence)}: ${header.because})`,
    )
  }
  return warnings
}

function describeDetection({
  head,
  found,
  header,
  skipLines,
  footerRows,
  headers,
  sampled,
}: Findings & { skipLines: number; footerRows: number; headers: readonly string[]; sampled: number }): Record<
  string,
  unknown
> {
  const { encoding, confidence, because } = head.encoding
  return {
    encoding: { value: encoding.name, confidence: rounded(confidence), because },
    delimiter: { value: found.dialect.delimiter, confidence: rounded(found.confidence) },
    quote: { value: found.dialect.quote },
    escape: { value: found.dialect.escape },
    header: { value: header.rows, confidence: rounded(header.confidence), because: header.because },
    skipRows: { value: skipLines },
    footerRows: { value: footerRows },
    headers,
    sampledRows: sampled,
  }
}
