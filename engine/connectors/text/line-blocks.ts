/** Whole lines: the last byte ends a line, except in the last block of a file. */
export interface LineBlock {
  readonly bytes: Buffer
  readonly isLast: boolean
  /** The block is the beginning of one line beyond the limit; the rest of that line was left out. */
  readonly isCutLine: boolean
}

/** The longest line, and so the longest cell, that is read: 100 MiB. A longer one is a rejected row. */
export const LONGEST_LINE_BYTES = 100 * 1024 * 1024
const CUT_LINE_BYTES = 4096
const LF = 0x0a
const CR = 0x0d

/**
 * Cuts a byte stream after line ends, so that each block can be decoded by itself. `unitBytes` is 2 for UTF-16, where a line end
 * only counts at an even offset.
 */
export async function* lineBlocks(chunks: AsyncIterable<Buffer>, unitBytes: 1 | 2): AsyncGenerator<LineBlock> {
  let waiting: LineBlock | undefined
  for await (const piece of cutAtLineEnds(chunks, unitBytes)) {
    if (waiting !== undefined) yield waiting
    waiting = { ...piece, isLast: false }
  }
  if (waiting !== undefined) yield { ...waiting, isLast: true }
}

interface Piece {
  readonly bytes: Buffer
  readonly isCutLine: boolean
}

async function* cutAtLineEnds(chunks: AsyncIterable<Buffer>, unitBytes: 1 | 2): AsyncGenerator<Piece> {
  let kept: Buffer[] = []
  let keptBytes = 0
  let isCutting = false
  for await (const chunk of chunks) {
    const joined = unitBytes === 2 && keptBytes % 2 === 1 ? Buffer.concat([...kept.splice(0), chunk]) : chunk
    if (joined !== chunk) keptBytes = 0
    const end = lastLineEnd(joined, unitBytes)
    if (end === 0) {
      if (!isCutting) kept.push(joined)
      keptBytes += joined.length
      if (keptBytes > LONGEST_LINE_BYTES && !isCutting) {
        isCutting = true
        kept = [Buffer.concat(kept).subarray(0, CUT_LINE_BYTES)]
      }
      continue
    }
    if (isCutting) {
      yield { bytes: Buffer.concat(kept), isCutLine: true }
      isCutting = false
      const first = firstLineEnd(joined, unitBytes)
      if (first < end) yield { bytes: joined.subarray(first, end), isCutLine: false }
    } else {
      const bytes = joined.subarray(0, end)
      yield { bytes: kept.length === 0 ? bytes : Buffer.concat([...kept, bytes]), isCutLine: false }
    }
    kept = end < joined.length ? [Buffer.from(joined.subarray(end))] : []
    keptBytes = joined.length - end
  }
  if (kept.length > 0) yield { bytes: Buffer.concat(kept), isCutLine: isCutting }
}

/** Offset after the last line end; 0 when there is none. A CR as the very last byte may be half of a CRLF. */
function lastLineEnd(bytes: Buffer, unitBytes: 1 | 2): number {
  const lf = lastUnit(bytes, LF, unitBytes)
  if (lf >= 0) return lf + unitBytes
  const cr = lastUnit(bytes.subarray(0, Math.max(0, bytes.length - unitBytes)), CR, unitBytes)
  return cr < 0 ? 0 : cr + unitBytes
}

function firstLineEnd(bytes: Buffer, unitBytes: 1 | 2): number {
  for (let i = 0; i + unitBytes <= bytes.length; i += unitBytes)
    if (isUnit(bytes, i, LF, unitBytes)) return i + unitBytes
  return lastLineEnd(bytes, unitBytes)
}

function lastUnit(bytes: Buffer, unit: number, unitBytes: 1 | 2): number {
  for (let i = bytes.lastIndexOf(unit); i >= 0; i = i === 0 ? -1 : bytes.lastIndexOf(unit, i - 1)) {
    const start = unitBytes === 1 ? i : i - (i % 2)
    if (start + unitBytes <= bytes.length && isUnit(bytes, start, unit, unitBytes)) return start
  }
  return -1
}

/** In UTF-16 both byte orders are taken: U+0A00 and U+0D00 are the only other reading, and no assigned character is at either. */
function isUnit(bytes: Buffer, at: number, unit: number, unitBytes: 1 | 2): boolean {
  if (unitBytes === 1) return bytes[at] === unit
  return (bytes[at] === unit && bytes[at + 1] === 0) || (bytes[at] === 0 && bytes[at + 1] === unit)
}
