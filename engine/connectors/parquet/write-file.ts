import { rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { replaceFileDurably } from '../../os/durable-file.ts'
import { literal, sql } from '../../sql/sql.ts'
import type { WriteOutcome, WriteRequest, Writer } from '../api/writer.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import type { ParquetTarget } from './config.ts'
import { joinParts, LOAD_KEY, openStaging, planParquet, stagedReading, stagePart } from './staging.ts'

/** Replaces one file; the load's id stands in its metadata. */
export async function writeFile(path: string, request: WriteRequest, target: ParquetTarget): Promise<Writer> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  const plan = planParquet(request, exists)
  const committed = exists ? await committedOutcome(path, request) : undefined
  const staging = await openStaging(dirname(path), request, target)
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
      await replaceFileDurably(path, (temporary) => rename(whole, temporary))
      return { inserted, updated: 0n, deleted: 0n, targetRows: inserted }
    },
    [Symbol.asyncDispose]: () => rm(staging.directory, { recursive: true, force: true }),
  }
}

/** A file that is not readable is about to be replaced anyway. */
async function committedOutcome(path: string, { duck, loadId }: WriteRequest): Promise<WriteOutcome | undefined> {
  const file = literal(path.replace(/[*?[]/g, (letter) => `[${letter}]`))
  const loads = await duck
    .rows(sql`SELECT decode(value) FROM parquet_kv_metadata(${file}) WHERE decode(key) = ${literal(LOAD_KEY)}`)
    .catch(() => undefined)
  if (loads?.rows[0]?.[0] !== loadId) return undefined
  const rows = BigInt((await duck.value(sql`SELECT num_rows FROM parquet_file_metadata(${file})`)) ?? '0')
  return { inserted: rows, updated: 0n, deleted: 0n, targetRows: rows }
}
