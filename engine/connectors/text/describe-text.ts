import type { DatasetSchema } from '../../contract/dataset.ts'
import { type FileFolder, resolveFiles } from '../shared/file-folder.ts'
import { layoutOfDataset } from './dataset-layout.ts'
import { TEXT_EXTENSIONS } from './extensions.ts'
import { textSourceSchema } from './options.ts'

/** Columns, types and dialect of a dataset as its first rows show them. */
export async function describeText(
  folder: FileFolder,
  dataset: string,
  options: unknown,
  signal?: AbortSignal,
): Promise<DatasetSchema> {
  const files = await resolveFiles(folder, dataset, TEXT_EXTENSIONS)
  const layout = await layoutOfDataset(files, textSourceSchema.parse(options ?? {}), signal)
  return {
    columns: [...layout.columns],
    keys: [],
    detected: { ...layout.first.detected, sampledRows: layout.sampledRows, files: files.length },
    warnings: [...layout.warnings],
  }
}
