import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './run-tool.ts'

export const SOURCE_FOLDERS = ['engine', 'scripts', 'bench'] as const

/** Every TypeScript file of ours as `engine/…`, in name order. */
export async function sourceFiles(): Promise<string[]> {
  const found = await Promise.all(
    SOURCE_FOLDERS.map(async (folder) => {
      const entries = await readdir(join(ROOT, folder), { recursive: true })
      return entries.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    }),
  )
  return found.flat().toSorted()
}
