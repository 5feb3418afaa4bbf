import type { SyncStanding } from '../../../engine/contract/api/syncs.ts'
import type { SyncTable } from '../../../engine/contract/sync.ts'

/** The state of a sync as StateTag knows it; one that never ran is at rest. */
export function stateOf({ status, isRun }: SyncStanding): string {
  if (status === undefined) return isRun ? 'preparing' : 'stopped'
  return status.state
}

const TABLE_STATES = { waiting: 'queued', copying: 'copying', copied: 'copied', failed: 'failed' } as const

/** The state of a table as StateTag knows it: a table that waits for its turn is not a sync that waits for its source. */
export function tableState({ state }: Pick<SyncTable, 'state'>): string {
  return TABLE_STATES[state]
}

/** A source gives a reader up when its log grows too long: so much of the way there is worth a warning. */
const ALARMING = 0.5

/** How far the log that is held back is on its way to the source's limit, from 0 to 1, where that is alarming. */
export function alarmingShare(
  reader: { lagBytes: number; headroomBytes?: number | undefined } | undefined,
): number | undefined {
  if (reader?.headroomBytes === undefined) return undefined
  const share = reader.lagBytes / Math.max(1, reader.lagBytes + reader.headroomBytes)
  return share >= ALARMING ? share : undefined
}
