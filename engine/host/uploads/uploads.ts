import { constants, type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { newId } from '../../base/ids.ts'
import { Failure } from '../../contract/failure.ts'
import { UPLOAD_PIECE_BYTES, type UploadWish } from '../../contract/upload.ts'
import { allowedPath } from '../router/allowed-folders.ts'
import { freeFolder } from '../router/studio/free-folder.ts'
import { endingOf, safeParts } from './safe-name.ts'

export interface UploadLimits {
  /** Nothing is written outside of these, links followed. */
  readonly folders: readonly string[]
  readonly limitBytes: number
}

/** Files on their way from browsers into the allowed folders. */
export interface Uploads extends AsyncDisposable {
  /** Makes a new folder for files that belong together. */
  folder(wish: Pick<UploadWish, 'directory' | 'name'>): Promise<string>
  /** Nothing is seen under the file's name before `finish`. */
  begin(wish: UploadWish, actor: string): Promise<string>
  /** Writes one piece; a piece that broke off may be sent again from the same offset. */
  append(
    id: string,
    piece: { readonly offset: number; readonly bytes: AsyncIterable<Buffer>; readonly actor: string },
  ): Promise<void>
  /** Puts the file under its name, or under that with a number: no file is replaced. Returns its path. */
  finish(id: string, actor: string): Promise<string>
  cancel(id: string, actor: string): Promise<void>
}

interface Incoming {
  readonly actor: string
  readonly name: string
  readonly target: string
  readonly part: string
  readonly sizeBytes: number
  readonly handle: FileHandle
  received: number
  isBusy: boolean
  lastAt: number
}

const PART = '.runnel-upload-'
const IDLE_MS = 60 * 60 * 1_000
const ABANDONED_MS = 24 * IDLE_MS
const KEPT_FREE_BYTES = 64 * 1024 * 1024

export function openUploads(limits: UploadLimits): Uploads {
  const incoming = new Map<string, Incoming>()
  const drop = async (id: string): Promise<void> => {
    const found = incoming.get(id)
    incoming.delete(id)
    await found?.handle.close().catch(() => undefined)
    if (found !== undefined) await rm(found.part, { force: true })
  }
  const sweep = setInterval(() => {
    for (const [id, { lastAt, isBusy }] of incoming) if (!isBusy && Date.now() - lastAt > IDLE_MS) void drop(id)
  }, IDLE_MS / 4).unref()
  const mine = (id: string, actor: string): Incoming => {
    const found = incoming.get(id)
    if (found === undefined || found.actor !== actor || found.isBusy)
      throw new Failure('upload.lost', { file: found?.name ?? id })
    return found
  }
  return {
    folder: async ({ directory, name }) => {
      const path = await freeFolder(await placeOf(directory, safeParts(name), limits.folders))
      await mkdir(path, { recursive: true })
      return path
    },
    begin: async (wish, actor) => {
      const id = newId()
      incoming.set(id, await openPart(wish, { id, actor, limits }))
      return id
    },
    append: async (id, { offset, bytes, actor }) => {
      const upload = mine(id, actor)
      if (offset !== upload.received) throw new Failure('upload.lost', { file: upload.name })
      upload.isBusy = true
      try {
        upload.received += await writePiece(upload, bytes)
      } finally {
        upload.isBusy = false
        upload.lastAt = Date.now()
      }
    },
    finish: async (id, actor) => {
      const upload = mine(id, actor)
      if (upload.received !== upload.sizeBytes) throw new Failure('upload.lost', { file: upload.name })
      upload.isBusy = true
      try {
        await upload.handle.truncate(upload.sizeBytes)
        await upload.handle.datasync()
        return await putInPlace(upload)
      } finally {
        await drop(id)
      }
    },
    cancel: async (id, actor) => {
      if (incoming.get(id)?.actor === actor) await drop(id)
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(sweep)
      await Promise.all([...incoming.keys()].map(drop))
    },
  }
}

/** A path below `directory`, which lies in an allowed folder; a link on the way that leads elsewhere is refused. */
async function placeOf(directory: string, parts: readonly string[], folders: readonly string[]): Promise<string> {
  const base = await allowedPath(folders, directory)
  const place = join(base, ...parts)
  if ((await allowedPath(folders, dirname(place))) !== dirname(place))
    throw new Failure('file.outside_folder', { file: place })
  return place
}

async function openPart(
  { directory, name, sizeBytes }: UploadWish,
  { id, actor, limits }: { readonly id: string; readonly actor: string; readonly limits: UploadLimits },
): Promise<Incoming> {
  const { limitBytes, folders } = limits
  if (sizeBytes > limitBytes) throw new Failure('upload.too_large', { file: name, sizeBytes, limitBytes })
  const target = await placeOf(directory, safeParts(name), folders)
  const folder = dirname(target)
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = Math.max(0, bavail * bsize - KEPT_FREE_BYTES)
  if (sizeBytes > freeBytes) throw new Failure('upload.no_space', { file: name, sizeBytes, freeBytes })
  await removeAbandoned(folder)
  const part = join(folder, `${PART}${id}`)
  const handle = await open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  return { actor, name, target, part, sizeBytes, handle, received: 0, isBusy: false, lastAt: Date.now() }
}

/** What a server that was killed left behind. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(PART)) continue
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(join(folder, name), { force: true })
  }
}

async function writePiece(upload: Incoming, bytes: AsyncIterable<Buffer>): Promise<number> {
  const most = Math.min(UPLOAD_PIECE_BYTES, upload.sizeBytes - upload.received)
  let length = 0
  for await (const chunk of bytes) {
    if (length + chunk.length > most) {
      const { name: file, sizeBytes, received } = upload
      throw new Failure('upload.too_large', {
        file,
        sizeBytes: received + length + chunk.length,
        limitBytes: sizeBytes,
      })
    }
    await upload.handle.writev([chunk], upload.received + length)
    length += chunk.length
  }
  return length
}

/** The name is taken by making it: two uploads that end at once get two. */
async function putInPlace({ part, target }: Incoming): Promise<string> {
  const ending = endingOf(basename(target))
  for (let number = 1; ; number++) {
    const path = number === 1 ? target : `${target.slice(0, target.length - ending.length)}-${number}${ending}`
    const taken = await open(path, 'wx', 0o600).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
      throw error
    })
    if (taken === undefined) continue
    await taken.close()
    await rename(part, path)
    return path
  }
}
