import { type Failure, toFailure } from '../contract/failure.ts'
import type { SyncFile } from '../contract/sync-file.ts'

/** What ends a sync, or asks a person about it, whatever is said about tables that fail. */
const OF_THE_SYNC = new Set(['sync.taken_over', 'sync.structure_changed', 'work.cancelled'])

/** A table of a sync that cannot go on; what was not committed is not there. The others go on without it. */
export class FailedTable extends Error {
  readonly dataset: string
  readonly failure: Failure

  constructor(dataset: string, failure: Failure) {
    super(failure.message, { cause: failure })
    this.dataset = dataset
    this.failure = failure
  }
}

/** Runs what is done for one table. @throws FailedTable for a failure of this table alone, where such a table is left out */
export async function ofTable<Result>(
  dataset: string,
  policy: SyncFile['failedTable'],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const failure = toFailure(error)
    const isOfTable = policy === 'leave_out' && !failure.spec.retryable && !OF_THE_SYNC.has(failure.code)
    throw isOfTable ? new FailedTable(dataset, failure) : error
  }
}
