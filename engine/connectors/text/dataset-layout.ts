import { Failure } from '../../contract/failure.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { type ColumnTypes, settleTypes } from './column-types.ts'
import type { TextSourceOptions } from './options.ts'
import { rawFileOf } from './text-file.ts'
import { detectLayout, type TextLayout } from './text-layout.ts'

/** A dataset of one or more files: the first files' layouts, and the types that hold for all. */
export interface DatasetLayout extends ColumnTypes {
  readonly first: TextLayout
  readonly sampledRows: number
}

/** Files whose beginnings take part in typing; the others only have to have the same columns. */
const TYPED_FILES = 8

/**
 * Detects how a dataset is to be read.
 * @throws Failure `file.headers_differ` when files of one dataset have different columns.
 */
export async function layoutOfDataset(
  files: readonly FolderFile[],
  options: TextSourceOptions,
  signal?: AbortSignal,
): Promise<DatasetLayout> {
  const warnings: string[] = []
  const layouts: { readonly layout: TextLayout; readonly file: string }[] = []
  for (const file of files.slice(0, TYPED_FILES)) {
    const layout = await detectLayout(rawFileOf(file, options), options, signal)
    for (const warning of layout.warnings) if (!warnings.includes(warning)) warnings.push(warning)
    if (!layout.isEmpty || files.length === 1) layouts.push({ layout, file: file.name })
  }
  const first = layouts[0]?.layout ?? (await detectLayout(rawFileOf(firstOf(files), options), options, signal))
  const sample = layouts.flatMap(({ layout, file }) => {
    const order = columnOrder(first.names, layout.names, file)
    return layout.sample.map(({ cells, lines }) => ({
      cells: order.map((at) => cells[at] ?? { text: '', flag: 0 }),
      lines,
    }))
  })
  const types = settleTypes(first.names, sample, options)
  const sampledRows = sample.length
  return { first, ...types, warnings: [...warnings, ...types.warnings], sampledRows }
}

/**
 * For each wanted column its position in the file.
 * @throws Failure `file.headers_differ`
 */
export function columnOrder(wanted: readonly string[], names: readonly string[], file: string): number[] {
  const missing = wanted.filter((name) => !names.includes(name))
  const extra = names.filter((name) => !wanted.includes(name))
  if (missing.length > 0 || extra.length > 0) throw new Failure('file.headers_differ', { file, missing, extra })
  return wanted.map((name) => names.indexOf(name))
}

function firstOf(files: readonly FolderFile[]): FolderFile {
  const [file] = files
  if (file === undefined) throw new Failure('source.dataset_missing', { dataset: '' })
  return file
}
