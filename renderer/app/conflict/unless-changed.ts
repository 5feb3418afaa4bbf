import { failureOf } from '../../../engine/contract/api/failure-of.ts'
import { isFailure } from '../../../engine/contract/failure.ts'

/** What was written; undefined when somebody else changed the file meanwhile, and then nothing was. */
export async function unlessChanged<Written>(writing: Promise<Written>): Promise<Written | undefined> {
  try {
    return await writing
  } catch (error) {
    if (changedFile(error) === undefined) throw error
    return undefined
  }
}

/** The file that somebody else changed, where that is why something was not written. */
export function changedFile(error: unknown): string | undefined {
  const failure = failureOf(error)
  if (!isFailure(failure, 'workspace.file_changed')) return undefined
  return 'file' in failure.detail ? failure.detail.file : undefined
}
