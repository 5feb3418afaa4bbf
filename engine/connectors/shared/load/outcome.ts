import type { WriteOutcome } from '../../api/writer.ts'

/** The outcome as STATE_TABLE keeps it: counts as text or numbers in the order inserted, updated, deleted, target_rows. */
export function storedOutcome(counts: readonly unknown[]): WriteOutcome {
  const [inserted = 0n, updated = 0n, deleted = 0n, targetRows] = counts.map((count) =>
    typeof count === 'bigint' || typeof count === 'number' || typeof count === 'string' ? BigInt(count) : undefined,
  )
  return { inserted, updated, deleted, ...(targetRows === undefined ? {} : { targetRows }) }
}
