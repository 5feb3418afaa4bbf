import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '../base/ids.ts'

/**
 * Replaces a file so that after a crash either the old or the new content is there, whole.
 *
 * Writes a temporary file beside it, fsyncs, renames, fsyncs the folder. Nothing else in Runnel writes files a user relies on.
 */
export async function writeFileDurably(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  await replaceFileDurably(path, async (temporary) => {
    await using file = await open(temporary, 'wx', mode)
    await file.writeFile(content)
  })
}

/**
 * The same for content that something else writes: `produce` is given the temporary path and must leave a file there.
 * When it throws, the temporary file is removed and the old file stays.
 */
export async function replaceFileDurably(
  path: string,
  produce: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const temporary = join(folder, `.runnel-${newId()}.tmp`)
  try {
    await produce(temporary)
    await syncPath(temporary)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true, recursive: true })
    throw error
  }
  await syncPath(folder)
}

/** Flushes a file or folder to the disk. Windows has no fsync for folders; its rename is journalled. */
export async function syncPath(path: string): Promise<void> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    if (process.platform === 'win32') return
    throw error
  }
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
