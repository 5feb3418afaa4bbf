import { nearestName } from '../../../base/suggest.ts'
import { parseQualifiedName } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import { id, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import { listTables } from './list-tables.ts'

export interface TableName {
  readonly schema: string
  readonly table: string
  /** The same as SQL. */
  readonly path: Sql
}

/** `schema.table`, or `table` in the connection's database. @throws Failure `source.dataset_missing` for anything else. */
export function tableName(dataset: string, database: string | undefined): TableName {
  const parts = parseQualifiedName(dataset)
  const [first, second] = parts
  const schema = parts.length === 1 ? database : first
  const table = parts.length === 1 ? first : second
  if (parts.length > 2 || schema === undefined || table === undefined || `${schema}${table}`.includes('\0')) {
    throw new Failure('source.dataset_missing', { dataset })
  }
  if (schema === '' || table === '') throw new Failure('source.dataset_missing', { dataset })
  return { schema, table, path: id(schema, table) }
}

/** Whether the table or view is there, as the server compares names. */
async function tableExists(
  connection: MysqlConnection,
  { schema, table }: TableName,
  signal?: AbortSignal,
): Promise<boolean> {
  const count = await connection.value(
    sql`SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(table)}`,
    signal,
  )
  return count !== '0'
}

/** @throws Failure `source.dataset_missing` with the nearest name. */
export async function assertTableExists(
  connection: MysqlConnection,
  name: TableName,
  dataset: string,
  signal?: AbortSignal,
): Promise<void> {
  if (await tableExists(connection, name, signal)) return
  const known = await listTables(connection, { database: name.schema, ...(signal === undefined ? {} : { signal }) })
  const suggestion = nearestName(
    name.schema === '' ? dataset : `${name.schema}.${name.table}`,
    known.map((summary) => summary.name),
  )
  throw new Failure('source.dataset_missing', suggestion === undefined ? { dataset } : { dataset, suggestion })
}
