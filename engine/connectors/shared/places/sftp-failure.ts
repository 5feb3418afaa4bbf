import { Failure } from '../../../contract/failure.ts'

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Whether a server says that nothing is there. */
export function isMissing(error: unknown): boolean {
  return (
    ['ENOENT', '2', 'ENOTDIR'].includes(codeOf(error)) ||
    (error instanceof Error && /no such file/i.test(error.message))
  )
}

/** A driver's error as ours, once. */
export function sftpFailure(
  error: unknown,
  { source, file }: { readonly source: string; readonly file: string },
): Failure {
  if (error instanceof Failure) return error
  const reason = reasonOf(error)
  if (isMissing(error) && file !== '') return new Failure('source.dataset_missing', { dataset: file }, { cause: error })
  if (/permission denied/i.test(reason)) return new Failure('source.rejected', { source, reason }, { cause: error })
  return new Failure('source.unavailable', { source, reason }, { cause: error })
}

/** Without the name of the driver's function in front. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^(?:[\w>-]+: )+/, '')
}
