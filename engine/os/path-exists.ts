import { access } from 'node:fs/promises'

/** Whether anything is at a path, a file or a folder, that this process can see. */
export async function pathExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
