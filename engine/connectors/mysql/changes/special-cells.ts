import type { LineBuilder } from '../../shared/changes/row-line.ts'

const COLON = 0x3a
const DASH = 0x2d

/** A UUID: sixteen bytes as they are written. */
export function writeUuid(bytes: Buffer, line: LineBuilder): void {
  const hex = bytes.toString('hex')
  for (const [i, end] of [8, 12, 16, 20, 32].entries()) {
    if (i > 0) line.letter(DASH)
    line.ascii(hex.slice([0, 8, 12, 16, 20][i], end))
  }
}

/** An INET4 or INET6 as MariaDB prints it (MariaDB source, `Inet6::to_string`). */
export function writeAddress(bytes: Buffer, line: LineBuilder): void {
  if (bytes.length === 4) return line.ascii(bytes.join('.'))
  const words = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2))
  const gap = longestGap(words)
  for (let i = 0; i < words.length; i++) {
    if (i === gap.start) {
      if (i === 0) line.letter(COLON)
      line.letter(COLON)
      i += gap.length - 1
    } else if (i === 6 && gap.start === 0 && isMapped(gap.length, words)) {
      return line.ascii(bytes.subarray(12).join('.'))
    } else {
      line.ascii((words[i] ?? 0).toString(16))
      if (i + 1 < words.length) line.letter(COLON)
    }
  }
}

/** Whether the last four bytes are shown as an address of version 4. */
function isMapped(zeros: number, words: readonly number[]): boolean {
  return zeros === 6 || (zeros === 5 && words[5] === 0xffff)
}

function longestGap(words: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: -1, length: 0 }
  for (let i = 0; i < words.length; i++) {
    const start = i
    while (words[i] === 0) i++
    if (i - start > best.length) best = { start, length: i - start }
  }
  return best
}
