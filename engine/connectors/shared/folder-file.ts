import type { FileFingerprint } from './file-fingerprint.ts'
import type { Place } from './places/place.ts'

/** The folder a file connection may touch, and the connection's name for messages. */
export interface FileFolder extends AsyncDisposable {
  readonly source: string
  /** Absolute; may not exist yet. Where the files are elsewhere, copies of them come to be here. */
  readonly path: string
  /** Absent where the files are in `path` themselves. */
  readonly place?: Place
}

/** A file inside the folder. `name` is relative to the folder, with `/`; `path` is absolute and free of symlinks. */
export interface FolderFile {
  readonly name: string
  readonly path: string
  readonly fingerprint: FileFingerprint
}

/** A file by its name; what is in it can be elsewhere. */
export interface ListedFile {
  readonly name: string
  readonly sizeBytes: bigint
  /** Brings it to this machine where it is not. @throws Failure `source.dataset_missing` when it is gone. */
  open(signal?: AbortSignal): Promise<FolderFile>
}
