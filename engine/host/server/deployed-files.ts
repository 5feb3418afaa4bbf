import { isUtf8 } from 'node:buffer'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { isBundlePath } from '../../contract/bundle-file.ts'

/** The texts of a deployment's folder by their path in the workspace; what a run left there is none of its files. */
export async function deployedFiles(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, file: relative(directory, path).split(sep).join('/') }))
    .filter(({ file }) => isBundlePath(file))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
  return Object.fromEntries(
    await Promise.all(
      files.map(async ({ path, file }): Promise<[string, string]> => [file, textOf(await readFile(path))]),
    ),
  )
}

/** As a bundle carries it: bytes that are no text as their base64, so that the two can be compared. */
function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('base64')
}
