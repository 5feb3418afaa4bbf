import { realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { Failure } from '../../contract/failure.ts'

/**
 * The path free of symlinks, when it lies in one of the folders. It need not exist: then the part of it that does is resolved.
 * @param allowed undefined allows every path, and leaves it as it is written
 * @throws Failure `file.outside_folder`
 */
export async function allowedPath(allowed: readonly string[] | undefined, path: string): Promise<string> {
  if (allowed === undefined) return resolve(path)
  const real = await realPathOf(resolve(path))
  for (const folder of allowed) {
    const root = await realPathOf(resolve(folder))
    if (real === root || real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)) return real
  }
  throw new Failure('file.outside_folder', { file: path })
}

/** Whether a path may be reached. */
export async function isAllowed(allowed: readonly string[] | undefined, path: string): Promise<boolean> {
  return allowedPath(allowed, path).then(
    () => true,
    () => false,
  )
}

/**
 * Checks the files that a connection's settings name.
 * @param settings parsed by the connector; `folder` and `file` are the only settings that name places on this machine
 */
export async function requireAllowedSettings(
  allowed: readonly string[] | undefined,
  settings: unknown,
  baseDirectory: string,
): Promise<void> {
  if (allowed === undefined || typeof settings !== 'object' || settings === null) return
  for (const [field, value] of Object.entries(settings)) {
    if ((field === 'folder' || field === 'file') && typeof value === 'string') {
      await allowedPath(allowed, resolve(baseDirectory, value))
    }
  }
}

async function realPathOf(path: string): Promise<string> {
  let missing = ''
  for (let existing = path; ; existing = dirname(existing)) {
    const real = await realpath(existing).catch(() => undefined)
    if (real !== undefined) return missing === '' ? real : join(real, missing)
    if (existing === dirname(existing)) return path
    missing = missing === '' ? basename(existing) : join(basename(existing), missing)
  }
}
