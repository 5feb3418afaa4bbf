import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { z } from 'zod'
import { isFailure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import { replaceFileDurably, writeFileDurably } from '../../os/durable-file.ts'
import type { WriteOutcome } from '../api/writer.ts'
import type { FileTarget, PlaceTarget } from './file-target.ts'
import { fetchFile } from './places/mirror.ts'

const entrySchema = z.object({
  loadId: z.string(),
  /** Size and SHA-256 of the file right after the load: later appends keep them as its beginning. */
  sizeBytes: z.number(),
  sha256: z.string(),
  inserted: z.string(),
  targetRows: z.string().optional(),
  state: z.json().optional(),
})
const loadsSchema = z.object({ version: z.literal(1), loads: z.array(entrySchema) })
type LoadEntry = z.infer<typeof entrySchema>

const KEPT_LOADS = 100
const STALE_MS = 3_600_000

/**
 * The outcome of a load that was committed to this file before, or undefined.
 *
 * A load counts only when the file still begins with exactly the bytes it left: the note is written just before the file is
 * swapped in, so a crash between the two, or a file replaced by somebody else, reads as not committed.
 */
export async function committedLoad(target: FileTarget, loadId: string): Promise<WriteOutcome | undefined> {
  const entry = (await notesOf(target)).loads.findLast((load) => load.loadId === loadId)
  if (entry === undefined || !(await beginsAs(target, entry))) return undefined
  return outcomeOf(entry)
}

export interface FileLoad {
  readonly target: FileTarget
  readonly loadId: string
  readonly state?: Cell | undefined
  readonly inserted: bigint
  readonly targetRows?: bigint
  /** The new content holds what was there: it must not have changed in the meantime. */
  readonly isAppending?: boolean
  readonly signal?: AbortSignal | undefined
  /** Writes the whole new content to a temporary path. */
  readonly produce: (temporaryPath: string) => Promise<void>
}

/**
 * Swaps the new content in durably and remembers the load beside it.
 * @throws Failure `file.changed` when a file of a place is appended to that changed since the target was resolved; those of the place.
 */
export async function commitLoad(load: FileLoad): Promise<WriteOutcome> {
  const { target } = load
  if (target.place !== undefined) return commitInPlace(load, target)
  let entry: LoadEntry | undefined
  await replaceFileDurably(target.path, async (temporary) => {
    await load.produce(temporary)
    entry = await entryOf(load, temporary)
    const { loads } = await notesOf(target)
    await writeFileDurably(join(dirname(target.path), noteName(target.name)), notesWith(loads, entry))
  })
  return outcomeOf(entry ?? { inserted: String(load.inserted) })
}

/** When the answer to the last step is lost, the place is asked whether the load is there. */
async function commitInPlace(load: FileLoad, target: PlaceTarget): Promise<WriteOutcome> {
  const { place, mirror, name, found } = target
  const folder = await mkdtemp(join(mirror, 'leaving-'))
  try {
    const [content, notes] = [join(folder, 'content'), join(folder, 'notes')]
    await load.produce(content)
    const entry = await entryOf(load, content)
    const before = await notesOf(target)
    await writeFile(notes, notesWith(before.loads, entry))
    await place.put({ name: noteName(name), path: notes, expected: before, signal: load.signal })
    const expected = load.isAppending === true ? { expected: { version: found?.version } } : {}
    await place.put({ name, path: content, ...expected, signal: load.signal }).catch(async (error: unknown) => {
      if (!isFailure(error, 'source.unavailable') || !(await beginsAs(target, entry).catch(() => false))) throw error
    })
    return outcomeOf(entry)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function entryOf(load: FileLoad, content: string): Promise<LoadEntry> {
  const { size } = await stat(content)
  return {
    loadId: load.loadId,
    sizeBytes: size,
    sha256: await sha256Of(content, size),
    inserted: String(load.inserted),
    ...(load.targetRows === undefined ? {} : { targetRows: String(load.targetRows) }),
    ...(load.state === undefined ? {} : { state: load.state }),
  }
}

function notesWith(loads: readonly LoadEntry[], entry: LoadEntry): string {
  return `${JSON.stringify({ version: 1, loads: [...loads, entry].slice(-KEPT_LOADS) })}\n`
}

/** Removes temporary files that a killed process left in the folder of a target; those of living writers are younger. */
export async function removeStaleTemporaries(target: FileTarget): Promise<void> {
  if (target.place !== undefined) return target.place.removeStale(target.name)
  const folder = dirname(target.path)
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^\.runnel-.*\.tmp$/.test(name)) continue
    const modifiedMs = await stat(join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    if (Date.now() - modifiedMs > STALE_MS) await rm(join(folder, name), { force: true })
  }
}

interface Notes {
  readonly loads: readonly LoadEntry[]
  /** Of a place: which notes these are. */
  readonly version: string | undefined
}

async function notesOf(target: FileTarget): Promise<Notes> {
  if (target.place === undefined) {
    const path = join(dirname(target.path), noteName(target.name))
    return { loads: loadsIn(await readFile(path, 'utf8').catch(() => '')), version: undefined }
  }
  const found = await target.place.stat(noteName(target.name))
  if (found === undefined) return { loads: [], version: undefined }
  const { path } = await fetchFile(target, found)
  return { loads: loadsIn(await readFile(path, 'utf8')), version: found.version }
}

/** Notes only spare a repeated load; damaged ones must not stop a new one. */
function loadsIn(text: string): LoadEntry[] {
  try {
    return loadsSchema.parse(JSON.parse(text)).loads
  } catch {
    return []
  }
}

function noteName(name: string): string {
  return posix.join(posix.dirname(name), `.runnel-loads-${posix.basename(name)}.json`)
}

/** Of a place the file is fetched to look: notes that name this load are rare. */
async function beginsAs(target: FileTarget, entry: LoadEntry): Promise<boolean> {
  if (target.place === undefined) return fileBeginsAs(target.path, entry)
  const now = await target.place.stat(target.name)
  if (now === undefined || now.sizeBytes < BigInt(entry.sizeBytes)) return false
  return fileBeginsAs((await fetchFile(target, now)).path, entry)
}

async function fileBeginsAs(path: string, { sizeBytes, sha256 }: LoadEntry): Promise<boolean> {
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  )
  return size >= sizeBytes && (await sha256Of(path, sizeBytes)) === sha256
}

async function sha256Of(path: string, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256')
  if (sizeBytes > 0) for await (const chunk of createReadStream(path, { end: sizeBytes - 1 })) hash.update(chunk)
  return hash.digest('hex')
}

function outcomeOf(entry: Pick<LoadEntry, 'inserted' | 'targetRows'>): WriteOutcome {
  return {
    inserted: BigInt(entry.inserted),
    updated: 0n,
    deleted: 0n,
    ...(entry.targetRows === undefined ? {} : { targetRows: BigInt(entry.targetRows) }),
  }
}
