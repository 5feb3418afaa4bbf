import type { TargetReceipt } from '../../../engine/contract/run.ts'

/** Whether every column that was handed over is in the target with the same checksum and the same number of values. */
export function checksumsAgree({
  sourceChecksums,
  targetChecksums,
}: Pick<TargetReceipt, 'sourceChecksums' | 'targetChecksums'>): boolean {
  const there = new Map(targetChecksums.map((one) => [one.column, one]))
  return (
    sourceChecksums.length > 0 &&
    sourceChecksums.every(({ column, checksum, nonNull }) => {
      const other = there.get(column)
      return other?.checksum === checksum && other.nonNull === nonNull
    })
  )
}
