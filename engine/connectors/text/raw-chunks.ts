import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { Failure } from '../../contract/failure.ts'
import { zstdFrames } from '../shared/zstd-frames.ts'
import type { Compression } from './options.ts'

export interface RawFile {
  readonly name: string
  readonly path: string
  readonly compression: Compression
  /** Stop after this many bytes of an uncompressed file: where its footer begins. */
  readonly endByte?: number
}

const CHUNK_BYTES = 4 * 1024 * 1024

/**
 * The bytes of a file, decompressed, in pieces of a few MB.
 * @throws Failure `file.corrupt` when a compressed file is damaged or cut off, `work.cancelled`.
 */
export async function* rawChunks(file: RawFile, signal?: AbortSignal): AsyncGenerator<Buffer> {
  for await (const chunk of file.compression === 'none' ? plainChunks(file) : unpackedChunks(file)) {
    if (signal?.aborted) throw new Failure('work.cancelled', { what: `reading ${file.name}` })
    yield chunk
  }
}

async function* plainChunks({ path, endByte = Infinity }: RawFile): AsyncGenerator<Buffer> {
  await using handle = await open(path, 'r')
  for (let position = 0; position < endByte; ) {
    const wanted = Math.min(CHUNK_BYTES, endByte - position)
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(wanted), 0, wanted, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function* unpackedChunks({ name, path, compression }: RawFile): AsyncGenerator<Buffer> {
  try {
    if (compression === 'zstd') yield* zstdFrames(path, (await stat(path)).size)
    else yield* gunzipped(path)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('file.corrupt', { file: name, reason: `${compression}: ${reason}` }, { cause: error })
  }
}

async function* gunzipped(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES / 4 })
  source.on('error', (error) => unpacked.destroy(error))
  try {
    for await (const chunk of source.pipe(unpacked)) yield chunk as Buffer
  } finally {
    source.destroy()
    unpacked.destroy()
  }
}
