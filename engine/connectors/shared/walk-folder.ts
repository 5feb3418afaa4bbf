import { readdir } from 'node:fs/promises'

/**
 * Names of all files below a folder, relative with `/`, in code-point order. Dot names are left out; symlinked folders are
 * not entered (they can form loops), symlinked files are named.
 */
export async function walkFolder(root: string): Promise<string[]> {
  const names: string[] = []
  const waiting = ['']
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(`${root}/${folder}`, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const name = `${folder}${entry.name}`
      if (entry.isDirectory()) waiting.push(`${name}/`)
      else if (entry.isFile() || entry.isSymbolicLink()) names.push(name)
    }
  }
  return names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
