import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { newId } from '../base/ids.ts'
import type { Reading, ReadProgress } from '../connectors/api/reading.ts'
import type { Session } from '../connectors/api/session.ts'
import { parquetType, writtenValue } from '../connectors/parquet/target-types.ts'
import { type DatasetRef, parseDatasetRef } from '../contract/dataset.ts'
import type { PolicyFile } from '../contract/policy-file.ts'
import { requireCondition } from '../duck/condition.ts'
import type { Duck, DuckCall } from '../duck/duck.ts'
import { replaceFileDurably } from '../os/durable-file.ts'
import { join, literal, type Sql, sql, trusted } from '../sql/sql.ts'
import { noRows, planTaking, type Taking } from './masked-taking.ts'
import type { SnapshotRef } from './ports.ts'
import {
  readManifests,
  type SnapshotManifest,
  type SnapshotScope,
  sha256OfFile,
  writeManifest,
} from './snapshot-file.ts'

export interface SnapshotRequest {
  readonly session: Session
  /** `connection:name`; the session is of that connection. */
  readonly dataset: string
  /** Parsed by the connector's `source` schema. */
  readonly options: unknown
  readonly scope: SnapshotScope
  /** SQL condition; of the rows for which it is true, the scope takes its share. */
  readonly where?: string
  /** The environment that the session is of. */
  readonly environment?: string
  /** Where snapshots live (`.runnel/snapshots`); made when missing. DuckDB must be allowed to write there. */
  readonly directory: string
  /**
   * Masks what is taken. The DuckDB then spills to a folder in memory and has the keys the policy names: values as they are in
   * the source are on no disk at any time.
   */
  readonly policy?: { readonly name: string; readonly file: PolicyFile }
  readonly duck: Duck
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ReadProgress) => void
}

/**
 * Copies rows of a dataset into a Parquet file with a manifest beside it. The manifest comes last: what has none does not count.
 *
 * Types that Parquet does not have are stored as connectors/parquet does; the manifest's columns say how.
 * @throws Failure of the connector; `sql.invalid` for a bad condition; `mask.unfit`; `work.cancelled`.
 */
export async function takeSnapshot(request: SnapshotRequest): Promise<SnapshotManifest> {
  const { directory, duck, scope, where } = request
  if (where !== undefined) await requireCondition(duck, where)
  await mkdir(directory, { recursive: true })
  await using reading = await openReading(request)
  const taking = await planTaking(request, reading)
  const work = await mkdtemp(joinPath(taking.mayRest ? directory : duck.spillDirectory, '.snapshot-'))
  try {
    const rejects = await copyParts(request, reading, { work, taking })
    const name = newId()
    const path = joinPath(directory, `${name}.parquet`)
    const rows = await storeParts(request, { work, path, taking })
    const manifest: SnapshotManifest = {
      version: 1,
      dataset: request.dataset,
      takenAt: new Date().toISOString(),
      scope,
      ...(where === undefined ? {} : { where }),
      ...(request.environment === undefined ? {} : { environment: request.environment }),
      ...(taking.policy === undefined ? {} : { policy: taking.policy }),
      columns: taking.columns.map((column) => ({ ...column, type: parquetType(column).type })),
      rows: String(rows),
      rejects: String(rejects),
      file: `${name}.parquet`,
      sha256: await sha256OfFile(path),
    }
    await writeManifest(directory, name, manifest)
    return manifest
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The newest snapshot of a dataset. */
export async function findSnapshot(directory: string, dataset: DatasetRef): Promise<SnapshotRef | undefined> {
  const found = await newestSnapshot(directory, `${dataset.connection}:${dataset.name}`)
  if (found === undefined) return undefined
  const { file, takenAt, columns, rows } = found
  return { path: joinPath(directory, file), takenAt, columns, rows }
}

/** The newest snapshot of a dataset, `connection:name`, with all that is known of it. */
export async function newestSnapshot(directory: string, dataset: string): Promise<SnapshotManifest | undefined> {
  return (await listSnapshots(directory)).find((manifest) => manifest.dataset === dataset)
}

/** All snapshots, newest first. A folder that is not there holds none. */
export async function listSnapshots(directory: string): Promise<SnapshotManifest[]> {
  const manifests = await readManifests(directory)
  return manifests.toSorted((a, b) =>
    a.takenAt === b.takenAt ? b.file.localeCompare(a.file) : a.takenAt < b.takenAt ? 1 : -1,
  )
}

/** Removes all snapshots of a dataset, the manifests first: a file without one does not count. Gives whether there was any. */
export async function removeSnapshots(directory: string, dataset: string): Promise<boolean> {
  const own = (await listSnapshots(directory)).filter((manifest) => manifest.dataset === dataset)
  for (const { file } of own) {
    await rm(joinPath(directory, file.replace(/parquet$/, 'json')), { force: true })
    await rm(joinPath(directory, file), { force: true })
  }
  return own.length > 0
}

/** The scope goes to the source unless a condition must see the rows first. */
function openReading(request: SnapshotRequest): Promise<Reading> {
  const { session, options, scope, where, duck, signal, onProgress } = request
  const pushed =
    where !== undefined || scope.kind === 'all'
      ? {}
      : scope.kind === 'first'
        ? { limitRows: scope.rows }
        : { sample: { rows: scope.rows, seed: scope.seed } }
  return session.read({
    dataset: parseDatasetRef(request.dataset).name,
    options,
    duck,
    ...pushed,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  })
}

/** Writes each part as a file; gives the rows that could not be read. */
async function copyParts(
  request: SnapshotRequest,
  reading: Reading,
  { work, taking }: { readonly work: string; readonly taking: Taking },
): Promise<bigint> {
  const { duck, where } = request
  const call = callOf(request)
  const values = join(taking.columns.map(writtenValue))
  const filter = where === undefined ? sql`` : sql` WHERE (${trusted(where)}\n)`
  let number = 0
  const copy = async (relation: Sql): Promise<void> => {
    const file = literal(joinPath(work, `${number++}.parquet`))
    await duck.run(
      sql`COPY (SELECT ${values} FROM (${taking.masked(sql`SELECT * FROM (${relation}) AS source_rows${filter}`)}) AS taken_rows) TO ${file} (FORMAT parquet)`,
      call,
    )
  }
  if (reading.relation !== undefined) await copy(reading.relation)
  for await (const part of reading.parts ?? []) await copy(part.relation)
  if (number === 0) await copy(noRows(reading.columns))
  return reading.counts().rejected
}

async function storeParts(
  request: SnapshotRequest,
  stored: { readonly work: string; readonly path: string; readonly taking: Taking },
): Promise<bigint> {
  const { duck, scope, where } = request
  const parts = sql`SELECT * FROM read_parquet(${literal(`${stored.work}/*.parquet`)})`
  const share =
    where === undefined || scope.kind === 'all'
      ? sql``
      : scope.kind === 'first'
        ? sql` LIMIT ${literal(scope.rows)}`
        : sql` ORDER BY hash(${literal(String(scope.seed))}, parse_filename(filename), file_row_number) LIMIT ${literal(scope.rows)}`
  let rows = 0n
  await replaceFileDurably(stored.path, async (temporary) => {
    rows = await duck.run(
      sql`COPY (${stored.taking.shuffled(sql`${parts}${share}`)}) TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd)`,
      callOf(request),
    )
  })
  return rows
}

function callOf({ signal }: SnapshotRequest): DuckCall {
  return signal === undefined ? {} : { signal }
}
