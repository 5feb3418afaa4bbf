import { z } from 'zod'
import { columnSchema } from './column.ts'

export const BUNDLE_VERSION = 1
export const BUNDLE_LIMIT_FILES = 1_000
export const BUNDLE_LIMIT_BYTES = 64 * 1024 * 1024

/** Cached columns of every source node, in a bundle. */
export const SCHEMAS_FILE = 'schemas.json'

const ROOTS = ['connections', 'environments', 'pipelines', 'jobs', 'syncs', 'rules', 'standards'] as const
/** Windows opens devices under these names, whatever the ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * Whether a path may be a file of a bundle: relative, of `/`-separated names that every file system keeps as they are, below one
 * of the workspace's folders or one of the two files at its root.
 */
export function isBundlePath(path: string): boolean {
  if (path === 'runnel.yaml' || path === SCHEMAS_FILE) return true
  const [root, ...names] = path.split('/')
  return path.length <= 400 && ROOTS.some((known) => known === root) && names.length > 0 && names.every(isPlainName)
}

function isPlainName(name: string): boolean {
  return /^[\p{L}\p{N}\p{M}_(][\p{L}\p{N}\p{M}_.() ,+@=-]*$/u.test(name) && !/[. ]$/.test(name) && !DEVICE.test(name)
}

const pathSchema = z.string().refine(isBundlePath, 'not a path that a bundle may hold')
const timeSchema = z.iso.datetime()

/** What is signed. `files` holds the SHA-256 of each file's bytes. */
const bundleManifestSchema = z.strictObject({
  version: z.literal(BUNDLE_VERSION),
  /** Absent: a job. */
  kind: z.literal('sync').optional(),
  /** The name of the job, or of the sync. */
  job: z.string().min(1).max(128),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  /** Used once: the server takes no second bundle with it. */
  nonce: z.string().regex(/^[\w-]{16,64}$/),
  files: z.record(pathSchema, z.string().regex(/^[0-9a-f]{64}$/)),
})
export type BundleManifest = z.infer<typeof bundleManifestSchema>

/** Text where the bytes are UTF-8, else base64. */
const contentSchema = z.union([z.string(), z.strictObject({ base64: z.base64() })])
export type BundleContent = z.infer<typeof contentSchema>

/** A job with all it needs but secrets, in one JSON document: what `push` sends and `export --to bundle` writes. */
export const bundleSchema = z.strictObject({
  manifest: bundleManifestSchema,
  /** Ed25519 over the manifest as canonical JSON, base64. Absent: not signed. */
  signature: z.base64().optional(),
  /** First 16 hexadecimal digits of the SHA-256 of the public key. */
  keyId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  files: z.record(pathSchema, contentSchema),
})
export type Bundle = z.infer<typeof bundleSchema>

/** `schemas.json`: columns by `pipeline/node`, as they were when the bundle was made. */
export const bundleSchemasSchema = z.strictObject({
  version: z.literal(1),
  sources: z.record(z.string(), z.array(columnSchema)),
})
export type BundleSchemas = z.infer<typeof bundleSchemasSchema>
