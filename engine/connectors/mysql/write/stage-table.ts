import { newId } from '../../../base/ids.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { stageName, stagePrefix } from '../../shared/load/load-tables.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import { typeSql } from '../types/load-column.ts'
import type { LoadPlan } from './plan-load.ts'

export interface Stage {
  readonly name: string
  readonly path: Sql
  /** The stage is the new table itself: the commit renames it instead of copying its rows. */
  readonly isNewTable: boolean
}

/**
 * The stage of a load. A new or replaced table is filled in place unless a person edited its DDL.
 *
 * Its name is new every time: a paused process that wakes up must not load into the stage of the one that took over.
 */
export function stageOf(
  plan: LoadPlan,
  { dataset, loadId, mode }: { dataset: string; loadId: string; mode: string },
): Stage {
  const name = stageName(dataset, `${loadId}:${newId()}`)
  const onlyChangesRows = mode === 'update' || mode === 'delete'
  const isSwapped = mode === 'replace' && !plan.mustKeepTable
  const isNewTable = !plan.isEdited && (isSwapped || (!plan.table.exists && !onlyChangesRows))
  return { name, path: id(plan.target.schema, name), isNewTable }
}

/** The new table of a replace whose DDL a person wrote; it is filled from the stage. */
export function copyName(dataset: string, { name }: Stage): string {
  return stageName(dataset, `${name}:new`)
}

/** Makes the stage, empty. A new table has its keys from the start, so a row that breaks them is a warning of the load. */
export async function createStage(connection: MysqlConnection, plan: LoadPlan, stage: Stage): Promise<void> {
  if (stage.isNewTable && plan.table.exists) {
    await connection.execute(sql`CREATE TABLE ${stage.path} LIKE ${plan.target.path}`)
    for (const statement of plan.ddl(stage.path)) await connection.execute(statement)
    return
  }
  if (stage.isNewTable) {
    for (const statement of plan.ddl(stage.path)) await connection.execute(statement)
    return
  }
  const columns = plan.columns.map(({ target }) => sql`${id(target.name)} ${typeSql(target)} NULL`)
  await connection.execute(
    sql`CREATE TABLE ${stage.path} (${join(columns)}) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
  )
}

/** Stages of the dataset that killed loads left behind. */
export async function leftoverStages(
  connection: MysqlConnection,
  { schema, dataset }: { schema: string; dataset: string },
): Promise<string[]> {
  const prefix = stagePrefix(dataset)
  const { rows } = await connection.rows(
    sql`SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(schema)} AND LEFT(TABLE_NAME, ${literal(prefix.length)}) = ${literal(prefix)}`,
  )
  return rows.map(([name]) => name ?? '')
}

export async function dropTables(connection: MysqlConnection, schema: string, names: readonly string[]): Promise<void> {
  for (const name of names) await connection.execute(sql`DROP TABLE IF EXISTS ${id(schema, name)}`)
}
