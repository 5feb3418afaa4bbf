import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { RelationFiles } from './relation-files.ts'

const READ_BYTES = 256 * 1024

/** The bytes of a file and of every further one that this consumer gets; each is removed once it was sent. */
export async function* fileBytes(files: RelationFiles, first: string): AsyncGenerator<Uint8Array> {
  for (let file: string | undefined = first; file !== undefined; file = await files.next()) {
    for await (const bytes of createReadStream(file, { highWaterMark: READ_BYTES })) yield bytes as Uint8Array
    await rm(file, { force: true })
  }
}
