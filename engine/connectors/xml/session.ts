import type { DatasetSchema } from '../../contract/dataset.ts'
import type { Session } from '../api/session.ts'
import { listFileDatasets, resolveFiles } from '../shared/file-folder.ts'
import type { FileFolder } from '../shared/folder-file.ts'
import { inboxOf } from '../shared/folder-inbox.ts'
import { printNestedType } from '../shared/nested-type.ts'
import { EXTENSIONS, sourceSchema } from './config.ts'
import { inspectFiles, readFiles, type XmlFiles } from './read.ts'
import { openXmlWriter, planXmlWrite } from './writer.ts'

/** A folder of XML files. Nothing stays open between calls. */
export function xmlSession(folder: FileFolder): Session {
  const inspect = async (dataset: string, options: unknown, signal?: AbortSignal): Promise<XmlFiles> =>
    inspectFiles(await resolveFiles(folder, dataset, EXTENSIONS, signal), sourceSchema.parse(options ?? {}), signal)
  return {
    list: (request) => listFileDatasets(folder, EXTENSIONS, request),
    inbox: inboxOf(folder, EXTENSIONS),
    describe: async (dataset, options, signal) => schemaOf(await inspect(dataset, options, signal)),
    read: async (request) => readFiles(await inspect(request.dataset, request.options, request.signal), request),
    planWrite: (request) => planXmlWrite(folder, request),
    write: (request) => openXmlWriter(folder, request),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

function schemaOf({ files, path, layout }: XmlFiles): DatasetSchema {
  return {
    columns: layout.columns.map(({ name, type }) => ({
      name,
      type: printNestedType(type),
      nullable: true,
      fidelity: { kind: 'exact' },
    })),
    keys: [],
    detected: {
      path: { value: path.path, confidence: path.confidence },
      sampledRecords: layout.sampledRecords,
      files: files.map(({ name }) => name),
    },
    warnings: [...layout.warnings],
  }
}
