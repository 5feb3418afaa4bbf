import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '../../../base/ids.ts'

const BLOCK_BYTES = 4 * 1024 * 1024
const SEGMENT_BYTES = 64 * 1024 * 1024
/** Blocks on their way to the disk before the source has to wait. */
const WAITING_BLOCKS = 3

/** A finished segment file and what is in it. */
export interface Segment {
  readonly path: string
  readonly rows: number
  readonly bytes: number
  readonly longestLineBytes: number
  readonly hasQuotedNewlines: boolean
}

/** What is in a block of lines. */
export type BlockShape = Pick<Segment, 'rows' | 'longestLineBytes' | 'hasQuotedNewlines'>

/**
 * Writes lines into segment files of about 64 MB, whole lines to a file, without waiting for the disk in between.
 *
 * The caller fills `block` and gives it back with `blockFull`, which hands out the next one.
 */
export class SegmentSink {
  readonly #folder: string
  readonly #onSegment: (segment: Segment) => void
  readonly #onDrained: () => void
  readonly #free: Buffer[] = []
  #tail: Promise<void> = Promise.resolve()
  #file: FileHandle | undefined
  #path = ''
  #bytes = 0
  #rows = 0
  #longest = 0
  #hasQuotedNewlines = false
  #waiting = 0
  #failed: unknown

  constructor(folder: string, onSegment: (segment: Segment) => void, onDrained: () => void) {
    this.#folder = folder
    this.#onSegment = onSegment
    this.#onDrained = onDrained
  }

  /** Whether the source should wait for `onDrained`. */
  get isFull(): boolean {
    return this.#waiting >= WAITING_BLOCKS
  }

  /** A buffer of at least this size, and at least a block. */
  block(minBytes = 0): Buffer {
    if (minBytes > BLOCK_BYTES) return Buffer.allocUnsafe(minBytes)
    return this.#free.pop() ?? Buffer.allocUnsafe(BLOCK_BYTES)
  }

  /** Takes the first `length` bytes of a block: whole lines. */
  write(block: Buffer, length: number, shape: BlockShape): void {
    this.#waiting++
    this.#tail = this.#tail
      .then(() => this.#append(block, length, shape))
      .catch((error: unknown) => {
        this.#failed ??= error
      })
  }

  /** Waits for the disk and ends the last segment. @throws what writing threw, once. */
  async finish(): Promise<void> {
    await this.#tail
    await this.#endSegment()
    if (this.#failed !== undefined) throw this.#failed
  }

  /** Closes and removes the unfinished segment. */
  async discard(): Promise<void> {
    await this.#tail
    await this.#file?.close()
    this.#file = undefined
    if (this.#path !== '') await rm(this.#path, { force: true })
  }

  async #append(block: Buffer, length: number, shape: BlockShape): Promise<void> {
    try {
      if (this.#failed !== undefined) return
      if (this.#file === undefined) {
        this.#path = join(this.#folder, `segment-${newId()}.csv`)
        this.#file = await open(this.#path, 'wx')
      }
      for (let written = 0; written < length; ) {
        written += (await this.#file.write(block, written, length - written)).bytesWritten
      }
      this.#bytes += length
      this.#rows += shape.rows
      this.#longest = Math.max(this.#longest, shape.longestLineBytes)
      this.#hasQuotedNewlines ||= shape.hasQuotedNewlines
      if (block.length === BLOCK_BYTES) this.#free.push(block)
      if (this.#bytes >= SEGMENT_BYTES) await this.#endSegment()
    } finally {
      this.#waiting--
      this.#onDrained()
    }
  }

  async #endSegment(): Promise<void> {
    if (this.#file === undefined) return
    await this.#file.close()
    this.#file = undefined
    const segment: Segment = {
      path: this.#path,
      rows: this.#rows,
      bytes: this.#bytes,
      longestLineBytes: this.#longest,
      hasQuotedNewlines: this.#hasQuotedNewlines,
    }
    this.#hasQuotedNewlines = false
    this.#path = ''
    this.#bytes = 0
    this.#rows = 0
    this.#longest = 0
    this.#onSegment(segment)
  }
}
