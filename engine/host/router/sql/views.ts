import type { Column } from '../../../contract/column.ts'
import type { Duck } from '../../../duck/duck.ts'
import { id, join, type Sql, sql, trusted } from '../../../sql/sql.ts'
import { type NamedDataset, viewOf } from './datasets.ts'

/** DuckDB's own databases: a connection of such a name finds its datasets in there. */
const BUILT_IN = new Set(['memory', 'system', 'temp'])

/** Makes the databases and schemas that the names of a statement need. */
export async function makePlaces(duck: Duck, datasets: readonly NamedDataset[]): Promise<void> {
  const connections = new Set(datasets.map(({ connection }) => connection))
  for (const connection of connections) {
    if (!BUILT_IN.has(connection.toLowerCase())) await duck.run(sql`ATTACH ':memory:' AS ${id(connection)}`)
  }
  for (const { connection, schema } of datasets) {
    if (schema !== 'main') await duck.run(sql`CREATE SCHEMA IF NOT EXISTS ${id(connection, schema)}`)
  }
}

export async function makeView(duck: Duck, dataset: NamedDataset, rows: Sql): Promise<void> {
  await duck.run(sql`CREATE OR REPLACE VIEW ${viewOf(dataset)} AS ${rows}`)
}

/** No rows, but the columns and types that a statement is checked against. */
export function emptyRows(columns: readonly Column[]): Sql {
  const shown = columns.filter(({ hidden }) => hidden !== true)
  if (shown.length === 0) return sql`SELECT NULL::VARCHAR AS ${id('column1')} WHERE false`
  return sql`SELECT ${join(shown.map(({ name, type }) => sql`NULL::${trusted(type)} AS ${id(name)}`))} WHERE false`
}
