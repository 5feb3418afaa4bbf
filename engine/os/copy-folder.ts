import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Copies the files of `from`, and those of the folders in it, to `to`, but for what stands in `from` itself under a name that is left out.
 *
 * Not `cp`: a packaged app has its files in an archive that Electron opens for `readdir` and `readFile` only (electron/electron#49012).
 */
export async function copyFolder(from: string, to: string, leftOut: ReadonlySet<string> = new Set()): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (leftOut.has(entry.name)) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyFolder(source, target)
    else if (entry.isFile()) await writeFile(target, await readFile(source))
  }
}
