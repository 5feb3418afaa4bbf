import {
  BUNDLE_LIMIT_BYTES,
  BUNDLE_LIMIT_FILES,
  type Bundle,
  type BundleContent,
  bundleSchema,
  isBundlePath,
} from '../contract/bundle-file.ts'
import { Failure } from '../contract/failure.ts'

/**
 * A bundle from anywhere, within its limits and with paths that stay inside a folder. Says nothing about who made it.
 * @throws Failure `bundle.invalid`, `bundle.too_large`
 */
export function parseBundle(value: unknown): Bundle {
  // Before zod, which leaves a `__proto__` key out instead of refusing it.
  checkPaths(member(value, 'files'), 'files')
  checkPaths(member(member(value, 'manifest'), 'files'), 'manifest.files')
  const parsed = bundleSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(issue?.path.map(String).join('.') ?? '', issue?.message ?? '')
  }
  const { manifest, files } = parsed.data
  const main = `${manifest.kind === 'sync' ? 'syncs' : 'jobs'}/${manifest.job}.yaml`
  if (!Object.hasOwn(manifest.files, main)) throw invalid('manifest.job', 'its file is missing')
  let bytes = 0
  for (const content of Object.values(files)) bytes += bytesOf(content).length
  if (bytes > BUNDLE_LIMIT_BYTES) throw tooLarge(`${bytes} bytes`, `${BUNDLE_LIMIT_BYTES} bytes`)
  return parsed.data
}

/** The bytes that the digest is of and that `unpackBundle` writes. */
export function bytesOf(content: BundleContent): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content.base64, 'base64')
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}

function checkPaths(files: unknown, where: string): void {
  if (typeof files !== 'object' || files === null) return
  const paths = Object.keys(files)
  if (paths.length > BUNDLE_LIMIT_FILES) throw tooLarge(`${paths.length} files`, `${BUNDLE_LIMIT_FILES} files`)
  const taken = new Map<string, string>()
  for (const path of paths) {
    if (!isBundlePath(path)) throw invalid(where, `${JSON.stringify(path)} is not a path that a bundle may hold`)
    // Some file systems fold letters: two names must not become one file, nor a file a folder.
    const folded = path.normalize('NFC').toLowerCase()
    if (taken.has(folded)) throw invalid(where, `${path} and ${taken.get(folded) ?? ''} would be one file`)
    taken.set(folded, path)
  }
  for (const [folded, path] of taken) {
    const folders = folded.split('/').slice(0, -1)
    if (folders.some((_name, depth) => taken.has(folders.slice(0, depth + 1).join('/')))) {
      throw invalid(where, `${path} lies below a file`)
    }
  }
}

function invalid(path: string, reason: string): Failure {
  return new Failure('bundle.invalid', { path, reason })
}

function tooLarge(what: string, limit: string): Failure {
  return new Failure('bundle.too_large', { what, limit })
}
