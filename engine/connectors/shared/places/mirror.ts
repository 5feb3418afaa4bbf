import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { newId } from '../../../base/ids.ts'
import { Failure } from '../../../contract/failure.ts'
import { pathExists } from '../../../os/path-exists.ts'
import { fingerprintOf } from '../file-fingerprint.ts'
import type { FolderFile } from '../folder-file.ts'
import { walkFolder } from '../walk-folder.ts'
import type { Place, PlaceFile } from './place.ts'

/** Versions told by whole seconds are not trusted while the file is younger than this. */
const UNSETTLED_MS = 3_000
const KEPT_MS = 24 * 3_600_000
/** Beyond the budget what nobody asked for in this time goes first. */
const IN_USE_MS = 3_600_000
/** What is on its way is only taken away when its process must be gone. */
const UNDERWAY_MS = 7 * 24 * 3_600_000
const BUDGET_BYTES = 20 * 1024 ** 3

const fetching = new Map<string, Promise<string>>()

/**
 * A file of a place as a file of this machine, below `mirror`: one folder for each version of each file, so that a copy never changes under
 * its reader and a second reader of the same version finds it there.
 *
 * @throws Failure `file.changed` when it changed while it was fetched; those of the place.
 */
export async function fetchFile(
  { place, mirror }: { readonly place: Place; readonly mirror: string },
  file: PlaceFile,
  signal?: AbortSignal,
): Promise<FolderFile> {
  const isSettled = file.modifiedMs === undefined || Date.now() - file.modifiedMs > UNSETTLED_MS
  const key = JSON.stringify([place.id, file.name, file.version, ...(isSettled ? [] : [newId()])])
  const folder = join(mirror, createHash('sha256').update(key).digest('hex').slice(0, 40))
  const path = join(folder, file.name)
  if (await pathExists(path)) await utimes(folder, new Date(), new Date())
  else await fetchOnce(folder, () => fetchInto({ place, mirror, folder, file }, signal))
  return { name: file.name, path, fingerprint: await fingerprintOf(path) }
}

/** Those who want the same version at the same time wait for the one who began; when that one fails, each tries by itself. */
async function fetchOnce(folder: string, fetch: () => Promise<string>): Promise<void> {
  const running = fetching.get(folder)
  if (running !== undefined && (await running.then(() => true).catch(() => false))) return
  const own = fetch().finally(() => fetching.delete(folder))
  fetching.set(folder, own)
  await own
}

interface Fetch {
  readonly place: Place
  readonly mirror: string
  readonly folder: string
  readonly file: PlaceFile
}

async function fetchInto({ place, mirror, folder, file }: Fetch, signal: AbortSignal | undefined): Promise<string> {
  await removeUnused(mirror)
  const arriving = join(mirror, `arriving-${newId()}`)
  const path = join(arriving, file.name)
  try {
    await mkdir(dirname(path), { recursive: true })
    await place.download(file, path, signal)
    const { size } = await stat(path, { bigint: true })
    const after = await place.stat(file.name, signal)
    if (size !== file.sizeBytes || after?.version !== file.version)
      throw new Failure('file.changed', { file: file.name })
    await rename(arriving, folder).catch(async (error: unknown) => {
      // Another process brought the same version in the meantime.
      if (!(await pathExists(join(folder, file.name)))) throw error
    })
    return folder
  } finally {
    await rm(arriving, { recursive: true, force: true })
  }
}

/** Keeps the copies of all places together below a day of age and the budget. */
async function removeUnused(mirror: string): Promise<void> {
  const copies: { path: string; usedMs: number; sizeBytes: number }[] = []
  for (const name of await readdir(mirror)) {
    const path = join(mirror, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined) copies.push({ path, usedMs: found.mtimeMs, sizeBytes: await sizeOf(path) })
  }
  let total = copies.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  for (const { path, usedMs, sizeBytes } of copies.toSorted((a, b) => a.usedMs - b.usedMs)) {
    const ageMs = Date.now() - usedMs
    const isUnderway = /^(?:arriving|leaving)-/.test(basename(path))
    if (isUnderway ? ageMs < UNDERWAY_MS : ageMs < (total > BUDGET_BYTES ? IN_USE_MS : KEPT_MS)) continue
    await rm(path, { recursive: true, force: true })
    total -= sizeBytes
  }
}

async function sizeOf(folder: string): Promise<number> {
  let size = 0
  for (const name of await walkFolder(folder).catch(() => [])) {
    size += await stat(join(folder, name)).then(
      (found) => found.size,
      () => 0,
    )
  }
  return size
}
