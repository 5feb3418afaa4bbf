import type { DatasetSchema } from '../../contract/dataset.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { defineConnector, type OpenRequest } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import { diagnoseFolder } from '../shared/diagnose-folder.ts'
import type { FileFolder } from '../shared/folder-file.ts'
import { inboxOf } from '../shared/folder-inbox.ts'
import { openFolder } from '../shared/open-folder.ts'
import { FILE_SECRETS, type FileConfig, fileConfigSchema } from '../shared/places/config.ts'
import { reachableFolders } from '../shared/reachable-folders.ts'
import { PARQUET_EXTENSIONS, parquetSourceSchema, parquetTargetSchema } from './config.ts'
import { listParquet, resolveParquet } from './dataset-files.ts'
import { parquetForm } from './form.ts'
import { readParquet } from './read.ts'
import { openScan } from './scan.ts'
import { planWriteParquet, writeParquet } from './write.ts'

export const parquet = defineConnector<FileConfig>({
  kind: 'parquet',
  title: { en: 'Parquet files', zh: 'Parquet 文件' },
  form: parquetForm,
  config: fileConfigSchema,
  secrets: FILE_SECRETS,
  source: parquetSourceSchema,
  target: parquetTargetSchema,
  open: openParquet,
  diagnose: (request) =>
    diagnoseFolder(request, {
      extensions: PARQUET_EXTENSIONS,
      file: async ({ name }, folder) => {
        await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
        await describeParquet(duck, folder, { dataset: name, options: {} })
      },
    }),
})

async function openParquet(request: OpenRequest<FileConfig>): Promise<Session> {
  const folder = await openFolder(request)
  let opening: Promise<Duck> | undefined
  const ownDuck = (): Promise<Duck> => (opening ??= openDuck({ memoryLimitMb: 256, threads: 1 }))
  return {
    folders: reachableFolders(folder.path),
    list: async ({ search, signal }) => {
      const wanted = search?.toLowerCase() ?? ''
      const found = (await listParquet(folder, signal)).filter(({ name }) => name.toLowerCase().includes(wanted))
      return found.map(({ name, sizeBytes }) => ({ name, kind: 'file' as const, sizeBytes }))
    },
    describe: async (dataset, options, signal) =>
      describeParquet(await ownDuck(), folder, { dataset, options, signal }),
    inbox: inboxOf(folder, PARQUET_EXTENSIONS),
    read: (read) => readParquet(folder, read),
    planWrite: (write) => planWriteParquet(folder, write),
    write: (write) => writeParquet(folder, write),
    [Symbol.asyncDispose]: async () => {
      await (await opening)?.[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function describeParquet(
  duck: Duck,
  folder: FileFolder,
  { dataset, options, signal }: { dataset: string; options: unknown; signal?: AbortSignal | undefined },
): Promise<DatasetSchema> {
  const source = await resolveParquet(folder, dataset, signal)
  const scan = await openScan(duck, source, parquetSourceSchema.parse(options))
  const detected = { files: source.files.length, partitions: source.partitions }
  return {
    columns: [...scan.columns],
    keys: [],
    rowEstimate: String(scan.rows),
    detected,
    warnings: [...scan.warnings],
  }
}
