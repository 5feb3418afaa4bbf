import type { TargetReceipt } from '../../../engine/contract/run.ts'

/** Whether every column that was handed over is in the target with the same checksum and the same number of values. */
export function checksumsAgree({
  sourceChecksums,
  targetChecksums,
}: Pick<TargetReceipt, 'sourceChecksums' | 'targetChecksums'>): boolean {
  return sourceChecksums.length > 0 && checksumLines({ sourceChecksums, targetChecksums }).every(({ isSame }) => isSame)
}

export interface ChecksumLine {
  readonly column: string
  /** Values that are not NULL, as they were handed over. */
  readonly nonNull: string
  readonly sent: string
  /** Absent where the target was not asked for it. */
  readonly arrived: string | undefined
  readonly isSame: boolean
}

/** Column by column what was handed over and what arrived. */
export function checksumLines({
  sourceChecksums,
  targetChecksums,
}: Pick<TargetReceipt, 'sourceChecksums' | 'targetChecksums'>): ChecksumLine[] {
  const there = new Map(targetChecksums.map((one) => [one.column, one]))
  return sourceChecksums.map(({ column, nonNull, checksum }) => {
    const other = there.get(column)
    return {
      column,
      nonNull,
      sent: checksum,
      arrived: other?.checksum,
      isSame: other?.checksum === checksum && other.nonNull === nonNull,
    }
  })
}
