import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import { stageName, stagePrefix } from '../../shared/load/load-tables.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { definition, type LoadPlan } from './plan-load.ts'

export interface StageTable {
  readonly name: string
  readonly table: Sql
  readonly role: StageRole
}

/**
 * What becomes of the stage at the commit: it is renamed to a target that is not there yet (`new`), it takes the place of a target
 * that it is built like (`swap`), or its rows are merged.
 */
export type StageRole = 'new' | 'swap' | 'merge'

/** Removes what killed loads into the same dataset left, and creates the stage. */
export async function createStage(
  connection: PostgresConnection,
  plan: LoadPlan,
  { dataset, loadId, role, ...call }: PostgresCall & { dataset: string; loadId: string; role: StageRole },
): Promise<StageTable> {
  const { schema } = plan.path
  const left = await connection.rows(
    sql`SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ${literal(schema)} AND c.relkind = 'r' AND starts_with(c.relname::text, ${literal(stagePrefix(dataset))})`,
    call,
  )
  for (const [name] of left) await connection.run(sql`DROP TABLE IF EXISTS ${id(schema, name ?? '')}`, call)
  const name = stageName(dataset, loadId)
  const table = id(schema, name)
  const columns =
    role === 'swap'
      ? sql`LIKE ${id(schema, plan.path.name)} INCLUDING ALL EXCLUDING INDEXES`
      : join(plan.table.pairs.map(({ target }) => stageColumn(plan, target)))
  // A table that becomes the target must survive a crash; any other stage is made again by the next attempt.
  const kind = role === 'merge' ? sql`UNLOGGED TABLE` : sql`TABLE`
  await connection.run(sql`CREATE ${kind} ${table} (${columns}) WITH (autovacuum_enabled = false)`, call)
  return { name, table, role }
}

/** With the target's collation, so that keys which it takes for one are found before the merge. */
function stageColumn({ existing }: LoadPlan, target: { name: string; type: string }): Sql {
  const collation = existing.find(({ name }) => name === target.name)?.collation ?? null
  return collation === null ? definition(target) : sql`${definition(target)} COLLATE ${trusted(collation)}`
}
