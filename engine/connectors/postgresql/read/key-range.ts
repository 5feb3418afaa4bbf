import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { KeyRange } from '../../api/reading.ts'
import type { KeyBoundRequest } from '../../api/session.ts'
import { tablePath } from '../catalogue/find-table.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'

/** What follows the FROM item `t`: the server compares rows of keys as its index orders them. */
export function keyRange({ keys, after, upTo }: KeyRange): Sql {
  const names = keysOf(keys)
  const conditions = [
    ...(after === undefined ? [] : [sql`(${names}) > (${join(after.map(literal))})`]),
    ...(upTo === undefined ? [] : [sql`(${names}) <= (${join(upTo.map(literal))})`]),
  ]
  return conditions.length === 0 ? sql`` : sql`WHERE ${join(conditions, ' AND ')}`
}

export async function keyBound(
  connection: PostgresConnection,
  defaultSchema: string,
  { dataset, keys, after, rows, signal }: KeyBoundRequest,
): Promise<readonly string[] | undefined> {
  const { schema, name } = tablePath(dataset, defaultSchema)
  const range = keyRange({ keys, ...(after === undefined ? {} : { after }) })
  const [row] = await connection.rows(
    sql`SELECT ${join(keys.map((key) => sql`${id('t', key)}::text`))} FROM ${id(schema, name)} AS t ${range}
        ORDER BY ${keysOf(keys)} OFFSET ${literal(rows - 1)} LIMIT 1`,
    { signal },
  )
  return row?.map((value) => value ?? '')
}

function keysOf(keys: readonly string[]): Sql {
  return join(keys.map((key) => id('t', key)))
}
