import { Failure } from '../contract/failure.ts'
import type { RunLimits } from '../contract/job-file.ts'

export interface RejectTotals {
  readonly read: bigint
  readonly rejected: bigint
}

/**
 * @param isFinal whether all rows were read; a share is only known then
 * @throws Failure `run.too_many_rejects`
 */
export function assertRejectLimits(limits: RunLimits, { read, rejected }: RejectTotals, isFinal: boolean): void {
  const { maxRejects, maxRejectShare } = limits
  const fail = (limit: string): Failure =>
    new Failure('run.too_many_rejects', { rejected: String(rejected), read: String(read), limit })
  if (maxRejects !== undefined && rejected > BigInt(maxRejects)) throw fail(String(maxRejects))
  if (isFinal && maxRejectShare !== undefined && Number(rejected) > maxRejectShare * Number(read)) {
    throw fail(`${maxRejectShare * 100} %`)
  }
}
