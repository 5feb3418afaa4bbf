import { isUtf8 } from 'node:buffer'
import { strictDecoder, type TextEncoding } from '../shared/text-encoding.ts'
import type { LineBlock } from './line-blocks.ts'

/** A line whose text cannot be trusted; offsets are of the UTF-8 bytes. */
export interface BadLine {
  readonly start: number
  readonly end: number
  readonly rule: 'text.encoding' | 'text.nul'
  readonly reason: string
}

/** Whole lines as UTF-8. `raw` has the same lines as they stand in the file. */
export interface TextBlock {
  readonly bytes: Buffer
  readonly raw: Buffer
  /** In order, not overlapping. Their bytes may hold replacement characters: rows that touch them must be rejected. */
  readonly badLines: readonly BadLine[]
  readonly isLast: boolean
  readonly isCutLine: boolean
}

/** Decodes blocks of lines to UTF-8, without a byte order mark; bytes that are valid UTF-8 already are passed on as they are. */
export async function* textBlocks(
  blocks: AsyncIterable<LineBlock>,
  encoding: TextEncoding,
  { mayHaveMark } = { mayHaveMark: true },
): AsyncGenerator<TextBlock> {
  const convert = encoding.label === 'utf-8' ? utf8Text : transcoder(encoding)
  let isFirst = mayHaveMark
  for await (const block of blocks) {
    const raw = isFirst ? withoutMark(block.bytes, encoding) : block.bytes
    isFirst = false
    const { bytes, badLines } = convert(raw)
    yield { bytes, raw, badLines: withNulLines(bytes, badLines), isLast: block.isLast, isCutLine: block.isCutLine }
  }
}

type Converted = Pick<TextBlock, 'bytes' | 'badLines'>

function utf8Text(raw: Buffer): Converted {
  if (isUtf8(raw)) return { bytes: raw, badLines: [] }
  const badLines: BadLine[] = []
  for (const { start, end } of linesOf(raw, 1)) {
    if (!isUtf8(raw.subarray(start, end))) badLines.push({ start, end, ...badEncoding('utf-8') })
  }
  return { bytes: raw, badLines }
}

function transcoder(encoding: TextEncoding): (raw: Buffer) => Converted {
  const strict = strictDecoder(encoding)
  const lenient = new TextDecoder(encoding.label, { ignoreBOM: true })
  return (raw) => {
    const text = strict(raw)
    if (text !== undefined) return { bytes: Buffer.from(text, 'utf8'), badLines: [] }
    const pieces: Buffer[] = []
    const badLines: BadLine[] = []
    let length = 0
    for (const line of linesOf(raw, encoding.unitBytes)) {
      const bytes = raw.subarray(line.start, line.end)
      const valid = strict(bytes)
      const piece = Buffer.from(valid ?? lenient.decode(bytes), 'utf8')
      if (valid === undefined)
        badLines.push({ start: length, end: length + piece.length, ...badEncoding(encoding.name) })
      pieces.push(piece)
      length += piece.length
    }
    return { bytes: Buffer.concat(pieces), badLines }
  }
}

function badEncoding(name: string): Pick<BadLine, 'rule' | 'reason'> {
  return { rule: 'text.encoding', reason: `bytes that are not valid ${name}` }
}

function withNulLines(bytes: Buffer, badLines: readonly BadLine[]): readonly BadLine[] {
  if (bytes.indexOf(0) < 0) return badLines
  const known = new Set(badLines.map(({ start }) => start))
  const nul = linesOf(bytes, 1)
    .filter(({ start, end }) => !known.has(start) && bytes.subarray(start, end).includes(0))
    .map((line): BadLine => ({ ...line, rule: 'text.nul', reason: 'a NUL character in the text' }))
  return [...badLines, ...nul].toSorted((a, b) => a.start - b.start)
}

/** Lines with their line ends, cut at LF only: no byte of a longer code is LF in any encoding Runnel reads. */
function linesOf(bytes: Buffer, unitBytes: 1 | 2): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = []
  let start = 0
  for (let i = bytes.indexOf(0x0a); i >= 0; i = bytes.indexOf(0x0a, i + 1)) {
    const unit = unitBytes === 1 ? i : i - (i % 2)
    if (unitBytes === 2 && (bytes[unit] ?? 0) + (bytes[unit + 1] ?? 0) !== 0x0a) continue
    const end = unit + unitBytes
    if (end > start) lines.push({ start, end })
    start = end
  }
  if (start < bytes.length) lines.push({ start, end: bytes.length })
  return lines
}

function withoutMark(bytes: Buffer, { label }: TextEncoding): Buffer {
  const mark = label === 'utf-8' ? 'efbbbf' : label === 'utf-16le' ? 'fffe' : label === 'utf-16be' ? 'feff' : undefined
  if (mark === undefined) return bytes
  return bytes.toString('hex', 0, mark.length / 2) === mark ? bytes.subarray(mark.length / 2) : bytes
}
