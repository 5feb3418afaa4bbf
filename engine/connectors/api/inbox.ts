/** A file that some other program left. */
export interface InboxFile {
  /** A dataset of the connection. */
  readonly name: string
  readonly sizeBytes: bigint
  /** Another one once the file is written to or replaced. */
  readonly version: string
}

/** Files as parcels: each is taken once and put away. Absent for systems whose datasets are no files. */
export interface Inbox {
  /** The files that a dataset name or pattern stands for, in name order; none when there is none. */
  list(dataset: string): Promise<InboxFile[]>
  /**
   * SHA-256 of the content as it lies there, in hex.
   * @throws Failure `file.changed` when the file is no longer the one that was listed
   */
  digest(file: InboxFile, signal?: AbortSignal): Promise<string>
  /**
   * Moves a file into a folder of the connection, which is made; a file of the same name there stays, and the moved one gets a
   * number. Gives its new name; undefined when the file is gone.
   * @throws Failure `file.changed`, `file.outside_folder`
   */
  move(file: InboxFile, folder: string): Promise<string | undefined>
}
