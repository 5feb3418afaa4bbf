import { mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { replaceFileDurably } from '../../os/durable-file.ts'
import { literal, sql } from '../../sql/sql.ts'
import type { WriteOutcome, WriteRequest, Writer } from '../api/writer.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { commitLoad, committedLoad } from '../shared/file-loads.ts'
import type { FileTarget } from '../shared/file-target.ts'
import type { ParquetTarget } from './config.ts'
import { joinParts, LOAD_KEY, openStaging, planParquet, stagedReading, stagePart } from './staging.ts'

/** Replaces one file; the load's id stands in its metadata, and elsewhere than on this machine beside it. */
export async function writeFile(file: FileTarget, request: WriteRequest, target: ParquetTarget): Promise<Writer> {
  const plan = planParquet(request, file.exists)
  const committed = file.exists ? await committedOutcome(file, request) : undefined
  if (file.place !== undefined) await file.place.removeStale(file.name)
  const parent = file.place === undefined ? dirname(file.path) : await mkdtemp(join(file.mirror, 'leaving-'))
  const staging = await openStaging(parent, request, target)
  return {
    plan,
    ...(committed === undefined ? {} : { committed }),
    byteFormats: [],
    stage: (relation) => stagePart(staging, relation),
    readBack: () => Promise.resolve(stagedReading(staging)),
    commit: async () => {
      assertNotCancelled(request.signal, request.dataset)
      const inserted = staging.parts.reduce((sum, rows) => sum + rows, 0n)
      const whole = await joinParts(staging)
      const produce = (temporary: string): Promise<void> => rename(whole, temporary)
      if (file.place !== undefined) {
        const { loadId, state, signal } = request
        return commitLoad({ target: file, loadId, state, inserted, targetRows: inserted, signal, produce })
      }
      await replaceFileDurably(file.path, produce)
      return { inserted, updated: 0n, deleted: 0n, targetRows: inserted }
    },
    [Symbol.asyncDispose]: () =>
      rm(file.place === undefined ? staging.directory : parent, { recursive: true, force: true }),
  }
}

/** A file that is not readable is about to be replaced anyway. */
async function committedOutcome(target: FileTarget, { duck, loadId }: WriteRequest): Promise<WriteOutcome | undefined> {
  if (target.place !== undefined) return committedLoad(target, loadId)
  const file = literal(target.path.replace(/[*?[]/g, (letter) => `[${letter}]`))
  const loads = await duck
    .rows(sql`SELECT decode(value) FROM parquet_kv_metadata(${file}) WHERE decode(key) = ${literal(LOAD_KEY)}`)
    .catch(() => undefined)
  if (loads?.rows[0]?.[0] !== loadId) return undefined
  const rows = BigInt((await duck.value(sql`SELECT num_rows FROM parquet_file_metadata(${file})`)) ?? '0')
  return { inserted: rows, updated: 0n, deleted: 0n, targetRows: rows }
}
