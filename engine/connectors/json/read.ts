import { Failure } from '../../contract/failure.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import type { ChunkProgress } from '../shared/file-chunks.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { pickColumns } from '../shared/pick-columns.ts'
import { rowReading } from '../shared/row-segments.ts'
import { formatOf, type JsonSourceOptions } from './config.ts'
import { inferLayout, type Layout } from './layout.ts'
import { parseRecordPath } from './record-path.ts'
import { documentRecords, lineRecords, type RecordBatch } from './records.ts'
import { recordRows } from './rows.ts'

/** A dataset of one or several files, with the path to its records settled. */
export interface JsonFiles {
  readonly files: readonly FolderFile[]
  readonly options: JsonSourceOptions
  readonly layout: Layout
  /** Undefined for NDJSON. */
  readonly path: string | undefined
}

/** Looks at the first records of a dataset. @throws the failures of reading. */
export async function inspectFiles(
  files: readonly FolderFile[],
  options: JsonSourceOptions,
  signal?: AbortSignal,
): Promise<JsonFiles> {
  const path = await settledPath(files, options, signal)
  const warnings: string[] = []
  const warn = (warning: string): unknown => warnings.includes(warning) || warnings.push(warning)
  const settled = path === undefined ? options : { ...options, path }
  const layout = await inferLayout(
    allRecords({ files, options: settled, progress: { fileBytes: 0n }, warn, signal }),
    options,
  )
  const isEmpty = layout.sampledRecords === 0 ? [`${files.map(({ name }) => name).join(', ')}: empty, no records`] : []
  return {
    files,
    options: settled,
    path,
    layout: { ...layout, warnings: [...warnings, ...isEmpty, ...layout.warnings] },
  }
}

/** Reads an inspected dataset. */
export function readFiles({ files, options, layout }: JsonFiles, request: ReadRequest): Reading {
  const progress: ChunkProgress = { fileBytes: 0n }
  const columns = pickColumns(request.dataset, layout.columns, request.columns)
  const total = files.reduce((sum, { fingerprint }) => sum + fingerprint.sizeBytes, 0n)
  const batches = recordRows({
    batches: allRecords({ files, options, progress, warn: ignore, signal: request.signal }),
    known: layout.columns,
    columns,
    options,
    withLocator: request.withLocator === true,
  })
  const bytes = (): { read: bigint; total: bigint } => ({ read: progress.fileBytes, total })
  return rowReading({ columns, warnings: layout.warnings, batches, bytes }, request)
}

interface AllRecords {
  readonly files: readonly FolderFile[]
  readonly options: JsonSourceOptions
  readonly progress: ChunkProgress
  readonly warn: (warning: string) => unknown
  readonly signal: AbortSignal | undefined
}

async function* allRecords({ files, options, progress, warn, signal }: AllRecords): AsyncGenerator<RecordBatch> {
  if (signal?.aborted) throw new Failure('work.cancelled', { what: 'reading JSON' })
  const pathText = options.path ?? '$'
  const common = {
    path: parseRecordPath(pathText),
    pathText,
    progress,
    warn,
    ...(signal === undefined ? {} : { signal }),
  }
  for (const file of files) {
    const records = formatOf(file.name, options.format) === 'ndjson' ? lineRecords : documentRecords
    yield* records({ file, ...common })
  }
}

/** What was asked for; else `$.features` where a GeoJSON file is a collection of them. */
async function settledPath(
  files: readonly FolderFile[],
  options: JsonSourceOptions,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const [file] = files
  if (file === undefined || formatOf(file.name, options.format) === 'ndjson') return options.path
  if (options.path !== undefined || !/\.geojson(?:\.(?:gz|zst))?$/i.test(file.name)) return options.path ?? '$'
  const attempt = {
    files,
    options: { ...options, path: '$.features' },
    progress: { fileBytes: 0n },
    warn: ignore,
    signal,
  }
  try {
    for await (const { records } of allRecords(attempt)) if (records.length > 0) break
    return '$.features'
  } catch (error) {
    if (error instanceof Failure && error.code === 'json.path_missing') return '$'
    throw error
  }
}

function ignore(): void {
  // The warning was given when the dataset was inspected.
}
