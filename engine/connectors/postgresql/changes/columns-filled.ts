import { join, literal, sql } from '../../../sql/sql.ts'
import { findTable } from '../catalogue/find-table.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'

interface NewColumns {
  readonly dataset: string
  readonly defaultSchema: string
  readonly columns: readonly string[]
}

/**
 * Whether rows that are older than one of these columns may hold a value in it: it was added with a default (`atthasmissing` remembers
 * one that was taken away again), or is computed or counted by the server. No change is told for such rows.
 */
export async function columnsFilled(
  connection: PostgresConnection,
  { columns, ...table }: NewColumns,
  call: PostgresCall,
): Promise<boolean> {
  if (columns.length === 0) return false
  const { oid } = await findTable(connection, table, call)
  const filled = await connection.value(
    sql`SELECT count(*) FROM pg_catalog.pg_attribute WHERE attrelid = ${literal(oid)}::oid AND attname IN (${join(columns.map(literal))})
        AND (atthasmissing OR atthasdef OR attidentity <> '' OR attgenerated <> '')`,
    call,
  )
  return filled !== '0'
}
