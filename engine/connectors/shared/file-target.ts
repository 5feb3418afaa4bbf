import { basename } from 'node:path'
import { Failure } from '../../contract/failure.ts'
import { fileExists } from './file-exists.ts'
import { fingerprintOf } from './file-fingerprint.ts'
import { pathInFolder } from './file-folder.ts'
import type { FileFolder, FolderFile } from './folder-file.ts'
import { fetchFile } from './places/mirror.ts'
import type { Place, PlaceFile } from './places/place.ts'
import { nameInPlace } from './places/place-names.ts'

/** The file that a load writes: in a folder of this machine, or elsewhere. */
export type FileTarget = LocalTarget | PlaceTarget

interface LocalTarget {
  readonly name: string
  readonly exists: boolean
  readonly place?: undefined
  /** Absolute and free of symlinks. */
  readonly path: string
}

export interface PlaceTarget {
  /** Relative to the folder of the place. */
  readonly name: string
  readonly exists: boolean
  readonly place: Place
  /** Where copies come to be, and where new content is made before it goes up. */
  readonly mirror: string
  /** What is there now. */
  readonly found: PlaceFile | undefined
}

/**
 * Where a dataset is to be written; it need not exist, nor its folders. Globs are not expanded.
 * @throws Failure `file.outside_folder`, those of the place.
 */
export async function resolveTarget(folder: FileFolder, dataset: string, signal?: AbortSignal): Promise<FileTarget> {
  const { place, path: mirror } = folder
  if (place !== undefined) {
    const name = nameInPlace(dataset)
    const found = await place.stat(name, signal)
    return { name, exists: found !== undefined, place, mirror, found }
  }
  const path = await pathInFolder(folder, dataset)
  return { name: basename(path), exists: await fileExists(path), path }
}

/** The content that is there now, on this machine. @throws Failure `source.dataset_missing` when there is none. */
export async function existingFile(target: FileTarget, signal?: AbortSignal): Promise<FolderFile> {
  if (target.place === undefined)
    return { name: target.name, path: target.path, fingerprint: await fingerprintOf(target.path) }
  if (target.found === undefined) throw new Failure('source.dataset_missing', { dataset: target.name })
  return fetchFile(target, target.found, signal)
}
