import type { FolderFile } from '../shared/folder-file.ts'
import type { DatasetLayout } from './dataset-layout.ts'
import { planFile } from './file-plan.ts'
import type { TextSourceOptions } from './options.ts'
import { RowReader } from './row-reader.ts'
import { rawFileOf, textBlocksOf } from './text-file.ts'
import { detectLayout } from './text-layout.ts'

/** Reads everything once to find the columns with a value of another type than expected; those become text. */
export async function widenedLayout(
  files: readonly FolderFile[],
  dataset: DatasetLayout,
  options: TextSourceOptions,
  signal?: AbortSignal,
): Promise<DatasetLayout> {
  const broken = new Set<string>()
  for (const file of files) {
    const layout = await detectLayout(rawFileOf(file, options), options, signal)
    if (layout.isEmpty) continue
    const plan = await planFile(file, layout, { dataset, options, chosen: [], withLocator: false })
    const reader = new RowReader(plan.rows, { row: () => true, reject: () => undefined })
    for await (const block of textBlocksOf(plan.raw, layout.encoding, signal)) reader.feed(block)
    for (const cell of reader.widened) broken.add(plan.rows.columns[cell]?.name ?? '')
  }
  return {
    ...dataset,
    columns: dataset.columns.map((column) => (broken.has(column.name) ? { ...column, type: 'VARCHAR' } : column)),
    warnings: [
      ...dataset.warnings,
      ...dataset.columns
        .filter(({ name }) => broken.has(name))
        .map(({ name, type }) => `column ${name} is read as text: not every value is a ${type}`),
    ],
  }
}
