import { connectorOfKind } from '../../connectors/all.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { DatasetSchema } from '../../contract/dataset.ts'
import type { StoredSyncTable } from '../../store/sync-tables.ts'
import { type ChosenTable, chooseTables } from '../choose-tables.ts'
import type { SyncPorts, SyncRequest } from '../ports.ts'

export interface PlannedTable extends ChosenTable {
  readonly name: string
  /** Datasets that its foreign keys refer to. */
  readonly needs: readonly string[]
  readonly schema: DatasetSchema
  readonly stored: StoredSyncTable | undefined
  readonly estimatedRows: string | undefined
}

/** Tables as the source describes them, in name order; those no longer meant are forgotten. */
export async function planTables(
  { tables, kindOf }: SyncPorts,
  { name, file, signal }: SyncRequest,
  source: Session,
): Promise<PlannedTable[]> {
  const listed = await source.list({ signal })
  const connector = await connectorOfKind(kindOf(file.target))
  const chosen = chooseTables(name, file, listed, { withFiles: true, toFiles: connector?.form.group === 'file' })
  const known = new Map(tables.list(name).map((table) => [table.dataset, table]))
  for (const dataset of known.keys()) if (!chosen.some((one) => one.dataset === dataset)) tables.forget(name, dataset)
  const planned: PlannedTable[] = []
  for (const { dataset, target } of chosen) {
    const schema = await source.describe(dataset, {}, signal)
    const before = known.get(dataset)
    if (before !== undefined && before.target !== target) tables.forget(name, dataset)
    planned.push({
      dataset,
      target,
      name: dataset,
      needs: schema.keys.flatMap(({ references }) => (references === undefined ? [] : [references.dataset])),
      schema,
      stored: before?.target === target ? before : undefined,
      estimatedRows: listed.find((one) => one.name === dataset)?.rowEstimate,
    })
  }
  return planned
}
