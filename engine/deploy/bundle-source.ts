import { isUtf8 } from 'node:buffer'
import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { type BundleContent, isBundlePath } from '../contract/bundle-file.ts'
import { Failure } from '../contract/failure.ts'

/**
 * A file of the workspace as a bundle carries it. Links are not followed out of the workspace.
 * @throws Failure `bundle.invalid`, `bundle.too_large`
 */
export async function readBundleFile(directory: string, path: string, limitBytes: number): Promise<BundleContent> {
  if (!isBundlePath(path)) throw new Failure('bundle.invalid', { path, reason: 'a bundle cannot hold such a path' })
  const real = await realpath(join(directory, path)).catch(() => undefined)
  if (real === undefined) throw new Failure('bundle.invalid', { path, reason: 'there is no such file' })
  if (!real.startsWith(`${await realpath(directory)}${sep}`)) throw new Failure('file.outside_folder', { file: path })
  // Non-blocking: opening a named pipe would otherwise wait for a writer.
  await using handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK)
  const found = await handle.stat()
  if (!found.isFile()) throw new Failure('bundle.invalid', { path, reason: 'it is not a file' })
  if (found.size > limitBytes) {
    throw new Failure('bundle.too_large', { what: `${path}: ${found.size} bytes`, limit: `${limitBytes} bytes` })
  }
  const bytes = await handle.readFile()
  return isUtf8(bytes) ? bytes.toString('utf8') : { base64: bytes.toString('base64') }
}
