import type { OpenRequest } from '../../api/connector.ts'

/** What a place is opened with, besides its settings. */
export type PlaceRequest = Pick<OpenRequest<unknown>, 'name' | 'secret' | 'signal'>

/** A file of a place, by its name relative to the connection's folder there. */
export interface PlaceEntry {
  /** With `/`; free of `..`, empty parts and names that begin with a dot. */
  readonly name: string
  readonly sizeBytes: bigint
}

/** A file in the state it has now. */
export interface PlaceFile extends PlaceEntry {
  /** Another text after every change that the place can tell: its entity tag, or size and time. */
  readonly version: string
  /** Where the version is told by a time: a file younger than the clock's tick may change without one. */
  readonly modifiedMs?: number
}

export interface PutRequest {
  readonly name: string
  /** The content, on this machine. */
  readonly path: string
  /** What the name must hold for the put to happen: a version, or nothing. Not checked when absent. */
  readonly expected?: { readonly version: string | undefined }
  readonly signal?: AbortSignal | undefined
}

/**
 * A folder of files on another machine: what SFTP, FTP and object storage have in common. Calls may overlap; a connection that was lost
 * is made again by the next call.
 */
export interface Place extends AsyncDisposable {
  /** Tells this place from every other; holds no secret. */
  readonly id: string
  /** Every file below the folder, in no order. @throws Failure `source.unavailable` when the folder is not there. */
  list(signal?: AbortSignal): Promise<PlaceEntry[]>
  /** Undefined when there is no such file. @throws Failure `file.outside_folder` where a link leaves the folder. */
  stat(name: string, signal?: AbortSignal): Promise<PlaceFile | undefined>
  /** Brings the content to a path of this machine that does not exist. */
  download(file: PlaceFile, path: string, signal?: AbortSignal): Promise<void>
  /**
   * Brings a file there, whole or not at all, and makes the folders it needs.
   * @throws Failure `file.changed` when the name does not hold what was expected.
   */
  put(request: PutRequest): Promise<void>
  /**
   * Gives a file another name, in folders that are made; false when that name is taken, and nothing was done.
   * @throws Failure `file.changed` when it is no longer the one that was told of, where the place can see it.
   */
  move(file: PlaceFile, to: string): Promise<boolean>
  /** Removes what puts of killed processes left beside a file, when it is old. */
  removeStale(name: string): Promise<void>
}
