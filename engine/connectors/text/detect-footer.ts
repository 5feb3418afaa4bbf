import { open } from 'node:fs/promises'
import { strictDecoder, type TextEncoding } from '../shared/text-encoding.ts'
import type { DetectedDialect } from './detect-dialect.ts'
import type { RawFile } from './raw-chunks.ts'
import { RowScanner } from './row-scanner.ts'
import type { TextHead } from './text-file.ts'

const TAIL_BYTES = 64 * 1024
const MOST_FOOTER_LINES = 10

/** What a line at the end says when it is no row: a sum, a count, a mark. A row that was cut off says none of it. */
const FOOTER_TEXT = /[:：]|\b(?:totals?|rows?|records?|end|eof)\b|^[-=*#]{3,}|^#|[共合总計计]/i

/**
 * Lines at the end of a file that are no rows: of one cell where rows have several, and worded like a footer (`Total: 12`).
 * Compressed files and UTF-16 are not looked at.
 */
export async function detectFooter(
  file: RawFile,
  head: TextHead,
  { dialect, columns }: DetectedDialect,
): Promise<string[]> {
  if (file.compression !== 'none' || columns < 2 || head.encoding.encoding.unitBytes === 2) return []
  const lines = (await tailLines(file, TAIL_BYTES)).map((line) => decoded(line, head.encoding.encoding))
  const scanner = new RowScanner(dialect)
  const footer: string[] = []
  for (const line of lines.toReversed()) {
    if (line.trim() === '') continue
    const bytes = Buffer.from(line, 'utf8')
    scanner.scan(bytes, 0, bytes.length, true)
    if (scanner.problem === '' && scanner.cells === columns) return footer.length <= MOST_FOOTER_LINES ? footer : []
    // Several cells, though not all, may be a damaged row, which must be reported and not dropped.
    if (scanner.problem !== '' || scanner.cells > 1 || !FOOTER_TEXT.test(line)) return []
    footer.unshift(line)
  }
  return []
}

/** Where the last `count` lines of an uncompressed file begin; blank ones count only between others. */
export async function footerStart(file: RawFile, count: number, encoding: TextEncoding): Promise<number> {
  await using handle = await open(file.path, 'r')
  const { size } = await handle.stat()
  let found = 0
  let end = size
  let isAtEnd = true
  while (end > 0) {
    const start = Math.max(0, end - TAIL_BYTES)
    const { buffer } = await handle.read(Buffer.alloc(end - start), 0, end - start, start)
    for (let at = buffer.lastIndexOf(0x0a); at >= 0; at = at === 0 ? -1 : buffer.lastIndexOf(0x0a, at - 1)) {
      const lineEnd = start + at + (encoding.unitBytes === 2 ? 2 - ((start + at) % 2) : 1)
      if (isAtEnd && lineEnd >= size) {
        isAtEnd = false
        continue
      }
      isAtEnd = false
      if (++found === count) return lineEnd
    }
    end = start
  }
  return 0
}

async function tailLines(file: RawFile, bytes: number): Promise<Buffer[]> {
  await using handle = await open(file.path, 'r')
  const { size } = await handle.stat()
  const start = Math.max(0, size - bytes)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start)
  const tail = buffer.subarray(0, bytesRead)
  const lines: Buffer[] = []
  let from = start === 0 ? 0 : tail.indexOf(0x0a) + 1
  for (let at = tail.indexOf(0x0a, from); at >= 0; at = tail.indexOf(0x0a, from)) {
    lines.push(tail.subarray(from, at))
    from = at + 1
  }
  if (from < tail.length) lines.push(tail.subarray(from))
  return lines
}

function decoded(line: Buffer, encoding: TextEncoding): string {
  return (strictDecoder(encoding)(line) ?? '\ufffd').replace(/\r$/, '')
}
