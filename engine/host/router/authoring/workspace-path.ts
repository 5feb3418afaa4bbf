import { mkdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { Failure } from '../../../contract/failure.ts'

/**
 * The absolute path of a file of the workspace that is to be written, moved or removed; its folder is made.
 * @throws Failure `file.outside_folder` when the folder or the file is a link that leaves the workspace
 */
export async function pathInWorkspace(directory: string, file: string): Promise<string> {
  const root = await realpath(directory)
  const wanted = join(root, file)
  await mkdir(dirname(wanted), { recursive: true })
  const path = join(await realpath(dirname(wanted)), basename(wanted))
  const target = await realpath(path).catch(() => path)
  if (!path.startsWith(`${root}${sep}`) || !target.startsWith(`${root}${sep}`)) {
    throw new Failure('file.outside_folder', { file })
  }
  return path
}
