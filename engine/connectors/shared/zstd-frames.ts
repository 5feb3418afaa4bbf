import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'

const CHUNK_BYTES = 1024 * 1024

/**
 * The content of all frames of a Zstandard file. Node's decompressor ends after the first frame without a word, and files written by
 * several threads or by appending have many.
 */
export async function* zstdFrames(
  path: string,
  sizeBytes: number,
  onCompressedBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  for (let start = 0; start < sizeBytes; ) {
    const frame = createZstdDecompress({ chunkSize: CHUNK_BYTES })
    const source = createReadStream(path, { start, highWaterMark: CHUNK_BYTES })
    // The error reaches the reader of the frame; the callback only keeps it from being thrown twice.
    const stream = pipeline(source, frame, () => undefined)
    try {
      for await (const chunk of stream) {
        onCompressedBytes(start + frame.bytesWritten)
        yield chunk as Buffer
      }
    } finally {
      source.destroy()
      frame.destroy()
    }
    // What the frame took; a frame is never empty, so this moves on.
    start += Math.max(1, frame.bytesWritten)
  }
  onCompressedBytes(sizeBytes)
}
