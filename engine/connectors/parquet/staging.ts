import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { Failure, isFailure } from '../../contract/failure.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { Reading } from '../api/reading.ts'
import type { WritePlan, WriteRequest } from '../api/writer.ts'
import { fromRelation } from '../shared/load/from-relation.ts'
import { stageName, stagePrefix } from '../shared/load/load-tables.ts'
import type { ParquetTarget } from './config.ts'
import { joinFiles } from './join-files.ts'
import { parquetType, writtenValue } from './target-types.ts'

/** Key in a file's metadata that names the load which made it. */
export const LOAD_KEY = 'runnel_load'
/** A row group of this size is worth reading by itself, however few rows it has. */
const FULL_GROUP_BYTES = 8 * 1024 * 1024

export interface Staging {
  readonly request: WriteRequest
  readonly target: ParquetTarget
  /** A hidden folder beside the target, on the same disk; one numbered part per call of `stage`. */
  readonly directory: string
  /** Rows of each part. */
  readonly parts: bigint[]
}

/** Makes an empty staging folder in `parent` and removes what killed loads of this dataset left there. */
export async function openStaging(parent: string, request: WriteRequest, target: ParquetTarget): Promise<Staging> {
  await mkdir(parent, { recursive: true })
  const prefix = `.${stagePrefix(request.dataset)}`
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(joinPath(parent, name), { recursive: true, force: true })
  }
  const directory = joinPath(parent, `.${stageName(request.dataset, request.loadId)}`)
  await mkdir(directory)
  return { request, target, directory, parts: [] }
}

export function planParquet({ columns, dataset }: WriteRequest, exists: boolean): WritePlan {
  if (columns.length === 0) throw new Failure('target.rejected', { target: dataset, reason: 'there are no columns' })
  const mappings = columns.map((column) => {
    const { type, fidelity } = parquetType(column)
    return { column: column.name, from: column.type, to: type, fidelity }
  })
  return { exists, statements: [], mappings, warnings: [] }
}

/** Writes the relation as the next part: a file, or folders of files when the target is partitioned. */
export async function stagePart(staging: Staging, relation: Sql): Promise<bigint> {
  const { request, target, directory, parts } = staging
  const values = join(request.columns.map(writtenValue))
  const path = partPath(staging, parts.length)
  if (target.partitionBy.length > 0) await mkdir(joinPath(directory, String(parts.length)))
  try {
    const rows = await request.duck.run(
      sql`COPY (SELECT ${values} FROM ${fromRelation(relation)} AS rows_in) TO ${literal(path)} (${copyOptions(staging)})`,
      request.signal === undefined ? {} : { signal: request.signal },
    )
    parts.push(rows)
    return rows
  } catch (error) {
    if (!isFailure(error, 'sql.invalid')) throw error
    const reason = error.cause instanceof Error ? error.cause.message : error.message
    throw /^(Conversion|Out of Range)/.test(reason)
      ? new Failure('target.rejected', { target: request.dataset, reason }, { cause: error })
      : error
  }
}

/** The one file that holds every part; NULL parts make a file without rows. */
export async function joinParts(staging: Staging): Promise<string> {
  const { request, directory, parts } = staging
  if (parts.length === 0) await stagePart(staging, emptyRows(staging))
  if (parts.length <= 1) return partPath(staging, 0)
  const files = parts.map((_rows, number) => partPath(staging, number))
  if ((await haveFullGroups(staging, files)) && (await joinFiles(files, request.signal))) return partPath(staging, 0)
  const whole = joinPath(directory, 'whole.parquet')
  await request.duck.run(sql`COPY (${stagedRows(staging)}) TO ${literal(whole)} (${copyOptions(staging)})`)
  return whole
}

/** Whether putting the parts one after the other leaves row groups of a useful size: each part but the last fills one. */
async function haveFullGroups({ target, parts }: Staging, files: readonly string[]): Promise<boolean> {
  for (const [i, file] of files.slice(0, -1).entries()) {
    if ((parts[i] ?? 0n) >= BigInt(target.rowGroupRows)) continue
    if ((await stat(file)).size < FULL_GROUP_BYTES) return false
  }
  return true
}

/** The staged rows with the types they were written with. */
export function stagedReading(staging: Staging): Reading {
  const { request, parts } = staging
  const rows = parts.reduce((sum, part) => sum + part, 0n)
  return {
    columns: request.columns.map((column) => ({ name: column.name, type: parquetType(column).type })),
    relation: rows === 0n ? emptyRows(staging) : stagedRows(staging),
    warnings: [],
    counts: () => ({ rows, rejected: 0n, bytes: 0n }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

export function emptyRows({ request }: Staging): Sql {
  const columns = request.columns.map((column) => sql`NULL::${trusted(parquetType(column).type)} AS ${id(column.name)}`)
  return sql`SELECT ${join(columns)} WHERE false`
}

function stagedRows({ request, target, directory }: Staging): Sql {
  const names = join(request.columns.map(({ name }) => id(name)))
  const files = literal(`${directory.replace(/[*?[]/g, (letter) => `[${letter}]`)}/**/*.parquet`)
  const types = request.columns
    .filter(({ name }) => target.partitionBy.includes(name))
    .map((column) => sql`${literal(column.name)}: ${trusted(parquetType(column).type)}`)
  const hive =
    types.length === 0 ? sql`hive_partitioning = false` : sql`hive_partitioning = true, hive_types = {${join(types)}}`
  return sql`SELECT ${names} FROM read_parquet(${files}, ${hive})`
}

function partPath({ target, directory }: Staging, number: number): string {
  return joinPath(directory, target.partitionBy.length > 0 ? String(number) : `${number}.parquet`)
}

function copyOptions({ request, target }: Staging): Sql {
  const compression = target.compression === 'none' ? 'uncompressed' : target.compression
  const options = [
    sql`FORMAT parquet`,
    sql`COMPRESSION ${trusted(compression)}`,
    sql`ROW_GROUP_SIZE ${literal(target.rowGroupRows)}`,
    sql`KV_METADATA {${id(LOAD_KEY)}: ${literal(request.loadId)}}`,
  ]
  if (target.partitionBy.length > 0)
    options.push(sql`PARTITION_BY (${join(target.partitionBy.map((name) => id(name)))})`)
  return join(options)
}
