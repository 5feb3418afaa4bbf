import { Failure } from '../../contract/failure.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import type { ChunkProgress } from '../shared/file-chunks.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { pickColumns } from '../shared/pick-columns.ts'
import { rowReading } from '../shared/row-segments.ts'
import type { XmlSourceOptions } from './config.ts'
import { type DetectedPath, detectPath } from './detect-path.ts'
import { inferLayout, type Layout } from './layout.ts'
import { documentRecords, type LocatedRecord } from './records.ts'
import { recordRows } from './rows.ts'

/** A dataset of one or several files, with the path to its records settled. */
export interface XmlFiles {
  readonly files: readonly FolderFile[]
  readonly options: XmlSourceOptions
  readonly path: DetectedPath
  readonly layout: Layout
}

/** Looks at the first records of a dataset. @throws the failures of reading. */
export async function inspectFiles(
  files: readonly FolderFile[],
  options: XmlSourceOptions,
  signal?: AbortSignal,
): Promise<XmlFiles> {
  const path = await settledPath(files, options, signal)
  const layout = await inferLayout(allRecords({ files, options, path, progress: { fileBytes: 0n }, signal }), options)
  const names = files.map(({ name }) => name).join(', ')
  const isEmpty = layout.sampledRecords === 0 ? [`${names}: empty, no element at ${path.path}`] : []
  return { files, options, path, layout: { ...layout, warnings: [...isEmpty, ...layout.warnings] } }
}

/** Reads an inspected dataset. */
export function readFiles({ files, options, path, layout }: XmlFiles, request: ReadRequest): Reading {
  const progress: ChunkProgress = { fileBytes: 0n }
  const columns = pickColumns(request.dataset, layout.columns, request.columns)
  const total = files.reduce((sum, { fingerprint }) => sum + fingerprint.sizeBytes, 0n)
  const batches = recordRows({
    batches: allRecords({ files, options, path, progress, signal: request.signal }),
    known: layout.columns,
    columns,
    unknownFields: options.unknownFields,
    withLocator: request.withLocator === true,
  })
  const bytes = (): { read: bigint; total: bigint } => ({ read: progress.fileBytes, total })
  return rowReading({ columns, warnings: layout.warnings, batches, bytes }, request)
}

async function settledPath(
  [first]: readonly FolderFile[],
  { path, encoding }: XmlSourceOptions,
  signal: AbortSignal | undefined,
): Promise<DetectedPath> {
  if (path !== undefined || first === undefined) return { path: path ?? '/*', confidence: 1 }
  return detectPath(first, { encoding, signal })
}

interface AllRecords extends Pick<XmlFiles, 'files' | 'options' | 'path'> {
  readonly progress: ChunkProgress
  readonly signal: AbortSignal | undefined
}

async function* allRecords({ files, options, path, progress, signal }: AllRecords): AsyncGenerator<LocatedRecord[]> {
  if (signal?.aborted) throw new Failure('work.cancelled', { what: 'reading XML' })
  const namespaces = new Map(Object.entries(options.namespaces ?? {}))
  for (const file of files) {
    yield* documentRecords({ file, path: path.path, namespaces, encoding: options.encoding, progress, signal })
  }
}
