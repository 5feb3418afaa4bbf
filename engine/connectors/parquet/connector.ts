import { access, constants } from 'node:fs/promises'
import type { DatasetSchema } from '../../contract/dataset.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { defineConnector, type OpenRequest } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import { type FileFolder, fileFolder, listFiles } from '../shared/file-folder.ts'
import { folderInbox } from '../shared/folder-inbox.ts'
import { reachableFolders } from '../shared/reachable-folders.ts'
import { stagedDiagnosis } from '../shared/staged-diagnosis.ts'
import {
  PARQUET_EXTENSIONS,
  type ParquetConfig,
  parquetConfigSchema,
  parquetSourceSchema,
  parquetTargetSchema,
} from './config.ts'
import { listParquet, resolveParquet } from './dataset-files.ts'
import { parquetForm } from './form.ts'
import { readParquet } from './read.ts'
import { openScan } from './scan.ts'
import { planWriteParquet, writeParquet } from './write.ts'

export const parquet = defineConnector<ParquetConfig>({
  kind: 'parquet',
  title: { en: 'Parquet files', zh: 'Parquet 文件' },
  form: parquetForm,
  config: parquetConfigSchema,
  secrets: [],
  source: parquetSourceSchema,
  target: parquetTargetSchema,
  open: openParquet,
  diagnose: diagnoseParquet,
})

async function openParquet(request: OpenRequest<ParquetConfig>): Promise<Session> {
  const folder = folderOf(request)
  let opening: Promise<Duck> | undefined
  const ownDuck = (): Promise<Duck> => (opening ??= openDuck({ memoryLimitMb: 256, threads: 1 }))
  return {
    folders: reachableFolders(folder.path),
    list: async ({ search }) => {
      const wanted = search?.toLowerCase() ?? ''
      const found = (await listParquet(folder)).filter(({ name }) => name.toLowerCase().includes(wanted))
      return found.map(({ name, sizeBytes }) => ({ name, kind: 'file' as const, sizeBytes }))
    },
    inbox: folderInbox(folder, PARQUET_EXTENSIONS),
    describe: async (dataset, options) => describeParquet(await ownDuck(), folder, { dataset, options }),
    read: (read) => readParquet(folder, read),
    planWrite: (write) => planWriteParquet(folder, write),
    write: (write) => writeParquet(folder, write),
    [Symbol.asyncDispose]: async () => (await opening)?.[Symbol.asyncDispose](),
  }
}

async function describeParquet(
  duck: Duck,
  folder: FileFolder,
  { dataset, options }: { dataset: string; options: unknown },
): Promise<DatasetSchema> {
  const source = await resolveParquet(folder, dataset)
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

function diagnoseParquet(request: OpenRequest<ParquetConfig>): ReturnType<typeof stagedDiagnosis> {
  const folder = folderOf(request)
  return stagedDiagnosis({
    privileges: async () => {
      const files = await listFiles(folder, PARQUET_EXTENSIONS)
      const isWritable = await access(folder.path, constants.W_OK).then(
        () => true,
        () => false,
      )
      return `${files.length} files; the folder is ${isWritable ? 'writable' : 'read only'}`
    },
    read: async () => {
      const [first] = await listParquet(folder)
      if (first === undefined) return 'the folder holds no Parquet file yet'
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      const schema = await describeParquet(duck, folder, { dataset: first.name, options: {} })
      return `${first.name} has ${schema.columns.length} columns and ${schema.rowEstimate} rows`
    },
  })
}

function folderOf({ name, config, baseDirectory }: OpenRequest<ParquetConfig>): FileFolder {
  return fileFolder(name, config.folder, baseDirectory)
}
