import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { nearestName } from '../../base/suggest.ts'
import { Failure } from '../../contract/failure.ts'
import { type FileFolder, type FolderFile, listFiles, resolveFiles, resolveTarget } from '../shared/file-folder.ts'
import { PARQUET_EXTENSIONS } from './config.ts'
import { MANIFEST_NAME, type Manifest, manifestFiles, readManifest } from './manifest.ts'

export interface ParquetFiles {
  readonly dataset: string
  readonly files: readonly FolderFile[]
  /** Hive partition columns in folder order; the same for all files. */
  readonly partitions: readonly string[]
  readonly manifest?: Manifest
}

/** A dataset is a file, a glob, or a folder with everything below it. */
export async function resolveParquet(folder: FileFolder, dataset: string): Promise<ParquetFiles> {
  const path = await resolveTarget(folder, dataset)
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) {
    const files = await resolveFiles(folder, dataset, PARQUET_EXTENSIONS).catch((error: unknown) =>
      suggestDataset(folder, dataset, error),
    )
    return { dataset, files, partitions: partitionsOf(files) }
  }
  const name = dataset.replace(/\/+$/, '')
  const manifest = await readManifest(path)
  const below = (await listFiles(folder, PARQUET_EXTENSIONS)).filter((file) => file.name.startsWith(`${name}/`))
  if (manifest === undefined) {
    if (below.length === 0) throw new Failure('source.dataset_missing', { dataset })
    return { dataset, files: below, partitions: partitionsOf(below) }
  }
  const live = new Set(manifestFiles(manifest).map((file) => `${name}/${file}`))
  const files = below.filter((file) => live.has(file.name))
  const gone = [...live].find((file) => files.every((found) => found.name !== file))
  if (gone !== undefined)
    throw new Failure('parquet.invalid', { file: gone, reason: `${MANIFEST_NAME} names it, but it is gone` })
  return { dataset, files, partitions: partitionsOf(files), manifest }
}

/** Files, and folders that are one dataset (Hive partitions or a manifest), in name order. */
export async function listParquet(folder: FileFolder): Promise<{ name: string; sizeBytes: number }[]> {
  const files = await listFiles(folder, PARQUET_EXTENSIONS)
  const withManifest = new Set(
    (await listFiles(folder, [MANIFEST_NAME]))
      .filter(({ name }) => basename(name) === MANIFEST_NAME)
      .map(({ name }) => name.slice(0, -MANIFEST_NAME.length - 1)),
  )
  const sizes = new Map<string, number>([...withManifest].map((name) => [name, 0]))
  for (const { name, fingerprint } of files) {
    const dataset = datasetOf(name, withManifest)
    sizes.set(dataset, (sizes.get(dataset) ?? 0) + Number(fingerprint.sizeBytes))
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
