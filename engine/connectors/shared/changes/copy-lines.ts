const CHUNK_BYTES = 256 * 1024
const LINE_FEED = 0x0a

/** Lines for COPY; a number becomes the first cell of each. */
export interface LineGroup {
  readonly lines: readonly Uint8Array[]
  readonly number?: number
}

/** The bytes of the lines in pieces that suit a socket. */
export async function* lines(groups: readonly LineGroup[]): AsyncGenerator<Uint8Array> {
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  let used = 0
  for (const { lines: group, number } of groups) {
    const head = number === undefined ? EMPTY : Buffer.from(`${number}\t`)
    for (const line of group) {
      const needed = head.length + line.length + 1
      if (used + needed > chunk.length) {
        if (used > 0) yield chunk.subarray(0, used)
        chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, needed))
        used = 0
      }
      chunk.set(head, used)
      chunk.set(line, used + head.length)
      used += needed
      chunk[used - 1] = LINE_FEED
    }
  }
  if (used > 0) yield chunk.subarray(0, used)
}

const EMPTY = Buffer.alloc(0)
