import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { newId } from '../base/ids.ts'
import type { Bundle } from '../contract/bundle-file.ts'
import { syncPath, writeFileDurably } from '../os/durable-file.ts'
import { loadWorkspace, requireSound } from '../workspace/load.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { bytesOf } from './parse-bundle.ts'

/**
 * Writes a parsed and verified bundle into a new folder and loads it as a workspace. The folder is there whole, or not at all.
 * @param directory must not exist yet
 * @throws Failure `workspace.invalid` when its files are not those of a sound workspace.
 */
export async function unpackBundle(bundle: Bundle, directory: string): Promise<Workspace> {
  const target = resolve(directory)
  const parent = dirname(target)
  const unfinished = join(parent, `.unpacking-${newId()}`)
  await mkdir(unfinished, { recursive: true })
  try {
    for (const [path, content] of Object.entries(bundle.files)) {
      await writeFileDurably(join(unfinished, path), bytesOf(content))
    }
    requireSound(await loadWorkspace(unfinished))
    await rename(unfinished, target)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
  await syncPath(parent)
  return await loadWorkspace(target)
}
