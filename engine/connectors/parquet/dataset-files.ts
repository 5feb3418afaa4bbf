import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { nearestName } from '../../base/suggest.ts'
import { Failure } from '../../contract/failure.ts'
import { hasExtension, listFiles, pathInFolder, resolveFiles } from '../shared/file-folder.ts'
import type { FileFolder, FolderFile, ListedFile } from '../shared/folder-file.ts'
import { PARQUET_EXTENSIONS } from './config.ts'
import { MANIFEST_NAME, type Manifest, manifestFiles, manifestIn } from './manifest.ts'

export interface ParquetFiles {
  readonly dataset: string
  readonly files: readonly FolderFile[]
  /** Hive partition columns in folder order; the same for all files. */
  readonly partitions: readonly string[]
  readonly manifest?: Manifest
}

/** A dataset is a file, a glob, or a folder with everything below it. */
export async function resolveParquet(folder: FileFolder, dataset: string, signal?: AbortSignal): Promise<ParquetFiles> {
  const inside = await filesInside(folder, dataset, signal)
  if (inside === undefined) {
    const files = await resolveFiles(folder, dataset, PARQUET_EXTENSIONS, signal).catch((error: unknown) =>
      suggestDataset(folder, dataset, error),
    )
    return { dataset, files, partitions: partitionsOf(files) }
  }
  const name = dataset.replace(/\/+$/, '')
  const manifest = await inside.find((file) => file.name === `${name}/${MANIFEST_NAME}`)?.open(signal)
  const below = inside.filter((file) => hasExtension(file.name, PARQUET_EXTENSIONS))
  if (manifest === undefined) {
    if (below.length === 0) throw new Failure('source.dataset_missing', { dataset })
    const files = await openAll(below, signal)
    return { dataset, files, partitions: partitionsOf(files) }
  }
  const content = await manifestIn(manifest.path)
  const live = new Set(manifestFiles(content).map((file) => `${name}/${file}`))
  const files = await openAll(
    below.filter((file) => live.has(file.name)),
    signal,
  )
  const gone = [...live].find((file) => files.every((found) => found.name !== file))
  if (gone !== undefined)
    throw new Failure('parquet.invalid', { file: gone, reason: `${MANIFEST_NAME} names it, but it is gone` })
  return { dataset, files, partitions: partitionsOf(files), manifest: content }
}

/** Parquet files and manifests below a folder of this name; undefined when the name is none of a folder. */
async function filesInside(
  folder: FileFolder,
  dataset: string,
  signal: AbortSignal | undefined,
): Promise<ListedFile[] | undefined> {
  const list = async (): Promise<ListedFile[]> => {
    const files = await listFiles(folder, [...PARQUET_EXTENSIONS, MANIFEST_NAME], signal)
    return files.filter(({ name }) => name.startsWith(`${dataset.replace(/\/+$/, '')}/`))
  }
  if (folder.place === undefined) {
    const path = await pathInFolder(folder, dataset)
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
    return isFolder ? list() : undefined
  }
  // Elsewhere a folder shows by what is in it; a name of a file or a glob is asked for as such.
  if (hasExtension(dataset, PARQUET_EXTENSIONS) || /[*?[{]/.test(dataset)) return undefined
  const inside = await list()
  return inside.length === 0 ? undefined : inside
}

async function openAll(files: readonly ListedFile[], signal: AbortSignal | undefined): Promise<FolderFile[]> {
  const opened: FolderFile[] = []
  for (const file of files) opened.push(await file.open(signal))
  return opened
}

/** Files, and folders that are one dataset (Hive partitions or a manifest), in name order. */
export async function listParquet(
  folder: FileFolder,
  signal?: AbortSignal,
): Promise<{ name: string; sizeBytes: number }[]> {
  const listed = await listFiles(folder, [...PARQUET_EXTENSIONS, MANIFEST_NAME], signal)
  const files = listed.filter(({ name }) => hasExtension(name, PARQUET_EXTENSIONS))
  const withManifest = new Set(
    listed
      .filter(({ name }) => basename(name) === MANIFEST_NAME)
      .map(({ name }) => name.slice(0, -MANIFEST_NAME.length - 1)),
  )
  const sizes = new Map<string, number>([...withManifest].map((name) => [name, 0]))
  for (const { name, sizeBytes } of files) {
    const dataset = datasetOf(name, withManifest)
    sizes.set(dataset, (sizes.get(dataset) ?? 0) + Number(sizeBytes))
  }
  return [...sizes].map(([name, sizeBytes]) => ({ name, sizeBytes })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function datasetOf(fileName: string, withManifest: ReadonlySet<string>): string {
  const parts = fileName.split('/')
  const firstPartition = parts.findIndex((part, i) => i > 0 && i < parts.length - 1 && part.includes('='))
  for (let depth = 1; depth < parts.length; depth++) {
    const name = parts.slice(0, depth).join('/')
    if (withManifest.has(name) || depth === firstPartition) return name
  }
  return fileName
}

/** @throws Failure `parquet.invalid` when files lie under different partition columns. */
function partitionsOf(files: readonly FolderFile[]): string[] {
  const [first, ...others] = files
  if (first === undefined) return []
  const keys = partitionKeys(first.name)
  const odd = others.find((file) => partitionKeys(file.name).join('/') !== keys.join('/'))
  if (odd !== undefined) {
    const reason = `its partition folders differ from those of ${first.name}`
    throw new Failure('parquet.invalid', { file: odd.name, reason })
  }
  return keys
}

function partitionKeys(name: string): string[] {
  const folders = name.split('/').slice(0, -1)
  return folders.filter((folder) => folder.includes('=')).map((folder) => folder.slice(0, folder.indexOf('=')))
}

async function suggestDataset(folder: FileFolder, dataset: string, error: unknown): Promise<never> {
  if (!(error instanceof Failure) || error.code !== 'source.dataset_missing') throw error
  const known = (await listParquet(folder)).map(({ name }) => name)
  const suggestion = nearestName(dataset, known)
  throw new Failure('source.dataset_missing', suggestion === undefined ? { dataset } : { dataset, suggestion })
}
