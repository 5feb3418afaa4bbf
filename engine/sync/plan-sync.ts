import type { Session } from '../connectors/api/session.ts'
import { toFailure } from '../contract/failure.ts'
import type { SyncFile } from '../contract/sync-file.ts'
import type { PlanEvent, PlannedName, PlannedTable, SyncCapability } from '../contract/sync-plan.ts'
import type { Duck } from '../duck/duck.ts'
import { chooseTables } from './choose-tables.ts'

export interface PlanRequest {
  readonly name: string
  readonly file: SyncFile
  readonly source: Session
  readonly target: Session
  readonly kindOf: (connection: string) => string
  readonly duck: Duck
  readonly signal?: AbortSignal
}

/** What a system can do for a sync, by what its open session offers. */
export function capabilityOf(kind: string, session: Session): SyncCapability {
  return {
    kind,
    changes: session.changes !== undefined,
    applies: session.openApplier !== undefined,
    promise: session.appliesAtLeastOnce === true ? 'at_least_once' : 'exactly_once',
  }
}

/** The tables that a sync means, with their names in the target. @throws Failure `sync.no_tables`, `sync.same_target` */
export async function plannedNames({
  name,
  file,
  source,
  signal,
}: Pick<PlanRequest, 'name' | 'file' | 'source' | 'signal'>): Promise<PlannedName[]> {
  const listed = await source.list(signal === undefined ? {} : { signal })
  const estimates = new Map(listed.map((dataset) => [dataset.name, dataset.rowEstimate]))
  return chooseTables(name, file, listed).map(({ dataset, target }) => {
    const rowEstimate = estimates.get(dataset)
    return { dataset, target, ...(rowEstimate === undefined ? {} : { rowEstimate }) }
  })
}

/** What a sync would do, table by table. Changes nothing, neither here nor there. */
export async function* planSync(request: PlanRequest): AsyncGenerator<PlanEvent> {
  const { file, source, target, kindOf } = request
  const names = await plannedNames(request)
  yield {
    kind: 'names',
    source: capabilityOf(kindOf(file.source), source),
    target: capabilityOf(kindOf(file.target), target),
    names,
  }
  for (const name of names) {
    request.signal?.throwIfAborted()
    yield { kind: 'table', table: await plannedTable(request, name) }
  }
}

async function plannedTable(request: PlanRequest, name: PlannedName): Promise<PlannedTable> {
  const empty = { ...name, exists: false, columns: [], keys: [], mappings: [], statements: [], warnings: [] }
  try {
    const { columns, keys } = await request.source.describe(name.dataset, {}, request.signal)
    const primary = keys.find(({ kind }) => kind === 'primary')?.columns ?? []
    const known = { ...empty, columns: [...columns], keys: [...primary] }
    const plan = await request.target.planWrite?.({
      dataset: name.target,
      columns,
      mode: primary.length > 0 ? 'upsert' : 'append',
      keys: primary,
      loadId: 'plan',
      options: {},
      ddl: 'alter',
      duck: request.duck,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
    if (plan === undefined) return known
    return {
      ...known,
      exists: plan.exists,
      mappings: plan.mappings.map((mapping) => ({ ...mapping })),
      statements: [...plan.statements],
      warnings: [...plan.warnings],
    }
  } catch (error) {
    request.signal?.throwIfAborted()
    return { ...empty, failure: toFailure(error).toJSON() }
  }
}
