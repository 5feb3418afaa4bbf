import { Failure } from '../../contract/failure.ts'
import { MAX_RECORD_BYTES } from './strict-scanner.ts'

export interface TextLine {
  /** Without its line feed. */
  readonly bytes: Uint8Array
  /** From 1; blank lines count. */
  readonly line: number
  readonly offset: number
  /** The last line when no line feed ends it. */
  readonly isUnterminated: boolean
}

/**
 * Lines of a byte stream by chunk, without the blank ones. A line feed cannot stand inside a JSON string, so cutting is safe.
 * @throws Failure `json.record_too_large`
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<TextLine[]> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let line = 1
  let offset = 0
  for await (const chunk of chunks) {
    const lines: TextLine[] = []
    let from = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const bytes = joined(held, chunk.subarray(from, end))
      if (!isBlank(bytes)) lines.push({ bytes, line, offset, isUnterminated: false })
      held = []
      heldBytes = 0
      offset += bytes.length + 1
      line++
      from = end + 1
    }
    if (from < chunk.length) held.push(chunk.subarray(from))
    heldBytes += chunk.length - from
    if (heldBytes > MAX_RECORD_BYTES) {
      throw new Failure('json.record_too_large', { file, offset, limitBytes: MAX_RECORD_BYTES })
    }
    yield lines
  }
  const last = joined(held, new Uint8Array(0))
  if (!isBlank(last)) yield [{ bytes: last, line, offset, isUnterminated: true }]
}

function joined(held: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return held.length === 0 ? last : Buffer.concat([...held, last])
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}
