import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { Failure } from '../../contract/failure.ts'
import { syncPath } from '../../os/durable-file.ts'
import { pathExists } from '../../os/path-exists.ts'
import type { WriteOutcome, WriteRequest, Writer } from '../api/writer.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { stageName } from '../shared/load/load-tables.ts'
import { walkFolder } from '../shared/walk-folder.ts'
import type { ParquetTarget } from './config.ts'
import { type Manifest, manifestFiles, readManifest, writeManifest } from './manifest.ts'
import { emptyRows, openStaging, planParquet, type Staging, stagedReading, stagePart } from './staging.ts'
import { parquetType } from './target-types.ts'

/**
 * Adds a load's files to a folder, or replaces all that is in it.
 *
 * The files come into a folder of the load's own; then the manifest is replaced, which is the commit; then files that no
 * longer count are removed. Killed in between, the next load removes what the manifest does not name. Programs that
 * read the folder without the manifest see both old and new rows for the moment between the last two steps.
 */
export async function writeFolder(path: string, request: WriteRequest, target: ParquetTarget): Promise<Writer> {
  assertPartitions(request, target)
  await mkdir(path, { recursive: true })
  const manifest = (await readManifest(path)) ?? (await foundManifest(path))
  const others = manifestFiles(manifest).length
  const plan = planParquet(request, others > 0)
  const committed = manifest.loads.find(({ loadId }) => loadId === request.loadId)
  const staging = await openStaging(path, request, target)
  return {
    plan,
    ...(committed === undefined ? {} : { committed: outcomeOf(BigInt(committed.rows)) }),
    byteFormats: [],
    stage: (relation) => stagePart(staging, relation),
    readBack: () => Promise.resolve(stagedReading(staging)),
    commit: async () => {
      assertNotCancelled(request.signal, request.dataset)
      return commitFolder(path, manifest, staging)
    },
    [Symbol.asyncDispose]: async () => {
      await rm(staging.directory, { recursive: true, force: true })
      if ((await readdir(path).catch(() => ['?'])).length === 0) await rm(path, { recursive: true })
    },
  }
}

/** Whether a folder holds rows already: files of loads, or some that were there before any. */
export async function folderHasFiles(path: string): Promise<boolean> {
  if (!(await pathExists(path))) return false
  return manifestFiles((await readManifest(path)) ?? (await foundManifest(path))).length > 0
}

async function commitFolder(path: string, before: Manifest, staging: Staging): Promise<WriteOutcome> {
  const { request, parts, directory } = staging
  const rows = parts.reduce((sum, part) => sum + part, 0n)
  if (parts.length === 0 && manifestFiles(before).length === 0) await stageEmpty(staging)
  const folder = stageName(request.dataset, request.loadId).replace('_runnel_stage_', 'load-')
  const files = (await walkFolder(directory))
    .filter((name) => name.endsWith('.parquet'))
    .map((name) => `${folder}/${name}`)
  for (const name of await walkFolder(directory)) await syncPath(joinPath(directory, name))
  await rm(joinPath(path, folder), { recursive: true, force: true })
  await rename(directory, joinPath(path, folder))
  await syncPath(path)
  const load = {
    loadId: request.loadId,
    mode: request.mode,
    rows: String(rows),
    files,
    ...(request.state === undefined ? {} : { state: request.state }),
    committedAt: new Date().toISOString(),
  }
  const columns = request.columns.map((column) => ({ name: column.name, type: parquetType(column).type }))
  const isReplace = request.mode === 'replace'
  const manifest: Manifest = {
    version: 1,
    columns,
    others: isReplace ? [] : before.others,
    loads: [...(isReplace ? [] : before.loads), load],
  }
  await writeManifest(path, manifest)
  await removeUnnamed(path, manifest)
  return outcomeOf(rows)
}

/** A folder that never had a row still has to say what its columns are. */
async function stageEmpty(staging: Staging): Promise<void> {
  if (staging.target.partitionBy.length > 0) return
  await stagePart(staging, emptyRows(staging))
}

async function removeUnnamed(path: string, manifest: Manifest): Promise<void> {
  const named = new Set(manifestFiles(manifest))
  for (const name of await walkFolder(path)) {
    if (name.endsWith('.parquet') && !named.has(name)) await rm(joinPath(path, name), { force: true })
  }
  const liveFolders = new Set([...named].map((name) => name.split('/', 1)[0]))
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name.startsWith('load-') && !liveFolders.has(entry.name)) {
      await rm(joinPath(path, entry.name), { recursive: true, force: true })
    }
  }
}

/** A folder without a manifest is all of its Parquet files. */
async function foundManifest(path: string): Promise<Manifest> {
  const files = await walkFolder(path)
  return { version: 1, columns: [], others: files.filter((name) => name.toLowerCase().endsWith('.parquet')), loads: [] }
}

function assertPartitions({ columns, dataset }: WriteRequest, { partitionBy }: ParquetTarget): void {
  const reason = partitionBy.some((name) => columns.every((column) => column.name !== name))
    ? 'a column of partitionBy is not among the rows'
    : partitionBy.length > 0 && partitionBy.length >= columns.length
      ? 'all columns are partition columns, so no file would hold any'
      : undefined
  if (reason !== undefined) throw new Failure('target.rejected', { target: dataset, reason })
}

function outcomeOf(rows: bigint): WriteOutcome {
  return { inserted: rows, updated: 0n, deleted: 0n }
}
