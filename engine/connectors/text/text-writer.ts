import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdtemp, open, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, createZstdCompress } from 'node:zlib'
import { Failure } from '../../contract/failure.ts'
import type { Sql } from '../../sql/sql.ts'
import type { Reading } from '../api/reading.ts'
import type { WriteOutcome, WritePlan, WriteRequest, Writer } from '../api/writer.ts'
import { commitLoad, committedLoad, removeStaleTemporaries } from '../shared/file-loads.ts'
import type { FileFolder, FolderFile } from '../shared/folder-file.ts'
import { encodedRows } from './encode-rows.ts'
import { readBackText } from './read-back.ts'
import { stageRows } from './stage-rows.ts'
import { type TextTarget, textTarget } from './text-target.ts'

/** What a load would do to a file. */
export async function planTextWrite(folder: FileFolder, request: WriteRequest): Promise<WritePlan> {
  return (await textTarget(folder, request)).plan
}

/** Opens a writer that stages in the spill folder and swaps the file in when it commits. */
export async function openTextWriter(folder: FileFolder, request: WriteRequest): Promise<Writer> {
  const target = await textTarget(folder, request)
  await removeStaleTemporaries(target.file)
  const committed = await committedLoad(target.file, request.loadId)
  const stageFolder = await mkdtemp(joinPath(request.duck.spillDirectory, 'text-stage-'))
  return new TextWriter(target, stageFolder, committed)
}

class TextWriter implements Writer {
  readonly plan: WritePlan
  readonly committed?: WriteOutcome
  readonly byteFormats = []
  readonly #target: TextTarget
  readonly #folder: string
  readonly #stages: string[] = []
  #rows = 0n
  #composed: Promise<string> | undefined

  constructor(target: TextTarget, folder: string, committed: WriteOutcome | undefined) {
    this.plan = target.plan
    this.#target = target
    this.#folder = folder
    if (committed !== undefined) this.committed = committed
  }

  async stage(relation: Sql): Promise<bigint> {
    const path = joinPath(this.#folder, `rows-${this.#stages.length}.csv`)
    const staged = await stageRows(this.#target, this.#target.request.duck, relation, path)
    this.#stages.push(path)
    this.#rows += staged
    return staged
  }

  async readBack(): Promise<Reading> {
    return readBackText(this.#target, await this.#compose())
  }

  async commit(): Promise<WriteOutcome> {
    const { request, file, before } = this.#target
    const composed = await this.#compose()
    if (request.signal?.aborted === true)
      throw new Failure('work.cancelled', { what: `the load of ${request.dataset}` })
    return commitLoad({
      target: file,
      loadId: request.loadId,
      state: request.state,
      inserted: this.#rows,
      ...(before === undefined ? { targetRows: this.#rows } : { isAppending: true }),
      signal: request.signal,
      produce: (temporary) =>
        before === undefined ? copyFile(composed, temporary) : appended(this.#target, { before, composed, temporary }),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#composed?.catch(() => undefined)
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** The new bytes of the target, compressed, in the spill folder. */
  #compose(): Promise<string> {
    this.#composed ??= (async () => {
      const path = joinPath(this.#folder, 'composed')
      const bytes = Readable.from(encodedRows(this.#target, this.#stages))
      const output = createWriteStream(path)
      const { compression } = this.#target
      if (compression === 'none') await pipeline(bytes, output)
      else await pipeline(bytes, compression === 'gzip' ? createGzip() : createZstdCompress(), output)
      return path
    })()
    return this.#composed
  }
}

interface Appended {
  readonly before: FolderFile
  readonly composed: string
  readonly temporary: string
}

/** The old content, a line end if it lacks one, and the new rows. Compressed files may simply follow each other. */
async function appended(target: TextTarget, { before, composed, temporary }: Appended): Promise<void> {
  await copyFile(before.path, temporary)
  if (target.compression === 'none' && !(await endsLine(target, before.path))) {
    await using file = await open(temporary, 'a')
    const lineEnd = target.options.lineEnd === 'crlf' ? '\r\n' : '\n'
    const text = Buffer.from(lineEnd, target.encoding.unitBytes === 2 ? 'utf16le' : 'utf8')
    await file.appendFile(target.encoding.label === 'utf-16be' ? text.swap16() : text)
  }
  await pipeline(createReadStream(composed), createWriteStream(temporary, { flags: 'a' }))
}

async function endsLine({ encoding }: TextTarget, path: string): Promise<boolean> {
  await using file = await open(path, 'r')
  const { size } = await file.stat()
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, Math.max(0, size - 2))
  const last = encoding.label === 'utf-16le' ? buffer[0] : buffer[1]
  return last === 0x0a || last === 0x0d
}
