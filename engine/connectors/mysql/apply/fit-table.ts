import { type Sql, sql } from '../../../sql/sql.ts'
import type { FitRequest } from '../../api/change-applier.ts'
import type { ChangedTable } from '../../api/changes.ts'
import type { WritePlan } from '../../api/writer.ts'
import { tableName } from '../catalogue/table-name.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import { flavourOf } from '../types/flavour.ts'
import { existingColumns } from '../write/existing-columns.ts'
import { planLoad } from '../write/plan-load.ts'
import { readLines } from './read-lines.ts'
import { retype } from './retype.ts'
import type { ApplyTable, StageColumn } from './stage-statements.ts'
import { type LineTranslator, lineTranslator } from './translate-cells.ts'

interface Load {
  readonly statement: Sql
  readonly translate: LineTranslator | undefined
}

/** A table as it is applied, once its target was made fit. */
export interface FittedTable extends ApplyTable {
  readonly dataset: string
  readonly plan: WritePlan
  readonly loads: { readonly rows: Load; readonly gone: Load }
}

interface FitPlace {
  readonly connection: MysqlConnection
  readonly database: string
  readonly stages: { readonly rows: Sql; readonly gone: Sql }
  /** Runs a statement that changes the target's structure. */
  readonly change: (statement: string) => Promise<void>
  readonly signal?: AbortSignal
}

/** Makes the target fit, and decides how changes of the table go into it. */
export async function fitTable(
  table: ChangedTable,
  { dataset, ddl, leftOut, retyped }: FitRequest,
  { connection, database, stages, change, signal }: FitPlace,
): Promise<FittedTable> {
  const taken = table.columns.filter(({ name }) => leftOut?.has(name) !== true)
  const keys = table.keys.map((position) => table.columns[position]?.name ?? '')
  const mode = keys.length > 0 ? 'upsert' : 'append'
  const request = { dataset, columns: taken, mode, keys, ...(signal === undefined ? {} : { signal }) } as const
  const name = tableName(dataset, database)
  const other = taken.filter((column) => retyped?.has(column.name) === true)
  const statements = retype({
    target: name.path,
    existing: (await existingColumns(connection, name, signal)) ?? [],
    columns: other,
    keys,
    flavour: flavourOf((await connection.value(sql`SELECT VERSION()`, signal)) ?? ''),
  })
  for (const statement of statements) await change(statement)
  const before = await planLoad(connection, { ...request, ddl }, database)
  for (const statement of before.written.statements) await change(statement)
  // What was changed is only now as it is written to.
  const plan = await planLoad(connection, { ...request, ddl: 'never' }, database)
  const columns = table.columns.map(
    (column, position): StageColumn => ({
      position,
      column,
      target: plan.table.pairs.find((pair) => pair.column === column)?.target,
    }),
  )
  const ofKeys = table.keys.flatMap((position) => columns[position] ?? [])
  const hasKeys = ofKeys.length > 0
  const existing = (await existingColumns(connection, name, signal)) ?? []
  return {
    table,
    dataset,
    target: name.path,
    columns,
    keys: ofKeys,
    others: existing.flatMap((column) =>
      column.generated === true || columns.some(({ target }) => target?.name === column.name) ? [] : [column.name],
    ),
    ...stages,
    plan: { ...before.written, statements: [...statements, ...before.written.statements] },
    loads: {
      rows: { statement: readLines(stages.rows, columns, true), translate: lineTranslator(table.columns) },
      gone: {
        statement: readLines(stages.gone, hasKeys ? ofKeys : columns, !hasKeys),
        translate: lineTranslator(hasKeys ? ofKeys.map(({ column }) => column) : table.columns),
      },
    },
  }
}
