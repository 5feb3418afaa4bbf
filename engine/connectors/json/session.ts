import type { DatasetSchema } from '../../contract/dataset.ts'
import type { Reading, ReadRequest } from '../api/reading.ts'
import type { Session } from '../api/session.ts'
import { listFileDatasets, resolveFiles } from '../shared/file-folder.ts'
import type { FileFolder } from '../shared/folder-file.ts'
import { inboxOf } from '../shared/folder-inbox.ts'
import { printNestedType } from '../shared/nested-type.ts'
import { EXTENSIONS, formatOf, sourceSchema } from './config.ts'
import { inspectFiles, type JsonFiles, readFiles } from './read.ts'
import { openJsonWriter, planJsonWrite } from './writer.ts'

/** A folder of JSON files. Nothing stays open between calls. */
export function jsonSession(folder: FileFolder): Session {
  return {
    list: (request) => listFileDatasets(folder, EXTENSIONS, request),
    inbox: inboxOf(folder, EXTENSIONS),
    describe: (dataset, options, signal) => describeDataset(folder, dataset, { options, signal }),
    read: (request) => readDataset(folder, request),
    planWrite: (request) => planJsonWrite(folder, request),
    write: (request) => openJsonWriter(folder, request),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

async function describeDataset(
  folder: FileFolder,
  dataset: string,
  { options, signal }: { options: unknown; signal: AbortSignal | undefined },
): Promise<DatasetSchema> {
  const inspected = await inspectFiles(
    await resolveFiles(folder, dataset, EXTENSIONS, signal),
    sourceSchema.parse(options ?? {}),
    signal,
  )
  const { layout } = inspected
  return {
    columns: layout.columns.map(({ name, type }) => ({
      name,
      type: printNestedType(type),
      nullable: true,
      fidelity: { kind: 'exact' },
    })),
    keys: [],
    detected: detected(inspected),
    warnings: [...layout.warnings],
  }
}

function detected({ files, options, layout, path }: JsonFiles): Record<string, unknown> {
  return {
    encoding: { value: 'utf-8', confidence: 1 },
    format: { value: formatOf(files[0]?.name ?? '', options.format), confidence: 1 },
    ...(path === undefined ? {} : { path: { value: path, confidence: 1 } }),
    sampledRecords: layout.sampledRecords,
    files: files.map(({ name }) => name),
  }
}

async function readDataset(folder: FileFolder, request: ReadRequest): Promise<Reading> {
  const files = await resolveFiles(folder, request.dataset, EXTENSIONS, request.signal)
  const options = sourceSchema.parse(request.options ?? {})
  return readFiles(await inspectFiles(files, options, request.signal), request)
}
