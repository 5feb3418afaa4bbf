import type { FullLog } from '../connectors/api/changes.ts'
import type { StoredSyncTable } from '../store/sync-tables.ts'
import { type CopyTablesRequest, makeRoom } from './copy-tables.ts'

export interface LogBeginning {
  readonly waiting: readonly StoredSyncTable[]
  /** Where the other tables go on. */
  readonly from: string
}

/**
 * Begins tables whose log holds every row since the first: makes room in the target and gives the position from which they are read.
 * Whoever is killed before a table is noted empties it again and begins anew.
 */
export async function beginWithLog(
  request: CopyTablesRequest,
  log: FullLog,
  { waiting, from }: LogBeginning,
): Promise<string> {
  const { applier, tables, sync, progress, signal } = request
  const begun: StoredSyncTable[] = []
  for (const stored of waiting) {
    const table = await log.describe(stored.dataset, signal)
    await makeRoom(request, { table, stored, before: stored.columns ?? table.columns })
    begun.push({ ...stored, columns: table.columns, state: 'copied' })
  }
  const datasets = waiting.map(({ dataset }) => dataset)
  const position = await log.rewind(from, datasets)
  await applier.commit(position)
  for (const table of begun) {
    tables.put(sync, table)
    progress.table(table.dataset, { target: table.target, state: 'copied', copiedRows: '0' })
  }
  return position
}
