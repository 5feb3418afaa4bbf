import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, createZstdCompress } from 'node:zlib'

export interface Packing {
  /** Of the file as it will be called: its ending decides the compression. */
  readonly name: string
  readonly signal?: AbortSignal | undefined
}

/** Adds the pieces to the file at `path`, which is made, compressed where the name ends in `.gz` or `.zst`. */
export async function writePacked(
  pieces: AsyncIterable<string | Uint8Array>,
  path: string,
  { name, signal }: Packing,
): Promise<void> {
  const content = Readable.from(pieces, { objectMode: false })
  const out = createWriteStream(path, { flags: 'a' })
  const options = signal === undefined ? {} : { signal }
  if (/\.gz$/i.test(name)) await pipeline(content, createGzip(), out, options)
  else if (/\.zst$/i.test(name)) await pipeline(content, createZstdCompress(), out, options)
  else await pipeline(content, out, options)
}
