import { once } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'

/** 1980-01-01, so that the same rows give the same bytes. */
const DOS_DATE = 0x21
const VERSION = 20
/** Sizes follow the content, and names are UTF-8. */
const FLAGS = 0x0808
const MAX_BYTES = 0xffff_ffff

interface Member {
  readonly name: Buffer
  readonly offset: number
  readonly crc: number
  readonly compressedBytes: number
  readonly sizeBytes: number
}

/** A zip archive written from front to back in bounded memory; one member is open at a time. Below 4 GB only. */
export class ZipWriter {
  readonly #handle: FileHandle
  readonly #members: Member[] = []
  #position = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, 'wx'))
  }

  /** Starts a member. It must be ended before the next one begins. */
  async open(name: string): Promise<ZipMember> {
    const offset = this.#position
    const bytes = Buffer.from(name, 'utf8')
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    writeCommon(head, 4)
    head.writeUInt16LE(bytes.length, 26)
    await this.write(Buffer.concat([head, bytes]))
    return new ZipMember(this, (sums) => this.#members.push({ name: bytes, offset, ...sums }))
  }

  async add(name: string, text: string): Promise<void> {
    const member = await this.open(name)
    await member.write(text)
    await member.end()
  }

  /** Writes the directory. The file is complete, and closed by `close`. */
  async finish(): Promise<void> {
    const start = this.#position
    for (const member of this.#members) await this.write(directoryEntry(member))
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(this.#members.length, 8)
    end.writeUInt16LE(this.#members.length, 10)
    end.writeUInt32LE(this.#position - start, 12)
    end.writeUInt32LE(start, 16)
    await this.write(end)
  }

  /** For members only: bytes at the end of the file. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#position += bytes.length
    if (this.#position > MAX_BYTES) throw new RangeError('a workbook must stay below 4 GB')
    await this.#handle.writeFile(bytes)
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

export class ZipMember {
  readonly #deflate: DeflateRaw = createDeflateRaw()
  readonly #written: Promise<void>
  readonly #archive: ZipWriter
  readonly #ended: (sums: Omit<Member, 'name' | 'offset'>) => void
  #crc = 0
  #compressedBytes = 0
  #sizeBytes = 0

  constructor(archive: ZipWriter, ended: (sums: Omit<Member, 'name' | 'offset'>) => void) {
    this.#archive = archive
    this.#ended = ended
    this.#written = this.#drain()
    // Whoever writes or ends next learns of the error; until then nobody waits for it.
    this.#written.catch(() => undefined)
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text, 'utf8')
    this.#crc = crc32(bytes, this.#crc)
    this.#sizeBytes += bytes.length
    if (!this.#deflate.write(bytes)) await Promise.race([once(this.#deflate, 'drain'), this.#written])
  }

  async end(): Promise<void> {
    this.#deflate.end()
    await this.#written
    const sums = { crc: this.#crc, compressedBytes: this.#compressedBytes, sizeBytes: this.#sizeBytes }
    const descriptor = Buffer.alloc(16)
    descriptor.writeUInt32LE(0x08074b50, 0)
    writeSums(descriptor, 4, sums)
    await this.#archive.write(descriptor)
    this.#ended(sums)
  }

  /** Gives up the member; the archive is then no longer of use. */
  abandon(): void {
    this.#deflate.destroy()
  }

  async #drain(): Promise<void> {
    for await (const chunk of this.#deflate) {
      const bytes = chunk as Buffer
      this.#compressedBytes += bytes.length
      await this.#archive.write(bytes)
    }
  }
}

function directoryEntry(member: Member): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(VERSION, 4)
  writeCommon(head, 6)
  writeSums(head, 16, member)
  head.writeUInt16LE(member.name.length, 28)
  head.writeUInt32LE(member.offset, 42)
  return Buffer.concat([head, member.name])
}

/** Version, flags, method deflate, time and date. */
function writeCommon(head: Buffer, at: number): void {
  head.writeUInt16LE(VERSION, at)
  head.writeUInt16LE(FLAGS, at + 2)
  head.writeUInt16LE(8, at + 4)
  head.writeUInt16LE(DOS_DATE, at + 8)
}

function writeSums(
  buffer: Buffer,
  at: number,
  { crc, compressedBytes, sizeBytes }: Omit<Member, 'name' | 'offset'>,
): void {
  buffer.writeUInt32LE(crc, at)
  buffer.writeUInt32LE(compressedBytes, at + 4)
  buffer.writeUInt32LE(sizeBytes, at + 8)
}
