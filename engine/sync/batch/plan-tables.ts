import { connectorOfKind } from '../../connectors/all.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { DatasetSchema } from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import type { SyncFile } from '../../contract/sync-file.ts'
import type { StoredSyncTable } from '../../store/sync-tables.ts'
import { type ChosenTable, chooseTables, targetName } from '../choose-tables.ts'
import type { SyncPorts, SyncRequest } from '../ports.ts'
import { boundQuery } from './bound-query.ts'
import { queryDataset, queryOf } from './table-settings.ts'

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
  const toFiles = connector?.form.group === 'file'
  const known = new Map(tables.list(name).map((table) => [table.dataset, table]))
  const found = chooseTables(name, file, listed, { toFiles })
  const queries = file.queries.map((query) => queryTable(query.name, file, toFiles))
  const chosen = [...allowed(file, found, known), ...queries]
  for (const dataset of known.keys()) if (!chosen.some((one) => one.dataset === dataset)) tables.forget(name, dataset)
  const planned: PlannedTable[] = []
  for (const { dataset, target } of chosen) {
    const options = optionsOf(file, dataset)
    const schema = await source.describe(dataset, options, signal)
    const before = known.get(dataset)
    if (before !== undefined && before.target !== target) tables.forget(name, dataset)
    if (before === undefined) tables.put(name, { dataset, target, state: 'waiting', copiedRows: 0n })
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

/** What the policy says about tables that were not there when the sync ran last. @throws Failure `sync.structure_changed` */
function allowed(
  { newTables }: SyncFile,
  chosen: readonly ChosenTable[],
  known: ReadonlyMap<string, StoredSyncTable>,
): readonly ChosenTable[] {
  if (newTables === 'copy' || known.size === 0) return chosen
  const [first] = chosen.filter(({ dataset }) => !known.has(dataset))
  if (newTables === 'pause' && first !== undefined) {
    throw new Failure('sync.structure_changed', { dataset: first.dataset, changes: ['+ table'] })
  }
  return chosen.filter(({ dataset }) => known.has(dataset))
}

function queryTable(name: string, file: SyncFile, toFiles: boolean): ChosenTable {
  return { dataset: queryDataset(name), target: targetName(name, file.rename, toFiles) }
}

/** Options under which a source describes a dataset. */
function optionsOf(file: SyncFile, dataset: string): unknown {
  const query = queryOf(file, dataset)
  return query === undefined ? {} : { query: boundQuery(query.query, { since: query.from, until: query.from }) }
}
