import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

export interface ReachableModules {
  /** Relative to the folder, with slashes, sorted. */
  readonly files: readonly string[]
  /** Names of the packages that they import, sorted. */
  readonly packages: readonly string[]
}

/**
 * What can be loaded from `entries`, modules of a build in `folder`: imports of both kinds, and `require` of a fixed name.
 *
 * @throws where a module imports a file that is not there.
 */
export async function reachableModules(folder: string, entries: readonly string[]): Promise<ReachableModules> {
  const files = new Set<string>()
  const packages = new Set<string>()
  const waiting = entries.map((entry) => join(folder, entry))
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue
    files.add(file)
    const { importedFiles } = ts.preProcessFile(await readFile(file, 'utf8'), true, true)
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith('.')) waiting.push(join(dirname(file), fileName))
      else if (!isBuiltin(fileName) && fileName !== 'electron') packages.add(packageOf(fileName))
    }
  }
  const paths = [...files].map((file) => relative(folder, file).replaceAll('\\', '/'))
  return { files: paths.toSorted(), packages: [...packages].toSorted() }
}

/** `@scope/name/part` is of the package `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
