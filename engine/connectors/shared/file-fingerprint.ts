import { stat } from 'node:fs/promises'
import { Failure } from '../../contract/failure.ts'

/** What tells two states of a file apart. The change time is in it because nothing can set it back after a write. */
export interface FileFingerprint {
  readonly sizeBytes: bigint
  readonly modifiedNs: bigint
  readonly changedNs: bigint
  readonly inode: bigint
}

export async function fingerprintOf(path: string): Promise<FileFingerprint> {
  const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true })
  return { sizeBytes: size, modifiedNs: mtimeNs, changedNs: ctimeNs, inode: ino }
}

/**
 * Compares a file with what it was when reading began. Call after the last byte was read, before the rows are used for good.
 * @throws Failure `file.changed` when it was written, replaced or removed in between.
 */
export async function assertUnchanged(file: {
  readonly name: string
  readonly path: string
  readonly fingerprint: FileFingerprint
}): Promise<void> {
  const now = await fingerprintOf(file.path).catch(() => undefined)
  const before = file.fingerprint
  const isSame =
    now !== undefined &&
    now.sizeBytes === before.sizeBytes &&
    now.modifiedNs === before.modifiedNs &&
    now.changedNs === before.changedNs &&
    now.inode === before.inode
  if (!isSame) throw new Failure('file.changed', { file: file.name })
}
