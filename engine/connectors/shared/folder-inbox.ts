import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, unlink } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { isFailure } from '../../contract/failure.ts'
import { syncPath } from '../../os/durable-file.ts'
import type { Inbox, InboxFile } from '../api/inbox.ts'
import { assertUnchanged } from './file-fingerprint.ts'
import { pathInFolder, resolveFiles } from './file-folder.ts'
import type { FileFolder, FolderFile } from './folder-file.ts'
import { placeInbox } from './places/place-inbox.ts'

/** The files of a connection as an inbox, here or elsewhere. */
export function inboxOf(folder: FileFolder, extensions: readonly string[]): Inbox {
  const { place } = folder
  if (place === undefined) return folderInbox(folder, extensions)
  return placeInbox({ path: folder.path, place })
}

/** The files of a folder as an inbox. */
export function folderInbox(folder: FileFolder, extensions: readonly string[]): Inbox {
  const find = async ({ name, version }: InboxFile): Promise<FolderFile | undefined> => {
    const [file] = await filesOf(folder, name, extensions)
    return file !== undefined && versionOf(file) === version ? file : undefined
  }
  return {
    list: async (dataset) =>
      (await filesOf(folder, dataset, extensions)).map((file) => ({
        name: file.name,
        sizeBytes: file.fingerprint.sizeBytes,
        version: versionOf(file),
      })),
    digest: async (listed, signal) => {
      const file = (await find(listed)) ?? { ...listed, path: join(folder.path, listed.name), fingerprint: GONE }
      await assertUnchanged(file)
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(file.path, signal === undefined ? {} : { signal })) hash.update(chunk)
      await assertUnchanged(file)
      return hash.digest('hex')
    },
    move: async (listed, to) => {
      const file = await find(listed)
      return file === undefined ? undefined : moveInto(folder, file, to)
    },
  }
}

const GONE = { sizeBytes: -1n, modifiedNs: 0n, changedNs: 0n, inode: 0n }

/** The change time is left out: a move sets it, and a link to the file does too. */
function versionOf({ fingerprint: { sizeBytes, modifiedNs, inode } }: FolderFile): string {
  return `${sizeBytes}-${modifiedNs}-${inode}`
}

async function filesOf(folder: FileFolder, dataset: string, extensions: readonly string[]): Promise<FolderFile[]> {
  try {
    return await resolveFiles(folder, dataset, extensions)
  } catch (error) {
    if (isFailure(error, 'source.dataset_missing')) return []
    throw error
  }
}

/** A hard link cannot replace a file, as a rename would. */
async function moveInto(folder: FileFolder, { name, path }: FolderFile, to: string): Promise<string> {
  const ending = extname(name)
  const stem = basename(name, ending)
  for (let copy = 1; ; copy++) {
    const moved = `${to}/${stem}${copy === 1 ? '' : `-${copy}`}${ending}`
    const target = await pathInFolder(folder, moved)
    await mkdir(dirname(target), { recursive: true })
    try {
      await link(path, target)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue
      throw error
    }
    await syncPath(dirname(target))
    await unlink(path)
    await syncPath(dirname(path))
    return moved
  }
}
