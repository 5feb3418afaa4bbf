import { type DatasetSchema, printQualifiedName } from '../../../contract/dataset.ts'
import { literal, type Sql, sql } from '../../../sql/sql.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'

type Key = DatasetSchema['keys'][number]

/** Primary, unique and foreign keys, primary first. A unique key over a column prefix is none over the columns. */
export async function keysOf(
  connection: MysqlConnection,
  { schema, table }: { schema: string; table: string },
  signal?: AbortSignal,
): Promise<Key[]> {
  const which = sql`TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(table)}`
  const unique = await connection.rows(
    sql`SELECT INDEX_NAME, COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS WHERE ${which} AND NON_UNIQUE = 0 ORDER BY INDEX_NAME = 'PRIMARY' DESC, INDEX_NAME, SEQ_IN_INDEX`,
    signal,
  )
  const keys = new Map<string, { columns: string[]; isWhole: boolean }>()
  for (const [name, column, prefix] of unique.rows) {
    const key = keys.get(name ?? '') ?? { columns: [], isWhole: true }
    key.isWhole &&= column !== null && prefix === null
    key.columns.push(column ?? '')
    keys.set(name ?? '', key)
  }
  const found: Key[] = [...keys]
    .filter(([, { isWhole }]) => isWhole)
    .map(([name, { columns }]) => ({ name, kind: name === 'PRIMARY' ? 'primary' : 'unique', columns }))
  return [...found, ...(await foreignKeys(connection, which, signal))]
}

async function foreignKeys(connection: MysqlConnection, which: Sql, signal?: AbortSignal): Promise<Key[]> {
  const { rows } = await connection.rows(
    sql`SELECT CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE ${which} AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY CONSTRAINT_NAME, ORDINAL_POSITION`,
    signal,
  )
  const keys = new Map<string, { columns: string[]; dataset: string; referenced: string[] }>()
  for (const [name, column, schema, table, referenced] of rows) {
    const dataset = printQualifiedName([schema ?? '', table ?? ''])
    const key = keys.get(name ?? '') ?? { columns: [], dataset, referenced: [] }
    key.columns.push(column ?? '')
    key.referenced.push(referenced ?? '')
    keys.set(name ?? '', key)
  }
  return [...keys].map(([name, { columns, dataset, referenced }]) => ({
    name,
    kind: 'foreign',
    columns,
    references: { dataset, columns: referenced },
  }))
}
