import type { Column } from '../../../contract/column.ts'
import type { DatasetSchema } from '../../../contract/dataset.ts'
import { literal, sql } from '../../../sql/sql.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import type { SourceColumn } from '../read/source-relation.ts'
import { keysOf } from './table-keys.ts'
import type { TableName } from './table-name.ts'

/** What the server's catalogue adds to the columns of a table: types as written, comments, keys, an estimate of the rows. */
export async function describeTable(
  connection: MysqlConnection,
  { schema, table }: TableName,
  columns: readonly SourceColumn[],
  signal?: AbortSignal,
): Promise<DatasetSchema> {
  const which = sql`TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(table)}`
  const details = await connection.rows(
    sql`SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_COMMENT, COLLATION_NAME FROM information_schema.COLUMNS WHERE ${which} ORDER BY ORDINAL_POSITION`,
    signal,
  )
  const facts = await connection.rows(
    sql`SELECT TABLE_COMMENT, TABLE_ROWS, TABLE_TYPE FROM information_schema.TABLES WHERE ${which}`,
    signal,
  )
  const byName = new Map(details.rows.map((row) => [row[0], row]))
  const [comment, estimate, kind] = facts.rows[0] ?? []
  const isTable = kind?.includes('VIEW') !== true
  return {
    columns: columns.map(({ column }): Column => {
      const [, type, nullable, note, collation] = byName.get(column.name) ?? []
      // MariaDB's JSON is a longtext; the name that says more stays.
      const hasType = typeof type === 'string' && column.sourceType !== 'json'
      return {
        ...column,
        ...(hasType ? { sourceType: typeof collation === 'string' ? `${type} collate ${collation}` : type } : {}),
        nullable: nullable === 'YES',
        ...(typeof note === 'string' && note !== '' ? { comment: note } : {}),
      }
    }),
    keys: await keysOf(connection, { schema, table }, signal),
    ...(isTable && typeof comment === 'string' && comment !== '' ? { comment } : {}),
    ...(isTable && typeof estimate === 'string' ? { rowEstimate: estimate } : {}),
    warnings: [],
  }
}
