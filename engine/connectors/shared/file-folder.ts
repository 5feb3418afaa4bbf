import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path'
import { nearestName } from '../../base/suggest.ts'
import type { DatasetSummary } from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import { fingerprintOf } from './file-fingerprint.ts'
import type { FileFolder, FolderFile, ListedFile } from './folder-file.ts'
import { listPlace, resolveInPlace } from './places/place-files.ts'
import { walkFolder } from './walk-folder.ts'

/** A folder of this machine; a relative one is taken from the workspace. Touches nothing. */
export function fileFolder(source: string, folder: string, baseDirectory: string): FileFolder {
  return { source, path: resolve(baseDirectory, folder), [Symbol.asyncDispose]: () => Promise.resolve() }
}

/**
 * Files below the folder whose names end in one of `extensions` (lower case, with dot), in name order.
 *
 * Names that start with a dot are Runnel's or the system's own and are left out, as are symlinks that leave the folder.
 * @throws Failure `source.unavailable` when the folder is not there.
 */
export async function listFiles(
  folder: FileFolder,
  extensions: readonly string[],
  signal?: AbortSignal,
): Promise<ListedFile[]> {
  if (folder.place !== undefined) {
    const files = await listPlace({ ...folder, place: folder.place }, signal)
    return files.filter(({ name }) => hasExtension(name, extensions))
  }
  const root = await realRoot(folder)
  const files: ListedFile[] = []
  for (const name of await walkFolder(root)) {
    if (!hasExtension(name, extensions)) continue
    const path = await realpath(join(root, name)).catch(() => undefined)
    if (path === undefined || !isInside(root, path)) continue
    const file = { name, path, fingerprint: await fingerprintOf(path) }
    files.push({ name, sizeBytes: file.fingerprint.sizeBytes, open: () => Promise.resolve(file) })
  }
  return files
}

/** The files of a folder as datasets whose names contain `search`, ignoring case. */
export async function listFileDatasets(
  folder: FileFolder,
  extensions: readonly string[],
  { search = '', signal }: { readonly search?: string; readonly signal?: AbortSignal } = {},
): Promise<DatasetSummary[]> {
  const files = await listFiles(folder, extensions, signal)
  return files
    .filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
    .map(({ name, sizeBytes }) => ({ name, kind: 'file', sizeBytes: Number(sizeBytes) }))
}

/**
 * The files a dataset name stands for: the file of exactly that name, else everything the glob matches, in name order.
 *
 * @throws Failure `file.outside_folder` for `../`, absolute paths elsewhere and symlinks that leave the folder;
 * `source.dataset_missing` with the nearest name; `source.unavailable` when the folder is not there.
 */
export async function resolveFiles(
  folder: FileFolder,
  dataset: string,
  extensions: readonly string[],
  signal?: AbortSignal,
): Promise<FolderFile[]> {
  if (folder.place !== undefined) {
    const isKnown = (name: string): boolean => hasExtension(name, extensions)
    return resolveInPlace({ ...folder, place: folder.place }, dataset, { isKnown, signal })
  }
  const root = await realRoot(folder)
  const name = nameInside(folder, root, dataset)
  const exact = await realFile(join(root, name))
  if (exact !== undefined && !(await stat(exact)).isDirectory()) return [await fileInside(root, name, exact)]
  const files = await globFiles(root, name)
  if (files.length > 0) return files
  const known = (await walkFolder(root)).filter((file) => hasExtension(file, extensions))
  const suggestion = nearestName(name, known)
  throw new Failure('source.dataset_missing', suggestion === undefined ? { dataset } : { dataset, suggestion })
}

/**
 * Where a dataset is in a folder of this machine; it need not exist, nor its folders. Globs are not expanded.
 *
 * @throws Failure `file.outside_folder` also when an existing part of the path is a symlink that leaves the folder.
 */
export async function pathInFolder(folder: FileFolder, dataset: string): Promise<string> {
  const root = await realFile(folder.path)
  const path = resolve(root ?? folder.path, nameInside(folder, root ?? folder.path, dataset))
  if (path === (root ?? folder.path)) throw new Failure('file.outside_folder', { file: dataset })
  if (root === undefined) return path
  let missing = ''
  for (let existing = path; ; existing = dirname(existing)) {
    const real = await realFile(existing)
    if (real === undefined) {
      missing = join(basename(existing), missing)
      continue
    }
    if (real !== root && !isInside(root, real)) throw new Failure('file.outside_folder', { file: dataset })
    return missing === '' ? real : join(real, missing)
  }
}

export function hasExtension(name: string, extensions: readonly string[]): boolean {
  const lower = name.toLowerCase()
  return extensions.some((extension) => lower.endsWith(extension))
}

/** The dataset relative to the root, checked by its letters alone; symlinks are the caller's to check. */
function nameInside(folder: FileFolder, root: string, dataset: string): string {
  const name = isAbsolute(dataset) ? relative(isInside(root, dataset) ? root : folder.path, dataset) : dataset
  const path = resolve(root, name)
  if (path !== root && !isInside(root, path)) throw new Failure('file.outside_folder', { file: dataset })
  return relative(root, path).split(sep).join('/')
}

async function globFiles(root: string, pattern: string): Promise<FolderFile[]> {
  if (!/[*?[{]/.test(pattern)) return []
  const names = (await walkFolder(root)).filter((name) => posix.matchesGlob(name, pattern))
  const files: FolderFile[] = []
  for (const name of names) {
    const path = await realFile(join(root, name))
    if (path !== undefined) files.push(await fileInside(root, name, path))
  }
  return files
}

async function fileInside(root: string, name: string, path: string): Promise<FolderFile> {
  if (!isInside(root, path)) throw new Failure('file.outside_folder', { file: name })
  return { name, path, fingerprint: await fingerprintOf(path) }
}

function isInside(root: string, path: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)
}

async function realRoot(folder: FileFolder): Promise<string> {
  try {
    return await realpath(folder.path)
  } catch (error) {
    const reason = `the folder ${folder.path} cannot be opened (${messageOf(error)})`
    throw new Failure('source.unavailable', { source: folder.source, reason }, { cause: error })
  }
}

/** Undefined when nothing is there, and for names no file can have (a NUL, too long). */
async function realFile(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined)
}

function messageOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
