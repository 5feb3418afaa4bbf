import { isFailure } from '../../contract/failure.ts'
import type { FolderFile } from '../shared/folder-file.ts'
import { type DatasetLayout, layoutOfDataset } from './dataset-layout.ts'
import type { TextSourceOptions } from './options.ts'

/** A layout holds the rows it was found from, so that only the last one is kept, and not for long. */
const KEPT_MS = 5_000

let last: { readonly key: string; readonly layout: Promise<DatasetLayout>; readonly timer: NodeJS.Timeout } | undefined

/**
 * `layoutOfDataset`, shared by those who ask for the same files, unchanged, with the same options, at about the same time: opening a
 * dataset describes it and reads it, and a person who changes an option asks again at once.
 */
export async function recentLayout(
  files: readonly FolderFile[],
  options: TextSourceOptions,
  signal?: AbortSignal,
): Promise<DatasetLayout> {
  const key = keyOf(files, options)
  if (last?.key === key) {
    try {
      return await last.layout
    } catch (error) {
      // Who began it may have gone; nobody else is to suffer for it.
      if (!isFailure(error, 'work.cancelled') || signal?.aborted === true) throw error
    }
  }
  const layout = layoutOfDataset(files, options, signal)
  clearTimeout(last?.timer)
  const timer = setTimeout(() => {
    if (last?.key === key) last = undefined
  }, KEPT_MS).unref()
  last = { key, layout, timer }
  return layout
}

function keyOf(files: readonly FolderFile[], options: TextSourceOptions): string {
  const states = files.map(({ path, fingerprint: { sizeBytes, modifiedNs, changedNs, inode } }) =>
    [path, sizeBytes, modifiedNs, changedNs, inode].map(String),
  )
  return JSON.stringify([states, options])
}
