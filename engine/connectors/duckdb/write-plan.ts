import type { Column } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import type { Duck } from '../../duck/duck.ts'
import { duckDialect } from '../../sql/dialects.ts'
import { id, join, literal, printSql, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { WritePlan, WriteRequest } from '../api/writer.ts'
import { assertKeysGiven } from '../shared/load/key-checks.ts'
import { type ExistingColumn, planTable, type TablePlan } from '../shared/load/table-plan.ts'
import { findTable, splitDataset } from './catalogue.ts'
import { typeFit } from './type-fit.ts'

export interface DuckdbPlan {
  readonly table: TablePlan
  readonly shown: WritePlan
}

/** Statements name the table without the database, which has a name only inside one DuckDB. */
export async function planDuckdb(duck: Duck, alias: string | undefined, request: WriteRequest): Promise<DuckdbPlan> {
  assertKeysGiven(request)
  const existing = alias === undefined ? undefined : await existingColumns(duck, alias, request.dataset)
  const table = planTable({
    ...request,
    existing,
    sameName: (a, b) => a.toLowerCase() === b.toLowerCase(),
    newType: ({ type }) => ({ type: type === '"NULL"' ? 'VARCHAR' : type, fidelity: { kind: 'exact' } }),
    fit: (column, target) => fitColumn(column, target, request),
  })
  const { schema, name } = splitDataset(request.dataset)
  const statements =
    request.ddlStatements ??
    planStatements(table, id(schema, name)).map((statement) => printSql(statement, duckDialect))
  return { table, shown: { exists: table.exists, statements, mappings: table.mappings, warnings: table.warnings } }
}

function planStatements(plan: TablePlan, target: Sql): Sql[] {
  if (!plan.exists) return [sql`CREATE TABLE ${target} (${join(plan.create.map(typed))})`]
  return [
    ...plan.add.map((column) => sql`ALTER TABLE ${target} ADD COLUMN ${typed(column)}`),
    ...plan.widen.map(({ name, type }) => sql`ALTER TABLE ${target} ALTER COLUMN ${id(name)} TYPE ${trusted(type)}`),
  ]
}

function typed({ name, type }: { readonly name: string; readonly type: string }): Sql {
  return sql`${id(name)} ${trusted(type)}`
}

/** A narrower target takes the values that fit, and the load fails at one that does not; altering makes room instead. */
function fitColumn(
  column: Column,
  target: ExistingColumn,
  { ddl }: WriteRequest,
): ReturnType<Parameters<typeof planTable>[0]['fit']> {
  const fit = typeFit(column.type, target.type)
  if (fit === 'unfit') {
    const reason = `the target column has type ${target.type}`
    throw new Failure('type.unsupported', { column: column.name, type: column.type, reason })
  }
  if ('fidelity' in fit) return fit
  return ddl === 'alter' ? { fidelity: { kind: 'exact' }, widened: fit.wider } : { fidelity: { kind: 'exact' } }
}

async function existingColumns(duck: Duck, alias: string, dataset: string): Promise<ExistingColumn[] | undefined> {
  const table = await findTable(duck, alias, dataset)
  if (table === undefined) return undefined
  if (table.isView) throw new Failure('target.rejected', { target: dataset, reason: 'it is a view' })
  const { rows } = await duck.rows(
    sql`SELECT column_name, column_default, is_nullable FROM duckdb_columns() WHERE database_name = ${literal(alias)} AND schema_name = ${literal(table.schema)} AND table_name = ${literal(table.name)}`,
  )
  const facts = new Map(rows.map(([name, preset, isNullable]) => [name, { preset, isNullable }]))
  return table.columns.map(({ name, type }) => {
    const { preset, isNullable } = facts.get(name) ?? {}
    return { name, type, nullable: isNullable !== false, hasDefault: typeof preset === 'string' }
  })
}
