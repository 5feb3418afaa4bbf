import { mkdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Failure } from '../contract/failure.ts'
import { writeFileDurably } from '../os/durable-file.ts'
import { pathExists } from '../os/path-exists.ts'
import { NAMED_FILES, STATE_FOLDER, WORKSPACE_FILE } from './layout.ts'
import { printYaml } from './write-yaml.ts'

/**
 * Makes an empty workspace: runnel.yaml, its folders, and `.runnel/` in .gitignore. Files already in the folder stay.
 * @throws Failure `workspace.exists`
 */
export async function createWorkspace(directory: string, name?: string): Promise<string> {
  const root = resolve(directory)
  const file = join(root, WORKSPACE_FILE)
  if (await pathExists(file)) throw new Failure('workspace.exists', { directory: root })
  for (const folder of Object.keys(NAMED_FILES)) await mkdir(join(root, folder), { recursive: true })
  await ignoreState(join(root, '.gitignore'))
  // Last: a folder with this file in it is a whole workspace.
  await writeFileDurably(file, printYaml({ version: 1, name: name ?? basename(root) }))
  return root
}

async function ignoreState(path: string): Promise<void> {
  const old = await readFile(path, 'utf8').catch(() => '')
  const line = `${STATE_FOLDER}/`
  if (old.split(/\r?\n/).includes(line)) return
  await writeFileDurably(path, `${old}${old === '' || old.endsWith('\n') ? '' : '\n'}${line}\n`)
}
