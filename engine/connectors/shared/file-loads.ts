import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { Cell } from '../../contract/page.ts'
import { replaceFileDurably, writeFileDurably } from '../../os/durable-file.ts'
import type { WriteOutcome } from '../api/writer.ts'

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
export async function committedLoad(path: string, loadId: string): Promise<WriteOutcome | undefined> {
  const entry = (await loadsOf(path)).findLast((load) => load.loadId === loadId)
  if (entry === undefined || !(await beginsAs(path, entry))) return undefined
  return outcomeOf(entry)
}

export interface FileLoad {
  readonly path: string
  readonly loadId: string
  readonly state?: Cell | undefined
  readonly inserted: bigint
  readonly targetRows?: bigint
  /** Writes the whole new content to a temporary path. */
  readonly produce: (temporaryPath: string) => Promise<void>
}

/** Swaps the new content in durably and remembers the load beside it. */
export async function commitLoad(load: FileLoad): Promise<WriteOutcome> {
  let entry: LoadEntry | undefined
  await replaceFileDurably(load.path, async (temporary) => {
    await load.produce(temporary)
    const { size } = await stat(temporary)
    entry = {
      loadId: load.loadId,
      sizeBytes: size,
      sha256: await sha256Of(temporary, size),
      inserted: String(load.inserted),
      ...(load.targetRows === undefined ? {} : { targetRows: String(load.targetRows) }),
      ...(load.state === undefined ? {} : { state: load.state }),
    }
    const loads = [...(await loadsOf(load.path)), entry].slice(-KEPT_LOADS)
    await writeFileDurably(notePath(load.path), `${JSON.stringify({ version: 1, loads })}\n`)
  })
  return entry === undefined ? outcomeOf({ inserted: String(load.inserted) }) : outcomeOf(entry)
}

/** Removes temporary files that a killed process left in the folder of a target; those of living writers are younger. */
export async function removeStaleTemporaries(path: string): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^\.runnel-.*\.tmp$/.test(name)) continue
    const modifiedMs = await stat(join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    if (Date.now() - modifiedMs > STALE_MS) await rm(join(folder, name), { force: true })
  }
}

async function loadsOf(path: string): Promise<LoadEntry[]> {
  const text = await readFile(notePath(path), 'utf8').catch(() => undefined)
  if (text === undefined) return []
  try {
    return loadsSchema.parse(JSON.parse(text)).loads
  } catch {
    // Notes only spare a repeated load; damaged ones must not stop a new one.
    return []
  }
}

function notePath(path: string): string {
  return join(dirname(path), `.runnel-loads-${basename(path)}.json`)
}

async function beginsAs(path: string, { sizeBytes, sha256 }: LoadEntry): Promise<boolean> {
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
