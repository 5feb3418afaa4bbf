import { Failure } from '../contract/failure.ts'

/** What a record of the run that the disk did not take says: full, or not to be relied on (EIO, read-only, no such folder). */
export function diskFailure(file: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  const reason = error instanceof Error ? error.message : String(error)
  return reason.includes('ENOSPC')
    ? new Failure('run.disk_full', { reason }, { cause: error })
    : new Failure('run.disk_failed', { file, reason }, { cause: error })
}
