import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { fileChunks } from '../shared/file-chunks.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { writePacked } from '../shared/write-packed.ts'
import { indentJson } from './print.ts'
import { textLines } from './text-lines.ts'

export interface Composition {
  /** One record per line, each ended by a line feed. */
  readonly stagePath: string
  /** The name decides the compression. */
  readonly name: string
  readonly isArray: boolean
  readonly isPretty: boolean
  /** NDJSON that the records are added to. */
  readonly before?: FolderFile
  readonly signal?: AbortSignal
}

/** Writes the file as it is to be, whole, to `path`. */
export async function composeFile(composition: Composition, path: string): Promise<void> {
  const { name, before, signal } = composition
  const options = signal === undefined ? {} : { signal }
  if (before !== undefined) await pipeline(createReadStream(before.path), createWriteStream(path), options)
  const isCut = before !== undefined && (await endsInsideLine(before))
  await writePacked(pieces(composition, isCut), path, { name, signal })
}

async function* pieces(
  { stagePath, name, isArray, isPretty }: Composition,
  isCut: boolean,
): AsyncGenerator<string | Buffer> {
  if (isCut) yield '\n'
  if (!isArray) {
    yield* createReadStream(stagePath)
    return
  }
  let records = 0
  yield '['
  // Not readline: it also splits at U+2028, which JSON strings may hold.
  for await (const lines of textLines(createReadStream(stagePath), name)) {
    for (const { bytes } of lines) {
      const line = Buffer.from(bytes).toString('utf8')
      yield `${records === 0 ? '\n' : ',\n'}${isPretty ? indented(line) : line}`
      records++
    }
  }
  yield records === 0 ? ']\n' : '\n]\n'
}

function indented(line: string): string {
  return `  ${indentJson(line).replaceAll('\n', '\n  ')}`
}

async function endsInsideLine(file: FolderFile): Promise<boolean> {
  let last: number | undefined
  for await (const chunk of fileChunks(file, { fileBytes: 0n })) last = chunk.at(-1) ?? last
  return last !== undefined && last !== 0x0a
}
