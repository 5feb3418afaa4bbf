import type { SyncTable } from '../../../../engine/contract/sync.ts'

export type StateFilter = 'all' | SyncTable['state']

/** Tables that are shown: those that fail first, then those that are copied, then by name as they came. */
export function shownTables(
  tables: readonly SyncTable[],
  { search, state }: { readonly search: string; readonly state: StateFilter },
): SyncTable[] {
  const wanted = search.trim().toLowerCase()
  return tables
    .filter((table) => state === 'all' || table.state === state)
    .filter(({ dataset, target }) => `${dataset}\n${target}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => ORDER[a.state] - ORDER[b.state])
}

const ORDER: Record<SyncTable['state'], number> = { failed: 0, copying: 1, waiting: 2, copied: 2 }

/** How much of a table is copied by the source's own estimate, from 0 to 1; undefined where it knows none, and of tables that fail. */
export function copiedShare({ state, copiedRows, estimatedRows }: SyncTable): number | undefined {
  if (state === 'copied') return 1
  if (state === 'failed') return undefined
  const all = Number(estimatedRows ?? 0)
  // An estimate may be far off: a copy that goes on is never told to be done.
  return all > 0 ? Math.min(0.99, Number(copiedRows) / all) : undefined
}
