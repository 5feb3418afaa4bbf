import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { columnSchema } from '../contract/column.ts'
import { datasetRefSchema } from '../contract/dataset.ts'
import { countSchema } from '../contract/run.ts'
import { policyRefSchema } from '../contract/snapshot-policy.ts'
import { writeFileDurably } from '../os/durable-file.ts'

const rowsSchema = z.int().min(1)

const snapshotScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('first'), rows: rowsSchema }),
  z.object({ kind: z.literal('sample'), rows: rowsSchema, seed: z.int() }),
])
/** How much of a dataset a snapshot holds. */
export type SnapshotScope = z.infer<typeof snapshotScopeSchema>

/** `<id>.json` beside `<id>.parquet`: what the file holds and where it came from. */
const snapshotManifestSchema = z.object({
  version: z.literal(1),
  dataset: datasetRefSchema,
  /** UTC, ISO 8601. */
  takenAt: z.string(),
  scope: snapshotScopeSchema,
  where: z.string().optional(),
  /** Whose values of the connection it was taken with; absent where the workspace has no environments, and of those taken before they were told. */
  environment: z.string().optional(),
  /** What masked it; absent when the values are those of the source. */
  policy: policyRefSchema.optional(),
  /** Types are those of the Parquet file. */
  columns: z.array(columnSchema),
  rows: countSchema,
  /** Rows that could not be read and are not in the file. */
  rejects: countSchema,
  /** Name of the Parquet file in the same folder. */
  file: z.string().regex(/^[0-9a-z]+\.parquet$/),
  sha256: z.string(),
})
export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>

export async function writeManifest(directory: string, name: string, manifest: SnapshotManifest): Promise<void> {
  await writeFileDurably(join(directory, `${name}.json`), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Manifests in no order; files that are none are passed over. */
export async function readManifests(directory: string): Promise<SnapshotManifest[]> {
  const names = await readdir(directory).catch(() => [])
  const manifests: SnapshotManifest[] = []
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    const parsed = snapshotManifestSchema.safeParse(parsedJson(await readFile(join(directory, name), 'utf8')))
    if (parsed.success) manifests.push(parsed.data)
  }
  return manifests
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
