import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Failure } from '../../contract/failure.ts'
import { assertUnchanged } from './file-fingerprint.ts'
import type { FolderFile } from './folder-file.ts'
import { zstdFrames } from './zstd-frames.ts'

const CHUNK_BYTES = 256 * 1024

/** Bytes taken from the file so far; compressed ones where it is compressed. */
export interface ChunkProgress {
  fileBytes: bigint
}

/**
 * The content of a file in order, decompressed when its name ends in `.gz` or `.zst`. Chunks are never reused.
 *
 * After the last chunk the file is compared with what it was when it was resolved; stopping early skips that.
 * @throws Failure `file.changed`, `file.corrupt` (compression), `work.cancelled`, `source.unavailable`.
 */
export async function* fileChunks(
  file: FolderFile,
  progress: ChunkProgress,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const before = progress.fileBytes
  const { stream, bytesRead, close } = openStream(file)
  try {
    for await (const chunk of stream) {
      if (signal?.aborted) throw new Failure('work.cancelled', { what: file.name })
      progress.fileBytes = before + BigInt(bytesRead())
      yield chunk
    }
    progress.fileBytes = before + BigInt(bytesRead())
  } catch (error) {
    throw error instanceof Failure ? error : chunkFailure(error, file.name)
  } finally {
    close()
  }
  await assertUnchanged(file)
}

interface OpenStream {
  readonly stream: AsyncIterable<Uint8Array>
  readonly bytesRead: () => number
  readonly close: () => void
}

function openStream({ name, path, fingerprint }: FolderFile): OpenStream {
  const lower = name.toLowerCase()
  if (lower.endsWith('.zst')) {
    let read = 0
    const stream = zstdFrames(path, Number(fingerprint.sizeBytes), (bytes) => {
      read = bytes
    })
    return { stream, bytesRead: () => read, close: () => undefined }
  }
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const bytesRead = (): number => source.bytesRead
  const close = (): void => void source.destroy()
  if (!lower.endsWith('.gz')) return { stream: source, bytesRead, close }
  // The error reaches the reader of the last stream; the callback only keeps it from being thrown twice.
  const stream = pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined)
  return { stream, bytesRead, close }
}

function chunkFailure(error: unknown, file: string): Failure {
  const reason = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(?:Z_|ZSTD_|ERR_)/.test(code)) return new Failure('file.corrupt', { file, reason }, { cause: error })
  return new Failure('source.unavailable', { source: file, reason }, { cause: error })
}
