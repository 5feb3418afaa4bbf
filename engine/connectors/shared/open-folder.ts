import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenRequest } from '../api/connector.ts'
import { fileFolder } from './file-folder.ts'
import type { FileFolder } from './folder-file.ts'
import type { FileConfig } from './places/config.ts'
import { openPlace } from './places/open-place.ts'

/** Below the workspace: copies of files that lie elsewhere. */
const MIRROR = join('.runnel', 'places')

/**
 * The files of a connection, here or elsewhere; dispose it to end the connection to a place.
 * @throws Failure those of `openPlace`. A folder of this machine is not touched.
 */
export async function openFolder(request: OpenRequest<FileConfig>): Promise<FileFolder> {
  const { name, config, baseDirectory } = request
  if (config.place === undefined) return fileFolder(name, config.folder ?? '', baseDirectory)
  const path = join(baseDirectory, MIRROR)
  await mkdir(path, { recursive: true, mode: 0o700 })
  const place = await openPlace(config.place, request)
  return {
    source: name,
    path,
    place,
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  }
}
