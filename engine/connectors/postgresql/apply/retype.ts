import type { Column } from '../../../contract/column.ts'
import { postgresDialect } from '../../../sql/dialects.ts'
import { id, printSql, sql, trusted } from '../../../sql/sql.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'
import { sharedSourceTypes } from '../types/source-type-names.ts'
import { newColumnType } from '../types/target-type.ts'
import type { LoadPlan } from '../write/plan-load.ts'

/**
 * Statements that give columns of a target the type that a new one would get. The server refuses them when a value does not fit, and
 * then nothing has changed.
 */
export async function retype(
  connection: PostgresConnection,
  { path, existing, table }: LoadPlan,
  columns: readonly Column[],
): Promise<string[]> {
  if (columns.length === 0) return []
  const own = await sharedSourceTypes(connection, columns, { side: 'target' })
  return columns.flatMap((column) => {
    const name = table.pairs.find((pair) => pair.column.name === column.name)?.target.name ?? column.name
    const type = own.get(column.name) ?? newColumnType(column).type
    if (existing.find((one) => one.name === name)?.type.printed === type) return []
    const statement = sql`ALTER TABLE ${id(path.schema, path.name)} ALTER COLUMN ${id(name)} TYPE ${trusted(type)} USING ${id(name)}::${trusted(type)}`
    return [printSql(statement, postgresDialect)]
  })
}
