import { Failure } from '../contract/failure.ts'

/** Wraps an error of DuckDB once: limits by their own codes, everything else as `sql.invalid` with DuckDB's own words. */
export function duckFailure(error: unknown, text: string): Failure {
  if (error instanceof Failure) return error
  const reason = error instanceof Error ? error.message : String(error)
  const detail = { reason, sql: text.slice(0, 2_000) }
  if (/^Out of Memory Error/i.test(reason)) return new Failure('run.out_of_memory', { reason }, { cause: error })
  if (/No space left on device|max_temp_directory_size/i.test(reason)) {
    return new Failure('run.disk_full', { reason }, { cause: error })
  }
  return new Failure('sql.invalid', detail, { cause: error })
}
