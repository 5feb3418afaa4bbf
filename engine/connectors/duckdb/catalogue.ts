import { nearestName } from '../../base/suggest.ts'
import type { Column } from '../../contract/column.ts'
import {
  type DatasetSchema,
  type DatasetSummary,
  parseQualifiedName,
  printQualifiedName,
} from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import type { Duck } from '../../duck/duck.ts'
import { id, literal, type Sql, sql } from '../../sql/sql.ts'
import { isRunnelTable } from '../shared/load/load-tables.ts'

export interface DuckdbTable {
  readonly dataset: string
  readonly schema: string
  readonly name: string
  readonly isView: boolean
  readonly from: Sql
  readonly columns: readonly Column[]
  readonly primaryKey: readonly string[]
}

/** Tables and views in name order; those of `main` without the schema. */
export async function listTables(duck: Duck, alias: string): Promise<DatasetSummary[]> {
  const { rows } = await duck.rows(
    sql`SELECT schema_name, table_name, 'table', estimated_size::VARCHAR, comment FROM duckdb_tables() WHERE database_name = ${literal(alias)}
      UNION ALL SELECT schema_name, view_name, 'view', NULL, comment FROM duckdb_views() WHERE database_name = ${literal(alias)} AND NOT internal`,
  )
  const found = rows.map(([schema, name, kind, rowEstimate, comment]) => ({
    name: datasetName(text(schema), text(name)),
    kind: kind === 'view' ? ('view' as const) : ('table' as const),
    schema: text(schema),
    ...(typeof rowEstimate === 'string' ? { rowEstimate } : {}),
    ...(typeof comment === 'string' ? { comment } : {}),
  }))
  return found
    .filter(({ name }) => !isRunnelTable(parseQualifiedName(name).at(-1) ?? ''))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Schema and table of a dataset name; a bare name is in `main`. */
export function splitDataset(dataset: string): { schema: string; name: string } {
  const [first = '', second] = parseQualifiedName(dataset)
  return second === undefined ? { schema: 'main', name: first } : { schema: first, name: second }
}

/** @throws Failure `source.dataset_missing` with the nearest name. */
export async function requireTable(duck: Duck, alias: string, dataset: string): Promise<DuckdbTable> {
  const found = await findTable(duck, alias, dataset)
  if (found !== undefined) return found
  const suggestion = nearestName(
    dataset,
    (await listTables(duck, alias)).map(({ name }) => name),
  )
  throw new Failure('source.dataset_missing', suggestion === undefined ? { dataset } : { dataset, suggestion })
}

export async function findTable(duck: Duck, alias: string, dataset: string): Promise<DuckdbTable | undefined> {
  const { schema, name } = splitDataset(dataset)
  const own = sql`database_name = ${literal(alias)} AND schema_name = ${literal(schema)}`
  const kind = await duck.value(
    sql`SELECT 'table' FROM duckdb_tables() WHERE ${own} AND table_name = ${literal(name)} UNION ALL SELECT 'view' FROM duckdb_views() WHERE ${own} AND view_name = ${literal(name)}`,
  )
  if (kind === null || name === '') return undefined
  const from = id(alias, schema, name)
  const { rows } = await duck.rows(
    sql`SELECT column_name, is_nullable, comment FROM duckdb_columns() WHERE ${own} AND table_name = ${literal(name)}`,
  )
  const facts = new Map(rows.map(([column, isNullable, comment]) => [column, { isNullable, comment }]))
  const columns = (await duck.columns(sql`SELECT * FROM ${from}`)).map((column): Column => {
    const { isNullable, comment } = facts.get(column.name) ?? {}
    return {
      ...column,
      sourceType: column.type,
      nullable: isNullable !== false,
      fidelity: { kind: 'exact' },
      ...(typeof comment === 'string' ? { comment } : {}),
    }
  })
  const keys = await duck.rows(
    sql`SELECT unnest(constraint_column_names) FROM duckdb_constraints() WHERE ${own} AND table_name = ${literal(name)} AND constraint_type = 'PRIMARY KEY'`,
  )
  return {
    dataset,
    schema,
    name,
    isView: kind === 'view',
    from,
    columns,
    primaryKey: keys.rows.map(([key]) => text(key)),
  }
}

export async function describeTable(duck: Duck, alias: string, dataset: string): Promise<DatasetSchema> {
  const table = await requireTable(duck, alias, dataset)
  const estimate = table.isView
    ? undefined
    : await duck.value(
        sql`SELECT estimated_size::VARCHAR FROM duckdb_tables() WHERE database_name = ${literal(alias)} AND schema_name = ${literal(table.schema)} AND table_name = ${literal(table.name)}`,
      )
  return {
    columns: [...table.columns],
    keys: table.primaryKey.length === 0 ? [] : [{ name: 'primary', kind: 'primary', columns: [...table.primaryKey] }],
    ...(typeof estimate === 'string' ? { rowEstimate: estimate } : {}),
    warnings: [],
  }
}

function datasetName(schema: string, name: string): string {
  return printQualifiedName(schema === 'main' ? [name] : [schema, name])
}

function text(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : ''
}
