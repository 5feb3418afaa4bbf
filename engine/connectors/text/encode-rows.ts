import { createReadStream } from 'node:fs'
import { Failure } from '../../contract/failure.ts'
import { textEncoder } from '../shared/text-encoder.ts'
import { encodingOf } from '../shared/text-encoding.ts'
import { lineBlocks } from './line-blocks.ts'
import { rawChunks } from './raw-chunks.ts'
import { RowReader } from './row-reader.ts'
import { BARE, type RowScanner } from './row-scanner.ts'
import { stageDelimiter } from './stage-rows.ts'
import { textBlocks } from './text-blocks.ts'
import type { TextTarget } from './text-target.ts'

const CHUNK_BYTES = 1024 * 1024

/** The bytes of the target's rows: staged files as they are, or in another encoding, delimiter and line end. */
export async function* encodedRows(target: TextTarget, stages: readonly string[]): AsyncGenerator<Buffer> {
  const mark = MARKS[target.encoding.label]
  let isFirst = target.before === undefined && target.encoding.bom === undefined && mark !== undefined
  for await (const chunk of unmarkedRows(target, stages)) {
    // A value that begins with U+FEFF would be taken for a byte order mark at the start of a file; behind a real one it is kept.
    if (isFirst && mark !== undefined && chunk.toString('hex', 0, mark.length / 2) === mark)
      yield Buffer.from(mark, 'hex')
    if (chunk.length > 0) isFirst = false
    yield chunk
  }
}

const MARKS: Readonly<Record<string, string>> = { 'utf-8': 'efbbbf', 'utf-16le': 'fffe', 'utf-16be': 'feff' }

async function* unmarkedRows(target: TextTarget, stages: readonly string[]): AsyncGenerator<Buffer> {
  const encode = rowEncoder(target)
  if (target.before === undefined) yield* encodedHeader(target, encode)
  const isPlain =
    target.encoding.label === 'utf-8' &&
    target.options.lineEnd === 'lf' &&
    stageDelimiter(target.dialect.delimiter) === target.dialect.delimiter
  for (const path of stages) {
    if (isPlain) yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>
    else yield* rewrittenRows(target, path, encode)
  }
}

type EncodeRows = (rows: readonly string[]) => Buffer

/** Encodes rows together and, when that fails, looks for the row at fault. @throws Failure `file.unencodable` */
function rowEncoder({ encoding, request }: TextTarget): EncodeRows {
  const encode = textEncoder(encoding)
  let before = 0
  return (rows) => {
    const all = encode(rows.join(''))
    if (!('bytes' in all)) {
      const at = rows.findIndex((row) => 'unencodable' in encode(row))
      throw new Failure('file.unencodable', {
        file: request.dataset,
        row: before + at + 1,
        character: all.unencodable.toWellFormed(),
        codePoint: `U+${(all.unencodable.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
        encoding: encoding.name,
      })
    }
    before += rows.length
    return all.bytes
  }
}

function* encodedHeader({ columns, dialect, options, encoding }: TextTarget, encode: EncodeRows): Generator<Buffer> {
  if (encoding.bom !== undefined) yield Buffer.from(encoding.bom)
  if (!options.header) return
  const { delimiter, quote } = dialect
  const names = columns.map(({ name }) => {
    const isSpecial = name.includes(delimiter) || name.includes(quote) || /[\r\n]|^$|^\s|\s$/.test(name)
    return isSpecial || options.quoting !== 'minimal'
      ? `${quote}${name.replaceAll(quote, quote + quote)}${quote}`
      : name
  })
  yield encode([`${names.join(delimiter)}${lineEndOf(options.lineEnd)}`])
}

async function* rewrittenRows(target: TextTarget, path: string, encode: EncodeRows): AsyncGenerator<Buffer> {
  const { dialect, options, columns, request } = target
  let rows: string[] = []
  let characters = 0
  const reader = new RowReader(
    {
      file: request.dataset,
      dialect: { ...dialect, delimiter: stageDelimiter(dialect.delimiter) },
      skipLines: 0,
      headerRows: 0,
      columns: columns.map(({ name, type }) => ({ name, type })),
      isNull: () => false,
      onTypeError: 'reject',
      unitBytes: 1,
    },
    {
      row: (bytes, scanner) => {
        const row = rowText(bytes, scanner, target) + lineEndOf(options.lineEnd)
        rows.push(row)
        characters += row.length
        return true
      },
      reject: ({ locator, reason }) => {
        throw new Failure('internal.unexpected', { reason: `a staged row cannot be read: ${locator}: ${reason}` })
      },
    },
  )
  const raw = { name: request.dataset, path, compression: 'none' } as const
  const lines = lineBlocks(rawChunks(raw, request.signal), 1)
  for await (const block of textBlocks(lines, encodingOf('utf-8'), { mayHaveMark: false })) {
    reader.feed(block)
    if (characters < CHUNK_BYTES && !block.isLast) continue
    yield encode(rows)
    rows = []
    characters = 0
  }
}

function rowText(bytes: Buffer, scanner: RowScanner, { dialect: { delimiter, quote } }: TextTarget): string {
  if (delimiter === stageDelimiter(delimiter)) return bytes.toString('utf8', scanner.begin, scanner.end)
  const cells: string[] = []
  for (let cell = 0; cell < scanner.cells; cell++) {
    const text = bytes.toString('utf8', scanner.starts[cell], scanner.ends[cell])
    const isQuoted = scanner.flags[cell] !== BARE || text.includes(delimiter)
    cells.push(isQuoted ? `${quote}${text}${quote}` : text)
  }
  return cells.join(delimiter)
}

function lineEndOf(lineEnd: 'lf' | 'crlf'): string {
  return lineEnd === 'crlf' ? '\r\n' : '\n'
}
