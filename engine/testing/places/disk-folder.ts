import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PlaceConfig } from '../../connectors/shared/places/config.ts'
import type { TestFolder } from './test-place.ts'

/** A folder of this machine that a server of the tests shows. */
export async function diskFolder(parent: string, configOf: (path: string) => PlaceConfig): Promise<TestFolder> {
  const path = await mkdtemp(join(parent, 'folder-'))
  return {
    config: configOf(path),
    write: async (name, content) => {
      await mkdir(dirname(join(path, name)), { recursive: true })
      await writeFile(join(path, name), content)
    },
    read: (name) => readFile(join(path, name)),
    names: async () => {
      const found = await readdir(path, { recursive: true, withFileTypes: true })
      return found.filter((entry) => entry.isFile()).map((entry) => entry.name)
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}
