import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { Failure } from '../../contract/failure.ts'

/** One member of an archive, as the central directory has it. */
interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly offset: number
}

/** Limits against archives that are made to explode. Deflate reaches 1,000:1; sheets of real workbooks stay below 100:1. */
interface ZipLimits {
  readonly totalBytes: number
  readonly ratio: number
  /** Members smaller than this may have any ratio. */
  readonly ratioFromBytes: number
}

const ZIP_LIMITS: ZipLimits = {
  totalBytes: 8 * 1024 ** 3,
  ratio: 200,
  ratioFromBytes: 64 * 1024 ** 2,
}

/** A zip archive that is read where it lies: nothing is unpacked to the disk, so a member's name is only ever a key. */
export interface ZipArchive extends AsyncDisposable {
  readonly names: readonly string[]
  /** The content of a member; undefined when there is none of that name (case is ignored, as Excel does). */
  chunks(name: string): AsyncIterable<Uint8Array> | undefined
}

const END_RECORD = 0x06054b50
const END_RECORD_64 = 0x06064b50
const CENTRAL_RECORD = 0x02014b50
const LOCAL_RECORD = 0x04034b50
const MAX_ENTRIES = 100_000

/** @throws Failure `excel.not_a_workbook` for a damaged archive, `excel.zip_bomb`. */
export async function openZip(path: string, file: string, limits = ZIP_LIMITS): Promise<ZipArchive> {
  const handle = await open(path, 'r')
  try {
    const entries = await readDirectory(handle, file)
    assertLimits(entries, file, limits)
    const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]))
    return {
      names: entries.map(({ name }) => name),
      chunks: (name) => {
        const entry = byName.get(name.toLowerCase())
        return entry === undefined ? undefined : entryChunks(handle, entry, { file, limits })
      },
      [Symbol.asyncDispose]: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function readDirectory(handle: FileHandle, file: string): Promise<ZipEntry[]> {
  const { size } = await handle.stat()
  const tail = await bytesAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557))
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== END_RECORD) end--
  if (end < 0) throw damaged(file, 'its directory is missing')
  let count = tail.readUInt16LE(end + 10)
  let length = tail.readUInt32LE(end + 12)
  let start = tail.readUInt32LE(end + 16)
  if (start === 0xffffffff || count === 0xffff || length === 0xffffffff) {
    const locator = end - 20
    if (locator < 0) throw damaged(file, 'its directory is missing')
    const record = await bytesAt(handle, Number(tail.readBigUInt64LE(locator + 8)), 56)
    if (record.length < 56 || record.readUInt32LE(0) !== END_RECORD_64) throw damaged(file, 'its directory is missing')
    count = Number(record.readBigUInt64LE(32))
    length = Number(record.readBigUInt64LE(40))
    start = Number(record.readBigUInt64LE(48))
  }
  if (count > MAX_ENTRIES || start + length > size) throw damaged(file, 'its directory lies outside the file')
  return parseDirectory(await bytesAt(handle, start, length), count, file)
}

function parseDirectory(directory: Buffer, count: number, file: string): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL_RECORD) {
      throw damaged(file, 'its directory is damaged')
    }
    const nameLength = directory.readUInt16LE(at + 28)
    const extraLength = directory.readUInt16LE(at + 30)
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const large = largeSizes(extra, [
      directory.readUInt32LE(at + 24),
      directory.readUInt32LE(at + 20),
      directory.readUInt32LE(at + 42),
    ])
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      sizeBytes: large[0] ?? 0,
      compressedBytes: large[1] ?? 0,
      offset: large[2] ?? 0,
    })
    at += 46 + nameLength + extraLength + directory.readUInt16LE(at + 32)
  }
  return entries
}

/** Sizes that do not fit 32 bits stand in the zip64 extra field, in this order. */
function largeSizes(extra: Buffer, sizes: readonly number[]): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    return sizes.map((size) => {
      if (size !== 0xffffffff || from + 8 > extra.length) return size
      from += 8
      return Number(extra.readBigUInt64LE(from - 8))
    })
  }
  return [...sizes]
}

function assertLimits(entries: readonly ZipEntry[], file: string, limits: ZipLimits): void {
  const total = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (total > limits.totalBytes) {
    throw new Failure('excel.zip_bomb', { file, limit: `${limits.totalBytes} bytes unpacked` })
  }
  for (const entry of entries) assertRatio(entry.sizeBytes, entry.compressedBytes, { file, limits })
}

function assertRatio(size: number, compressed: number, { file, limits }: { file: string; limits: ZipLimits }): void {
  if (size > limits.ratioFromBytes && size > limits.ratio * Math.max(1, compressed)) {
    throw new Failure('excel.zip_bomb', { file, limit: `${limits.ratio} times its packed size` })
  }
}

async function* entryChunks(
  handle: FileHandle,
  entry: ZipEntry,
  { file, limits }: { file: string; limits: ZipLimits },
): AsyncGenerator<Uint8Array> {
  const head = await bytesAt(handle, entry.offset, 30)
  if (head.length < 30 || head.readUInt32LE(0) !== LOCAL_RECORD) throw damaged(file, `${entry.name} is missing`)
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  const packed = packedChunks(handle, start, entry.compressedBytes)
  if (entry.method !== 0 && entry.method !== 8) throw damaged(file, `${entry.name} is packed in an unknown way`)
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 })
  const stream: AsyncIterable<Uint8Array> = entry.method === 0 ? packed : pipeline(packed, inflate, () => undefined)
  let bytes = 0
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      // What the directory says about sizes need not be true.
      if (bytes > limits.totalBytes)
        throw new Failure('excel.zip_bomb', { file, limit: `${limits.totalBytes} bytes unpacked` })
      assertRatio(bytes, entry.compressedBytes, { file, limits })
      yield chunk
    }
  } catch (error) {
    throw error instanceof Failure ? error : damaged(file, `${entry.name}: ${String(error)}`)
  } finally {
    inflate.destroy()
  }
}

async function* packedChunks(handle: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += 256 * 1024) {
    yield await bytesAt(handle, start + at, Math.min(256 * 1024, length - at))
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function damaged(file: string, reason: string): Failure {
  return new Failure('file.corrupt', { file, reason })
}
