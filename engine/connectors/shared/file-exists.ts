import { stat } from 'node:fs/promises'

/** Whether a regular file is there and may be looked at. */
export async function fileExists(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() === true
}
