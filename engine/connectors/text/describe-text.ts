import type { DatasetSchema } from '../../contract/dataset.ts'
import { resolveFiles } from '../shared/file-folder.ts'
import type { FileFolder } from '../shared/folder-file.ts'
import { TEXT_EXTENSIONS } from './extensions.ts'
import { textSourceSchema } from './options.ts'
import { recentLayout } from './recent-layout.ts'

/** Columns, types and dialect of a dataset as its first rows show them. */
export async function describeText(
  folder: FileFolder,
  dataset: string,
  options: unknown,
  signal?: AbortSignal,
): Promise<DatasetSchema> {
  const files = await resolveFiles(folder, dataset, TEXT_EXTENSIONS, signal)
  const layout = await recentLayout(files, textSourceSchema.parse(options ?? {}), signal)
  return {
    columns: [...layout.columns],
    keys: [],
    detected: { ...layout.first.detected, sampledRows: layout.sampledRows, files: files.length },
    warnings: [...layout.warnings],
  }
}
