import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '../../base/ids.ts'

const BUFFER_BYTES = 1024 * 1024

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

  constructor(folder: string) {
    this.path = join(folder, `text-${newId()}.csv`)
    this.#descriptor = openSync(this.path, 'wx')
  }

  append(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start
    this.size += length
    if (this.#used + length > BUFFER_BYTES) this.#flush()
    if (length > BUFFER_BYTES) {
      this.#write(bytes.subarray(start, end))
      return
    }
    // A native copy costs more than the loop for the few bytes of a delimiter or a number.
    if (length < 24) for (let at = start; at < end; at++) this.#buffer[this.#used++] = bytes[at] ?? 0
    else {
      this.#buffer.set(bytes.subarray(start, end), this.#used)
      this.#used += length
    }
  }

  appendByte(byte: number): void {
    if (this.#used === BUFFER_BYTES) this.#flush()
    this.#buffer[this.#used++] = byte
    this.size++
  }

  /** Hands everything to the system and closes; the file stays until `remove`. */
  close(): void {
    if (!this.#isOpen) return
    this.#flush()
    this.#isOpen = false
    closeSync(this.#descriptor)
  }

  remove(): void {
    if (this.#isOpen) closeSync(this.#descriptor)
    this.#isOpen = false
    rmSync(this.path, { force: true })
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#used))
    this.#used = 0
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done)
  }
}
