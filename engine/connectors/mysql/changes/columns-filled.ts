import { join, literal, sql } from '../../../sql/sql.ts'
import { tableName } from '../catalogue/table-name.ts'
import type { MysqlAccess, MysqlConnection } from '../connection/mysql-connection.ts'

/**
 * Whether rows that are older than one of these columns hold a value in it: a default, a computed one, or what the server takes for
 * nothing where NULL is not allowed. The log does not tell them. MariaDB writes a default of NULL as the word.
 */
export async function columnsFilled(
  { connection, access }: { readonly connection: MysqlConnection; readonly access: MysqlAccess },
  { dataset, columns }: { readonly dataset: string; readonly columns: readonly string[] },
  signal?: AbortSignal,
): Promise<boolean> {
  if (columns.length === 0) return false
  const { schema, table } = tableName(dataset, access.config.database)
  const filled = await connection.value(
    sql`SELECT count(*) FROM information_schema.COLUMNS
        WHERE TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(table)} AND COLUMN_NAME IN (${join(columns.map(literal))})
          AND (IS_NULLABLE = 'NO' OR (COLUMN_DEFAULT IS NOT NULL AND COLUMN_DEFAULT <> 'NULL') OR EXTRA LIKE '%GENERATED%')`,
    signal,
  )
  return filled !== '0'
}
