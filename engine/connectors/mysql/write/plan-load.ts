import { mysqlDialect } from '../../../sql/dialects.ts'
import { id, join, literal, printSql, type Sql, sql } from '../../../sql/sql.ts'
import type { WritePlan, WriteRequest } from '../../api/writer.ts'
import { assertKeysGiven } from '../../shared/load/key-checks.ts'
import { planTable, type TablePlan, type TargetColumn } from '../../shared/load/table-plan.ts'
import { type TableName, tableName } from '../catalogue/table-name.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import { flavourOf } from '../types/flavour.ts'
import { fitColumn, type LoadColumn, loadColumn, typeSql } from '../types/load-column.ts'
import { newType } from '../types/write-type.ts'
import { existingColumns } from './existing-columns.ts'

export interface LoadPlan {
  readonly target: TableName
  readonly table: TablePlan
  readonly columns: readonly LoadColumn[]
  /** Keys as the target names them. */
  readonly keys: readonly string[]
  /** The plan's own DDL for a table of any name. */
  readonly ddl: (path: Sql) => Sql[]
  readonly isEdited: boolean
  /** Foreign keys and triggers would follow the old table out of a swap; its rows are replaced in one transaction instead. */
  readonly mustKeepTable: boolean
  readonly written: WritePlan
}

/** What decides the structure of a target. */
export type StructureRequest = Pick<WriteRequest, 'dataset' | 'columns' | 'mode' | 'keys' | 'ddl'> &
  Partial<Pick<WriteRequest, 'ddlStatements' | 'signal'>>

/**
 * Decides columns, conversions and DDL of a load; changes nothing.
 * @throws Failure `write.key_missing`, `write.ddl_needed`, `type.unsupported`, `source.dataset_missing` for an unusable name.
 */
export async function planLoad(
  connection: MysqlConnection,
  request: StructureRequest,
  database: string | undefined,
): Promise<LoadPlan> {
  assertKeysGiven(request)
  const target = tableName(request.dataset, database)
  const flavour = flavourOf((await connection.value(sql`SELECT VERSION()`, request.signal)) ?? '')
  const table = planTable({
    dataset: request.dataset,
    columns: request.columns,
    mode: request.mode,
    keys: request.keys,
    ddl: request.ddl,
    existing: await existingColumns(connection, target, request.signal),
    sameName: (a, b) => a.toLowerCase() === b.toLowerCase(),
    newType: (column) => newType(column, { flavour, isKey: request.keys.includes(column.name) }),
    fit: fitColumn,
  })
  const keys = table.pairs
    .filter(({ column }) => request.keys.includes(column.name))
    .map(({ target: { name } }) => name)
  const ddl = (path: Sql): Sql[] => ddlStatements(table, keys, path)
  const printed = ddl(target.path).map((statement) => printSql(statement, mysqlDialect))
  const isEdited = request.ddlStatements !== undefined
  const mustKeepTable =
    request.mode === 'replace' && table.exists && (await hasLinks(connection, target, request.signal))
  const kept = mustKeepTable
    ? ['foreign keys or triggers hang on the table: its rows are replaced in one transaction, the table is not swapped']
    : []
  return {
    target,
    table,
    columns: table.pairs.map(({ column, target: to }) => loadColumn(column, to)),
    keys,
    ddl,
    isEdited,
    mustKeepTable,
    written: {
      exists: table.exists,
      statements: request.ddlStatements ?? printed,
      mappings: table.mappings,
      warnings: [...table.warnings, ...lossWarnings(table), ...kept],
    },
  }
}

async function hasLinks(
  connection: MysqlConnection,
  { schema, table }: TableName,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const [inSchema, named] = [literal(schema), literal(table)]
  const count = await connection.value(
    sql`SELECT (SELECT count(*) FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL AND ((TABLE_SCHEMA = ${inSchema} AND TABLE_NAME = ${named}) OR (REFERENCED_TABLE_SCHEMA = ${inSchema} AND REFERENCED_TABLE_NAME = ${named}))) + (SELECT count(*) FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ${inSchema} AND EVENT_OBJECT_TABLE = ${named})`,
    signal,
  )
  return count !== '0'
}

function ddlStatements(table: TablePlan, keys: readonly string[], path: Sql): Sql[] {
  if (!table.exists) {
    const primary = keys.length === 0 ? [] : [sql`PRIMARY KEY (${join(keys.map((key) => id(key)))})`]
    const columns = table.create.map((column) => columnDefinition(column, !keys.includes(column.name)))
    return [sql`CREATE TABLE ${path} (${join([...columns, ...primary])}) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`]
  }
  const changes = [
    ...table.add.map((column) => sql`ADD COLUMN ${columnDefinition(column, true)}`),
    ...table.widen.map((column) => sql`MODIFY COLUMN ${columnDefinition(column, true)}`),
  ]
  return changes.length === 0 ? [] : [sql`ALTER TABLE ${path} ${join(changes)}`]
}

/** NULL is spelled out: a bare TIMESTAMP would be NOT NULL with a default on some servers. */
function columnDefinition(column: TargetColumn, nullable: boolean): Sql {
  return sql`${id(column.name)} ${typeSql(column)} ${nullable ? sql`NULL` : sql`NOT NULL`}`
}

function lossWarnings({ mappings }: TablePlan): string[] {
  return mappings.flatMap(({ column, fidelity }) =>
    fidelity.kind === 'lossy' ? [`${column}: ${fidelity.reason}`] : [],
  )
}
