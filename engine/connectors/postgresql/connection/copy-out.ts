import type { Duplex } from 'node:stream'
import type { Connection, Submittable } from 'pg'

/** A piece of a COPY stream that holds only whole rows (or, in binary format, the header, rows, the trailer). */
export interface CopyChunk {
  readonly bytes: Uint8Array
  readonly rows: number
  readonly longestRow: number
  /** Whether some row of a CSV holds a line feed before its last byte. */
  readonly hasInnerNewline: boolean
}

type DataListener = (bytes: Buffer) => void

const COPY_DATA = 0x64
/** Messages that may stand between rows and mean nothing to a copy: CopyOutResponse, notice, parameter status. */
const PASSED_OVER = new Set([0x48, 0x4e, 0x53])
const HEADER_BYTES = 5
const LINE_FEED = 0x0a
const QUOTE = 0x22
const CHUNK_BYTES = 1024 * 1024
/** Chunks that may wait for the consumer before the socket is paused. */
const WAITING_CHUNKS = 4

/**
 * COPY … TO STDOUT at the level of bytes. The server sends one CopyData message per row (protocol documentation, "COPY Operations"),
 * so row ends are known without looking at the text. The driver only sees what comes before and after the rows.
 */
export class CopyOut implements Submittable {
  readonly #text: string
  #connection: Connection | undefined
  #driver: DataListener | undefined
  /** What is left of the last read: an incomplete message. */
  #rest: Buffer[] = []
  #restBytes = 0
  #neededBytes = HEADER_BYTES
  #out = Buffer.allocUnsafe(CHUNK_BYTES)
  #used = 0
  #rows = 0
  #longestRow = 0
  readonly #ready: CopyChunk[] = []
  #isEnded = false
  #completeRows = 0n
  #error: unknown
  #wake: (() => void) | undefined

  constructor(text: string) {
    this.#text = text
  }

  submit(connection: Connection): void {
    this.#connection = connection
    const { stream } = connection
    // The driver is the only listener; it gets its place back when the rows are over.
    this.#driver = stream.listeners('data')[0] as DataListener
    stream.removeListener('data', this.#driver)
    stream.on('data', this.#onData)
    connection.query(this.#text)
  }

  /** The rows the server says it sent; known once the chunks have ended. */
  get rows(): bigint {
    return this.#completeRows
  }

  /** Chunks in order. Ends when the server says the command is complete. */
  async *chunks(): AsyncGenerator<CopyChunk> {
    for (;;) {
      const chunk = this.#ready.shift()
      if (chunk !== undefined) {
        if (this.#ready.length < WAITING_CHUNKS) this.#connection?.stream.resume()
        yield chunk
        continue
      }
      if (this.#error !== undefined) throw this.#error
      if (this.#isEnded) return
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      await promise
    }
  }

  readonly #onData = (bytes: Buffer): void => {
    const stream = this.#connection?.stream
    if (stream === undefined) return
    let buffer = bytes
    if (this.#restBytes > 0) {
      this.#rest.push(bytes)
      this.#restBytes += bytes.length
      if (this.#restBytes < this.#neededBytes) return
      buffer = Buffer.concat(this.#rest)
      this.#rest = []
      this.#restBytes = 0
    }
    const end = this.#takeMessages(buffer)
    if (end.isOver) {
      this.#flush()
      this.#giveBack(stream, buffer.subarray(end.position))
      return
    }
    if (end.position < buffer.length) {
      this.#rest = [buffer.subarray(end.position)]
      this.#restBytes = buffer.length - end.position
    }
    if (this.#ready.length >= WAITING_CHUNKS) stream.pause()
  }

  #takeMessages(buffer: Buffer): { position: number; isOver: boolean } {
    let position = 0
    this.#neededBytes = HEADER_BYTES
    while (position + HEADER_BYTES <= buffer.length) {
      const code = buffer[position] ?? 0
      if (code !== COPY_DATA && !PASSED_OVER.has(code)) return { position, isOver: true }
      const end = position + 1 + buffer.readUInt32BE(position + 1)
      if (end > buffer.length) {
        this.#neededBytes = end - position
        break
      }
      if (code === COPY_DATA) this.#add(buffer, position + HEADER_BYTES, end)
      position = end
    }
    return { position, isOver: false }
  }

  #add(buffer: Buffer, start: number, end: number): void {
    const length = end - start
    if (this.#used + length > this.#out.length) {
      this.#flush()
      if (length > this.#out.length) this.#out = Buffer.allocUnsafe(length)
    }
    buffer.copy(this.#out, this.#used, start, end)
    this.#used += length
    this.#rows++
    if (length > this.#longestRow) this.#longestRow = length
  }

  #flush(): void {
    if (this.#used === 0) return
    const bytes = this.#out.subarray(0, this.#used)
    this.#ready.push({
      bytes,
      rows: this.#rows,
      longestRow: this.#longestRow,
      // CSV quotes a value that holds one, and every row ends in one.
      hasInnerNewline: bytes.includes(QUOTE) && countLineFeeds(bytes) !== this.#rows,
    })
    this.#out = Buffer.allocUnsafe(CHUNK_BYTES)
    this.#used = 0
    this.#rows = 0
    this.#longestRow = 0
    this.#wakeUp()
  }

  #giveBack(stream: Duplex, following: Buffer): void {
    stream.removeListener('data', this.#onData)
    if (this.#driver === undefined) return
    stream.on('data', this.#driver)
    this.#driver(following)
    stream.resume()
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  // What the driver calls once it has the socket again, or lost it.
  handleError(error: unknown): void {
    this.#error = error
    this.#wakeUp()
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#completeRows = BigInt(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0)
  }

  handleReadyForQuery(): void {
    this.#isEnded = true
    this.#wakeUp()
  }
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++
  return count
}
