import { Failure } from '../../../contract/failure.ts'
import { KEYED_MODES } from '../../../contract/write-mode.ts'
import { postgresDialect } from '../../../sql/dialects.ts'
import { id, join, printSql, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { WritePlan, WriteRequest } from '../../api/writer.ts'
import { assertKeysGiven } from '../../shared/load/key-checks.ts'
import { planTable, type TablePlan, type TargetColumn } from '../../shared/load/table-plan.ts'
import { type FoundTable, lookUpTable, tablePath } from '../catalogue/find-table.ts'
import { type PostgresColumn, tableColumns } from '../catalogue/table-columns.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'
import { sharedSourceTypes } from '../types/source-type-names.ts'
import { fitColumn, newColumnType } from '../types/target-type.ts'

export interface LoadPlan {
  readonly path: { readonly schema: string; readonly name: string }
  readonly found: FoundTable | undefined
  readonly existing: readonly PostgresColumn[]
  readonly table: TablePlan
  /** What the person sees and may edit. */
  readonly write: WritePlan
}

const MAX_NAME_BYTES = 63
const WRITABLE_KINDS = new Set(['r', 'p', 'f'])

/** What the structure of a load depends on. */
export type StructureRequest = Pick<
  WriteRequest,
  'dataset' | 'columns' | 'mode' | 'keys' | 'ddl' | 'ddlStatements' | 'signal'
>

/** Decides structure and statements of a load. Changes nothing. */
export async function planLoad(
  connection: PostgresConnection,
  request: StructureRequest,
  defaultSchema: string,
): Promise<LoadPlan> {
  const call = { signal: request.signal, side: 'target' as const }
  assertKeysGiven(request)
  for (const { name } of request.columns) assertNameFits(name)
  const path = tablePath(request.dataset, defaultSchema)
  assertNameFits(path.name)
  const found = await lookUpTable(connection, path, call)
  if (found !== undefined && !WRITABLE_KINDS.has(found.kind)) {
    throw new Failure('target.rejected', { target: request.dataset, reason: 'it is a view, not a table' })
  }
  const existing = found === undefined ? [] : await tableColumns(connection, found.oid, call)
  const own = await sharedSourceTypes(connection, request.columns, call)
  const table = planTable({
    dataset: request.dataset,
    columns: request.columns,
    mode: request.mode,
    keys: request.keys,
    ddl: request.ddl,
    existing: found === undefined ? undefined : existing.map(existingColumn),
    sameName: (a, b) => a === b || a.toLowerCase() === b.toLowerCase(),
    newType: (column) => {
      const type = own.get(column.name)
      return type === undefined ? newColumnType(column) : { type, fidelity: { kind: 'exact' } }
    },
    fit: (column, target) => {
      const known = existing.find(({ name }) => name === target.name)
      if (known === undefined) throw new TypeError(`column ${target.name} is not in the target`)
      return fitColumn(column, known)
    },
  })
  const statements = request.ddlStatements ?? structureOf(path, table, request).map(printed)
  const { exists, mappings, warnings } = table
  return { path, found, existing, table, write: { exists, mappings, warnings, statements } }
}

/** The statements that make the target fit. */
function structureOf(path: LoadPlan['path'], table: TablePlan, { mode, keys }: StructureRequest): Sql[] {
  const target = id(path.schema, path.name)
  if (!table.exists) {
    const primary = KEYED_MODES.has(mode) ? [sql`PRIMARY KEY (${join(keys.map((key) => id(key)))})`] : []
    return [sql`CREATE TABLE ${target} (${join([...table.create.map(definition), ...primary])})`]
  }
  return [
    ...table.add.map((column) => sql`ALTER TABLE ${target} ADD COLUMN ${definition(column)}`),
    ...table.widen.map(({ name, type }) => sql`ALTER TABLE ${target} ALTER COLUMN ${id(name)} TYPE ${trusted(type)}`),
  ]
}

/** A column as CREATE TABLE writes it; the type comes from the server's own printing or a closed list. */
export function definition({ name, type }: TargetColumn): Sql {
  return sql`${id(name)} ${trusted(type)}`
}

function existingColumn({ name, type, nullable, hasDefault, isGenerated }: PostgresColumn): {
  name: string
  type: string
  nullable: boolean
  hasDefault: boolean
  generated: boolean
} {
  return { name, type: type.printed, nullable, hasDefault, generated: isGenerated }
}

/** PostgreSQL cuts longer names without a word. */
function assertNameFits(name: string): void {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new Failure('write.ddl_needed', { dataset: name, reason: `a name may have ${MAX_NAME_BYTES} bytes at most` })
  }
}

function printed(statement: Sql): string {
  return printSql(statement, postgresDialect)
}
