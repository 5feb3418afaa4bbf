import type { PlanEvent, PlannedName, PlannedTable, SyncCapability } from '../../../../engine/contract/sync-plan.ts'

/** A plan as far as it has come. */
export interface Planned {
  readonly systems: { readonly source: SyncCapability; readonly target: SyncCapability } | undefined
  readonly names: readonly PlannedName[]
  readonly tables: ReadonlyMap<string, PlannedTable>
}

export const NO_PLAN: Planned = { systems: undefined, names: [], tables: new Map() }

/** Pure. */
export function plannedWith(before: Planned, event: PlanEvent): Planned {
  if (event.kind === 'names') {
    const { source, target, names } = event
    return { systems: { source, target }, names, tables: new Map() }
  }
  return { ...before, tables: new Map(before.tables).set(event.table.dataset, event.table) }
}

/** What a person must know before the start. */
export interface PlanSummary {
  readonly fresh: number
  readonly existing: number
  readonly failing: number
  readonly withoutKey: number
  readonly lossy: number
}

export function summaryOf({ tables }: Pick<Planned, 'tables'>): PlanSummary {
  const all = [...tables.values()]
  const count = (test: (table: PlannedTable) => boolean): number => all.filter(test).length
  return {
    fresh: count((table) => isSound(table) && !table.exists),
    existing: count((table) => isSound(table) && table.exists),
    failing: count((table) => !isSound(table)),
    withoutKey: count((table) => isSound(table) && table.keys.length === 0),
    lossy: count((table) => lossesOf(table).length > 0),
  }
}

function isSound({ failure }: PlannedTable): boolean {
  return failure === undefined
}

/** Columns whose values cannot all be kept as they are. */
export function lossesOf({ mappings }: PlannedTable): PlannedTable['mappings'] {
  return mappings.filter(({ fidelity }) => fidelity.kind === 'lossy')
}

/** Those that a person must look at first. */
export function inOrder({
  names,
  tables,
}: Planned): readonly (PlannedName & { readonly table: PlannedTable | undefined })[] {
  return names
    .map((name) => ({ ...name, table: tables.get(name.dataset) }))
    .toSorted((a, b) => weight(a.table) - weight(b.table))
}

function weight(table: PlannedTable | undefined): number {
  if (table === undefined) return 3
  if (table.failure !== undefined) return 0
  return lossesOf(table).length > 0 || table.warnings.length > 0 || table.keys.length === 0 ? 1 : 2
}
