import { Failure } from '../../contract/failure.ts'
import type { WriteMode } from '../../contract/write-mode.ts'
import type { WritePlan, WriteRequest, Writer } from '../api/writer.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { hasExtension } from '../shared/file-folder.ts'
import { type FileTarget, resolveTarget } from '../shared/file-target.ts'
import type { FileFolder } from '../shared/folder-file.ts'
import { PARQUET_EXTENSIONS, parquetTargetSchema } from './config.ts'
import { planParquet } from './staging.ts'
import { writeFile } from './write-file.ts'
import { folderHasFiles, writeFolder } from './write-folder.ts'

const FILE_MODES: readonly WriteMode[] = ['replace']
const FOLDER_MODES: readonly WriteMode[] = ['append', 'replace']

/** A name that ends in `.parquet` is one file, any other a folder of files. */
export async function writeParquet(folder: FileFolder, request: WriteRequest): Promise<Writer> {
  assertNotCancelled(request.signal, request.dataset)
  const target = parquetTargetSchema.parse(request.options)
  const isFile = assertMode(request, target.partitionBy)
  const file = await resolveTarget(folder, request.dataset, request.signal)
  return isFile ? writeFile(file, request, target) : writeFolder(folderHere(file), request, target)
}

export async function planWriteParquet(folder: FileFolder, request: WriteRequest): Promise<WritePlan> {
  const isFile = assertMode(request, parquetTargetSchema.parse(request.options).partitionBy)
  const file = await resolveTarget(folder, request.dataset, request.signal)
  return planParquet(request, isFile ? file.exists : await folderHasFiles(folderHere(file)))
}

/** @throws Failure `target.rejected`: the commit of a folder is the replacing of its manifest beside many files, for which places have no step. */
function folderHere(target: FileTarget): string {
  if (target.place === undefined) return target.path
  const reason = 'elsewhere than on this machine Runnel writes single Parquet files: end the name in .parquet'
  throw new Failure('target.rejected', { target: target.name, reason })
}

function assertMode({ dataset, mode }: WriteRequest, partitionBy: readonly string[]): boolean {
  const isFile = hasExtension(dataset, PARQUET_EXTENSIONS)
  const supported = isFile ? FILE_MODES : FOLDER_MODES
  if (!supported.includes(mode))
    throw new Failure('write.mode_unsupported', { dataset, mode, supported: [...supported] })
  if (isFile && partitionBy.length > 0) {
    const reason = 'partitions are folders; name a folder instead of a file'
    throw new Failure('target.rejected', { target: dataset, reason })
  }
  return isFile
}
