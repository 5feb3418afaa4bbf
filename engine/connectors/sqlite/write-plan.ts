import { Failure } from '../../contract/failure.ts'
import { KEYED_MODES } from '../../contract/write-mode.ts'
import { sqliteDialect } from '../../sql/dialects.ts'
import { id, join, printSql, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { WritePlan, WriteRequest } from '../api/writer.ts'
import { assertKeysGiven } from '../shared/load/key-checks.ts'
import { planTable, type TablePlan } from '../shared/load/table-plan.ts'
import { findTable, tableName } from './catalogue.ts'
import type { SqliteDatabase } from './database.ts'
import { fitSqliteColumn, newSqliteType } from './target-types.ts'

export interface SqlitePlan {
  readonly table: TablePlan
  readonly shown: WritePlan
}

/** Undefined stands for a database that is not there yet. */
export function planSqlite(database: SqliteDatabase | undefined, request: WriteRequest): SqlitePlan {
  assertKeysGiven(request)
  const found = database === undefined ? undefined : findTable(database, request.dataset)
  if (found?.isView === true) throw new Failure('target.rejected', { target: request.dataset, reason: 'it is a view' })
  const table = planTable({
    ...request,
    existing: found?.columns.map((column) => ({ ...column, type: column.declared })),
    sameName: (a, b) => foldAscii(a) === foldAscii(b),
    newType: newSqliteType,
    fit: (column, target) => fitSqliteColumn(column, target.type),
  })
  const statements =
    request.ddlStatements ?? planStatements(table, request).map((statement) => printSql(statement, sqliteDialect))
  return { table, shown: { exists: table.exists, statements, mappings: table.mappings, warnings: table.warnings } }
}

function planStatements(plan: TablePlan, request: WriteRequest): Sql[] {
  const target = id(tableName(request.dataset))
  if (plan.exists) return plan.add.map((column) => sql`ALTER TABLE ${target} ADD COLUMN ${typed(column)}`)
  const key = KEYED_MODES.has(request.mode) ? [sql`PRIMARY KEY (${join(request.keys.map((name) => id(name)))})`] : []
  return [sql`CREATE TABLE ${target} (${join([...plan.create.map(typed), ...key])})`]
}

export function typed({ name, type }: { readonly name: string; readonly type: string }): Sql {
  return sql`${id(name)} ${trusted(checkedType(type))}`
}

/** Declared types of an existing table come from its file; only what cannot be more than a type may pass into SQL. */
function checkedType(type: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ ]*(\([\d\s,+-]*\))?$/u.test(type) ? type : ''
}

function foldAscii(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
