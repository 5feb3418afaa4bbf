import type { Duplex } from 'node:stream'
import type { Connection, Submittable } from 'pg'

const COPY_DATA = 0x64
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4])
const COPY_FAIL = 0x66
const LENGTH_BYTES = 4

/** COPY … FROM STDIN fed with bytes; waits for the socket, so memory stays bounded when the server is slow. */
export class CopyIn implements Submittable {
  readonly #text: string
  readonly #bytes: AsyncIterable<Uint8Array>
  readonly #finished = Promise.withResolvers<bigint>()
  #rows = 0n
  #error: unknown
  #isOver = false
  #isSent = false
  #wake: (() => void) | undefined

  constructor(text: string, bytes: AsyncIterable<Uint8Array>) {
    this.#text = text
    this.#bytes = bytes
    this.#finished.promise.catch(() => undefined)
  }

  /** The rows the server took. */
  get finished(): Promise<bigint> {
    return this.#finished.promise
  }

  /** Whether more is to come from us; false while the server's answer to all of it is waited for. */
  get isSending(): boolean {
    return !this.#isSent
  }

  submit(connection: Connection): void {
    connection.query(this.#text)
  }

  handleCopyInResponse(connection: Connection): void {
    void this.#feed(connection)
  }

  async #feed({ stream }: Connection): Promise<void> {
    try {
      for await (const bytes of this.#bytes) {
        if (this.#isOver) return
        const header = Buffer.allocUnsafe(1 + LENGTH_BYTES)
        header[0] = COPY_DATA
        header.writeUInt32BE(bytes.length + LENGTH_BYTES, 1)
        stream.write(header)
        if (!stream.write(bytes)) await this.#writable(stream)
      }
      stream.write(COPY_DONE)
      this.#isSent = true
    } catch (error) {
      this.#error = error
      if (this.#isOver) return
      const header = Buffer.from([COPY_FAIL, 0, 0, 0, LENGTH_BYTES + 1, 0])
      stream.write(header)
    }
  }

  /** Waits until the socket takes more, or the copy is over. */
  async #writable(stream: Duplex): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const go = (): void => resolve()
    stream.once('drain', go)
    stream.once('close', go)
    this.#wake = go
    await promise
    stream.off('drain', go)
    stream.off('close', go)
  }

  // What the driver calls.
  handleError(error: unknown): void {
    this.#isOver = true
    this.#wake?.()
    // When our own bytes failed, the server only repeats that.
    this.#finished.reject(this.#error ?? error)
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#rows = BigInt(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0)
  }

  handleReadyForQuery(): void {
    this.#isOver = true
    this.#wake?.()
    this.#finished.resolve(this.#rows)
  }
}
