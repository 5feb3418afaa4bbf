import { literal, sql } from '../../../sql/sql.ts'
import type { ExistingColumn } from '../../shared/load/table-plan.ts'
import type { TableName } from '../catalogue/table-name.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'

/** Columns of a table, with types that a second table can be made of; undefined when there is no such table. */
export async function existingColumns(
  connection: MysqlConnection,
  { schema, table }: TableName,
  signal?: AbortSignal,
): Promise<ExistingColumn[] | undefined> {
  const { rows } = await connection.rows(
    sql`SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME, IS_NULLABLE, COLUMN_DEFAULT, EXTRA, GENERATION_EXPRESSION FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(table)} ORDER BY ORDINAL_POSITION`,
    signal,
  )
  if (rows.length === 0) return undefined
  return rows.map(([name, type, charset, collation, nullable, value, extra, generation]) => ({
    name: name ?? '',
    type: `${type ?? ''}${isText(charset) ? ` CHARACTER SET ${charset} COLLATE ${collation}` : ''}`,
    nullable: nullable === 'YES',
    hasDefault: (value !== null && value !== undefined) || (extra ?? '').includes('auto_increment'),
    generated: isText(generation),
  }))
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value !== ''
}
