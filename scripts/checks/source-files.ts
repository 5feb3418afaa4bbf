import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './run-tool.ts'

const SOURCE_FOLDERS = ['engine', 'main', 'preload', 'renderer', 'e2e', 'scripts', 'bench']

/** The folders of ours that hold code. */
export async function sourceFolders(): Promise<string[]> {
  const present = new Set(await readdir(ROOT))
  return SOURCE_FOLDERS.filter((folder) => present.has(folder))
}

/** Every TypeScript file of ours as `engine/…`, in name order. */
export async function sourceFiles(): Promise<string[]> {
  const found = await Promise.all(
    (await sourceFolders()).map(async (folder) => {
      const entries = await readdir(join(ROOT, folder), { recursive: true })
      return entries
        .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    }),
  )
  return found.flat().toSorted()
}
