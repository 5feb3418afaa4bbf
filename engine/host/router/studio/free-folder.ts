import { pathExists } from '../../../os/path-exists.ts'

/** The path, or the same with the first number that makes it new. */
export async function freeFolder(path: string): Promise<string> {
  if (!(await pathExists(path))) return path
  for (let number = 2; ; number++) {
    const numbered = `${path}-${number}`
    if (!(await pathExists(numbered))) return numbered
  }
}
