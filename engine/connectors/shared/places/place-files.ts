import { posix } from 'node:path'
import { nearestName } from '../../../base/suggest.ts'
import { Failure } from '../../../contract/failure.ts'
import type { FileFolder, FolderFile, ListedFile } from '../folder-file.ts'
import { fetchFile } from './mirror.ts'
import type { Place } from './place.ts'
import { byName, nameInPlace } from './place-names.ts'

/** A folder whose files are elsewhere; copies come to be below `path`. */
export type PlaceFolder = Pick<FileFolder, 'path'> & { readonly place: Place }

/** Every file of the place, in name order. */
export async function listPlace(folder: PlaceFolder, signal?: AbortSignal): Promise<ListedFile[]> {
  const entries = await folder.place.list(signal)
  return entries.toSorted(byName).map(({ name, sizeBytes }) => ({
    name,
    sizeBytes,
    open: (abort) => fetchNamed(folder, name, abort),
  }))
}

/**
 * The files that a dataset's name stands for, brought here: the file of exactly that name, else all that the glob matches.
 * @throws Failure `file.outside_folder`, `source.dataset_missing` with the nearest name, `file.changed`, those of the place.
 */
export async function resolveInPlace(
  folder: PlaceFolder,
  dataset: string,
  { isKnown, signal }: { readonly isKnown: (name: string) => boolean; readonly signal: AbortSignal | undefined },
): Promise<FolderFile[]> {
  const name = nameInPlace(dataset)
  const exact = await folder.place.stat(name, signal)
  if (exact !== undefined) return [await fetchFile({ place: folder.place, mirror: folder.path }, exact, signal)]
  const names = (await folder.place.list(signal)).toSorted(byName).map((entry) => entry.name)
  const matching = /[*?[{]/.test(name) ? names.filter((one) => posix.matchesGlob(one, name)) : []
  const files: FolderFile[] = []
  for (const one of matching) files.push(await fetchNamed(folder, one, signal))
  if (files.length > 0) return files
  const suggestion = nearestName(name, names.filter(isKnown))
  throw new Failure('source.dataset_missing', suggestion === undefined ? { dataset } : { dataset, suggestion })
}

/** The names that a dataset's name or pattern stands for, in order; none when there is none. */
export async function namesInPlace(folder: PlaceFolder, dataset: string): Promise<string[]> {
  const name = nameInPlace(dataset)
  if ((await folder.place.stat(name)) !== undefined) return [name]
  return /[*?[{]/.test(name) ? matchingNames(folder, name) : []
}

async function matchingNames({ place }: PlaceFolder, pattern: string): Promise<string[]> {
  const names = (await place.list()).toSorted(byName).map(({ name }) => name)
  return names.filter((name) => posix.matchesGlob(name, pattern))
}

/** @throws Failure `source.dataset_missing` when it is gone. */
async function fetchNamed({ place, path }: PlaceFolder, name: string, signal?: AbortSignal): Promise<FolderFile> {
  const file = await place.stat(name, signal)
  if (file === undefined) throw new Failure('source.dataset_missing', { dataset: name })
  return fetchFile({ place, mirror: path }, file, signal)
}
