import { Failure } from '../../../contract/failure.ts'

/** What the client's errors have in common. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined
  const metadata = error.$metadata
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined
}

/** Whether the store says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404
}

/** A client's error as ours, once. */
export function s3Failure(
  error: unknown,
  { source, file }: { readonly source: string; readonly file: string },
): Failure {
  if (error instanceof Failure) return error
  const status = statusOf(error)
  const reason = reasonOf(error)
  if (status === 412 || status === 409) return new Failure('file.changed', { file }, { cause: error })
  if (status === 401 || status === 403) return new Failure('source.unauthorized', { source, reason }, { cause: error })
  if (status === 404 && file !== '') return new Failure('source.dataset_missing', { dataset: file }, { cause: error })
  if (status === 404)
    return new Failure('source.unavailable', { source, reason: 'there is no such bucket' }, { cause: error })
  if (status !== undefined && status < 500) return new Failure('source.rejected', { source, reason }, { cause: error })
  return new Failure('source.unavailable', { source, reason }, { cause: error })
}

/** Answers without a body have no message of their own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const status = statusOf(error)
  const code = 'code' in error ? String(error.code) : error.name
  const said = /^(?:UnknownError|)$/.test(error.message) ? code : error.message
  return status === undefined || said !== code ? said : `${said} (${status})`
}
