import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { columnSchema } from '../../contract/column.ts'
import { countSchema } from '../../contract/run.ts'
import { writeModeSchema } from '../../contract/write-mode.ts'
import { writeFileDurably } from '../../os/durable-file.ts'
import { pathExists } from '../../os/path-exists.ts'

/** Starts with `_`, so that Spark and its kin pass over it. */
export const MANIFEST_NAME = '_runnel_manifest.json'

const loadSchema = z.object({
  loadId: z.string(),
  mode: writeModeSchema,
  rows: countSchema,
  /** Relative to the dataset's folder. */
  files: z.array(z.string()),
  state: z.json().optional(),
  committedAt: z.string(),
})

/**
 * Which files of a folder are the dataset, and what was loaded when. Replacing this one file is the commit of a load, so a
 * reader that follows it sees the old rows or the new, never both and never neither.
 */
const manifestSchema = z.object({
  version: z.literal(1),
  columns: z.array(columnSchema),
  /** Files that were there before Runnel wrote. */
  others: z.array(z.string()),
  loads: z.array(loadSchema),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Undefined where there is none: the folder then is all of its files. */
export async function readManifest(folderPath: string): Promise<Manifest | undefined> {
  const path = join(folderPath, MANIFEST_NAME)
  return (await pathExists(path)) ? manifestIn(path) : undefined
}

export async function manifestIn(path: string): Promise<Manifest> {
  return manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')))
}

export async function writeManifest(folderPath: string, manifest: Manifest): Promise<void> {
  await writeFileDurably(join(folderPath, MANIFEST_NAME), `${JSON.stringify(manifest, null, 2)}\n`)
}

export function manifestFiles(manifest: Manifest): string[] {
  return [...manifest.others, ...manifest.loads.flatMap(({ files }) => files)]
}
