import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { NAMED_FILES, WORKSPACE_FILE } from './layout.ts'

/** The files a workspace is made of, layouts and tests included, in name order; links and local state left out. */
export async function listWorkspaceFiles(directory: string): Promise<{ file: string; sizeBytes: number }[]> {
  const names = [WORKSPACE_FILE]
  for (const folder of Object.keys(NAMED_FILES)) {
    const entries = await readdir(join(directory, folder)).catch(() => [])
    names.push(...entries.filter((entry) => /\.(yaml|json)$/.test(entry)).map((entry) => `${folder}/${entry}`))
  }
  const files: { file: string; sizeBytes: number }[] = []
  for (const file of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    const found = await lstat(join(directory, file)).catch(() => undefined)
    if (found?.isFile() === true) files.push({ file, sizeBytes: found.size })
  }
  return files
}
