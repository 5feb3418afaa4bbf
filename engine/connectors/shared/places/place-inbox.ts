import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { posix } from 'node:path'
import { Failure } from '../../../contract/failure.ts'
import type { Inbox, InboxFile } from '../../api/inbox.ts'
import { fetchFile } from './mirror.ts'
import type { PlaceFile } from './place.ts'
import { namesInPlace, type PlaceFolder } from './place-files.ts'
import { nameInPlace } from './place-names.ts'

/** The files of a place as an inbox. Names that are hidden, as those of files that are still arriving, are not seen. */
export function placeInbox(folder: PlaceFolder): Inbox {
  const { place, path: mirror } = folder
  const find = async ({ name, version }: InboxFile): Promise<PlaceFile | undefined> => {
    const found = await place.stat(name)
    return found?.version === version ? found : undefined
  }
  return {
    list: async (dataset) => {
      const files: InboxFile[] = []
      for (const name of await namesInPlace(folder, dataset)) {
        const found = await place.stat(name)
        if (found !== undefined) files.push({ name, sizeBytes: found.sizeBytes, version: found.version })
      }
      return files
    },
    digest: async (listed, signal) => {
      const found = await find(listed)
      if (found === undefined) throw new Failure('file.changed', { file: listed.name })
      const { path } = await fetchFile({ place, mirror }, found, signal)
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(path, signal === undefined ? {} : { signal })) hash.update(chunk)
      return hash.digest('hex')
    },
    move: async (listed, to) => {
      const found = await find(listed)
      if (found === undefined) return undefined
      const { name: stem, ext } = posix.parse(found.name)
      for (let copy = 1; ; copy++) {
        const moved = nameInPlace(`${to}/${stem}${copy === 1 ? '' : `-${copy}`}${ext}`)
        if (await place.move(found, moved)) return moved
      }
    },
  }
}
