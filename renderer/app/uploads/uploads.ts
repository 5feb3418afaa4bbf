import { create } from 'zustand'
import { failureOf } from '../../../engine/contract/api/failure-of.ts'
import type { Failure } from '../../../engine/contract/failure.ts'
import type { Dropped } from './dropped-items.ts'
import { makeFolder, sendFile } from './send-file.ts'

/** One thing on its way to the server. */
export interface Upload {
  readonly id: number
  readonly name: string
  readonly files: number
  readonly sentFiles: number
  readonly bytes: number
  readonly sentBytes: number
  readonly failure?: Failure
  readonly cancel: () => void
}

interface UploadsState {
  readonly uploads: readonly Upload[]
  readonly forget: (id: number) => void
}

/** What is being sent, and what could not be; what arrived is forgotten. */
export const useUploads = create<UploadsState>((set) => ({
  uploads: [],
  forget: (id) => set(({ uploads }) => ({ uploads: uploads.filter((one) => one.id !== id) })),
}))

let lastId = 0
/** One after the other: the first is there sooner, and the order is kept. */
let queue: Promise<unknown> = Promise.resolve()

/** Sends a file or a folder into `directory`. Returns the paths there; undefined when it was cancelled or failed, which the list tells. */
export function upload(dropped: Dropped, directory: string): Promise<readonly string[] | undefined> {
  lastId += 1
  const id = lastId
  const sending = new AbortController()
  const bytes = dropped.files.reduce((sum, { file }) => sum + file.size, 0)
  const begun: Upload = {
    id,
    name: dropped.name,
    files: dropped.files.length,
    sentFiles: 0,
    bytes,
    sentBytes: 0,
    cancel: () => sending.abort(),
  }
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, begun] }))
  const sent = queue.then(() => sendAll(dropped, { id, directory, signal: sending.signal }))
  queue = sent.catch(() => undefined)
  return sent.then(
    (paths) => {
      useUploads.getState().forget(id)
      return paths
    },
    (error: unknown) => {
      if (sending.signal.aborted) useUploads.getState().forget(id)
      else change(id, () => ({ failure: failureOf(error) }))
      return undefined
    },
  )
}

interface Batch {
  readonly id: number
  readonly directory: string
  readonly signal: AbortSignal
}

async function sendAll({ name, isFolder, files }: Dropped, { id, directory, signal }: Batch): Promise<string[]> {
  signal.throwIfAborted()
  const into = isFolder ? await makeFolder(directory, name, signal) : directory
  const paths: string[] = []
  for (const { path, file } of files) {
    const onSent = (bytes: number): void => change(id, ({ sentBytes }) => ({ sentBytes: sentBytes + bytes }))
    paths.push(await sendFile({ file, directory: into, name: path, signal, onSent }))
    change(id, ({ sentFiles }) => ({ sentFiles: sentFiles + 1 }))
  }
  return paths
}

function change(id: number, by: (upload: Upload) => Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((one) => (one.id === id ? { ...one, ...by(one) } : one)),
  }))
}
