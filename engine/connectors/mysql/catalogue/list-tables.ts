import { type DatasetSummary, printQualifiedName } from '../../../contract/dataset.ts'
import { literal, type Sql, sql } from '../../../sql/sql.ts'
import { isRunnelTable } from '../../shared/load/load-tables.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'

const SYSTEM_SCHEMAS = new Set(['information_schema', 'mysql', 'performance_schema', 'sys'])

/** Tables and views of the connection's database, else of every database that is not the server's own, in name order. */
export async function listTables(
  connection: MysqlConnection,
  { database, search, signal }: { database?: string | undefined; search?: string; signal?: AbortSignal },
): Promise<DatasetSummary[]> {
  const where: Sql = database === undefined ? sql`` : sql` WHERE TABLE_SCHEMA = ${literal(database)}`
  const { rows } = await connection.rows(
    sql`SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, TABLE_ROWS, DATA_LENGTH + INDEX_LENGTH, TABLE_COMMENT FROM information_schema.TABLES${where}`,
    signal,
  )
  const wanted = search?.toLowerCase()
  return rows
    .map(([schema, table, type, tableRows, size, comment]) => {
      const isView = type !== null && type !== undefined && type.includes('VIEW')
      return {
        schema: schema ?? '',
        table: table ?? '',
        summary: {
          name: printQualifiedName([schema ?? '', table ?? '']),
          kind: isView ? ('view' as const) : ('table' as const),
          schema: schema ?? '',
          ...(isView || tableRows === null || tableRows === undefined ? {} : { rowEstimate: tableRows }),
          ...(isView || size === null || size === undefined ? {} : { sizeBytes: Number(size) }),
          ...(isView || comment === null || comment === undefined || comment === '' ? {} : { comment }),
        },
      }
    })
    .filter(({ schema, table }) => !SYSTEM_SCHEMAS.has(schema.toLowerCase()) && !isRunnelTable(table))
    .map(({ summary }) => summary)
    .filter(({ name }) => wanted === undefined || name.toLowerCase().includes(wanted))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
