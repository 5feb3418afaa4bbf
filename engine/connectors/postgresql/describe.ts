import type { DatasetSchema } from '../../contract/dataset.ts'
import { findTable } from './catalogue/find-table.ts'
import { queryColumns } from './catalogue/query-columns.ts'
import { tableColumns, toColumn } from './catalogue/table-columns.ts'
import { tableKeys } from './catalogue/table-keys.ts'
import { type PostgresConfig, postgresSourceSchema } from './config.ts'
import type { PostgresCall, PostgresConnection } from './connection/postgres-connection.ts'
import { selectOnly } from './read/read-plan.ts'

/** What the catalogue says about a table, or the server about a query. */
export async function describeDataset(
  connection: PostgresConnection,
  config: PostgresConfig,
  { dataset, options, ...call }: PostgresCall & { dataset: string; options: unknown },
): Promise<DatasetSchema> {
  const { query } = postgresSourceSchema.parse(options ?? {})
  if (query !== undefined) {
    const columns = await queryColumns(connection, selectOnly(query, dataset), call)
    return { columns: columns.map(toColumn), keys: [], warnings: [] }
  }
  const table = await findTable(connection, { dataset, defaultSchema: config.schema }, call)
  const columns = await tableColumns(connection, table.oid, call)
  return {
    columns: columns.map(toColumn),
    keys: await tableKeys(connection, table.oid, call),
    warnings: [],
    ...(table.comment === null ? {} : { comment: table.comment }),
    ...(table.kind === 'v' || table.rowEstimate < 0 ? {} : { rowEstimate: String(Math.round(table.rowEstimate)) }),
  }
}
