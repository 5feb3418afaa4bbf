import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '../../base/ids.ts'

const BUFFER_BYTES = 1024 * 1024
/** Below this a loop is quicker than the call of a native copy. */
const COPY_FROM_BYTES = 48

/**
 * A file in the spill folder, written by appending bytes. Synchronous: the bytes go to the page cache, and an await per row or run
 * would cost more than the write.
 */
export class SegmentFile {
  readonly path: string
  /** Bytes so far, also those not yet handed to the system. */
  size = 0
  readonly #descriptor: number
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)
  #used = 0
  #isOpen = true
  #view: Buffer | undefined
  #viewStart = 0
  #viewEnd = 0

  constructor(folder: string) {
    this.path = join(folder, `text-${newId()}.csv`)
    this.#descriptor = openSync(this.path, 'wx')
  }

  append(bytes: Buffer, start: number, end: number): void {
    this.#takeView()
    this.size += end - start
    this.#put(bytes, start, end)
  }

  /** The same without a copy yet: pieces that follow each other in the same bytes are put together. The bytes must not change. */
  appendView(bytes: Buffer, start: number, end: number): void {
    this.size += end - start
    if (this.#view === bytes && this.#viewEnd === start) {
      this.#viewEnd = end
      return
    }
    this.#takeView()
    this.#view = bytes
    this.#viewStart = start
    this.#viewEnd = end
  }

  appendByte(byte: number): void {
    if (this.#view !== undefined) this.#takeView()
    if (this.#used === BUFFER_BYTES) this.#flush()
    this.#buffer[this.#used++] = byte
    this.size++
  }

  /** Hands everything to the system and closes; the file stays until `remove`. */
  close(): void {
    if (!this.#isOpen) return
    this.#takeView()
    this.#flush()
    this.#isOpen = false
    closeSync(this.#descriptor)
  }

  remove(): void {
    if (this.#isOpen) closeSync(this.#descriptor)
    this.#isOpen = false
    rmSync(this.path, { force: true })
  }

  #takeView(): void {
    const view = this.#view
    if (view === undefined) return
    this.#view = undefined
    this.#put(view, this.#viewStart, this.#viewEnd)
  }

  #put(bytes: Buffer, start: number, end: number): void {
    const length = end - start
    if (this.#used + length > BUFFER_BYTES) this.#flush()
    if (length > BUFFER_BYTES) {
      this.#write(bytes.subarray(start, end))
    } else if (length < COPY_FROM_BYTES) {
      const buffer = this.#buffer
      let used = this.#used
      for (let at = start; at < end; at++) buffer[used++] = bytes[at] ?? 0
      this.#used = used
    } else {
      this.#used += bytes.copy(this.#buffer, this.#used, start, end)
    }
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#used))
    this.#used = 0
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done)
  }
}
