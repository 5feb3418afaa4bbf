import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { KeyRange } from '../../api/reading.ts'
import type { KeyBoundRequest } from '../../api/session.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import type { SourceColumn, SourceRelation } from './source-relation.ts'

const NUMERIC = /^(?:tinyint|smallint|mediumint|int|bigint|decimal|year)\b/
const NUMBER = /^-?\d+(\.\d+)?$/
/** Lists are ordered by place and compared by text; values of FLOAT are not what they are compared with. */
const NOT_IN_ORDER = /^(?:enum|set|bit|float|json|geometry)\b/

/** What follows FROM. Compared column by column: the servers find no range of an index for rows of values. */
export function keyRange({ keys, after, upTo }: KeyRange, { columns }: Pick<SourceRelation, 'columns'>): Sql {
  const bounds = (values: readonly string[]): Bound[] =>
    keys.map((name, i) => {
      const column = columns.find((one) => one.column.name === name)
      return { name: id('t', name), value: valueOf(column, values[i] ?? '') }
    })
  const conditions = [
    ...(after === undefined ? [] : [beyond(bounds(after))]),
    ...(upTo === undefined ? [] : [sql`NOT (${beyond(bounds(upTo))})`, atMost(bounds(upTo))]),
  ]
  return conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
}

/** Undefined where fewer rows are left, and for keys whose order and comparison do not agree: those tables are read in one piece. */
export async function keyBound(
  connection: MysqlConnection,
  relation: SourceRelation,
  { keys, after, rows, signal }: KeyBoundRequest,
): Promise<readonly string[] | undefined> {
  const columns = keys.map((key) => relation.columns.find(({ column }) => column.name === key))
  if (columns.some((column) => NOT_IN_ORDER.test(column?.column.sourceType ?? 'json'))) return undefined
  const range = keyRange({ keys, ...(after === undefined ? {} : { after }) }, relation)
  const names = join(keys.map((key) => id('t', key)))
  const shown = join(
    keys.map((key, i) => (columns[i]?.mapping.form === 'hex' ? sql`HEX(${id('t', key)})` : id('t', key))),
  )
  const found = await connection.rows(
    sql`SELECT ${shown} FROM ${relation.from}${range} ORDER BY ${names} LIMIT 1 OFFSET ${literal(rows - 1)}`,
    signal,
  )
  return found.rows[0]?.map((value) => value ?? '')
}

interface Bound {
  readonly name: Sql
  readonly value: Sql
}

/** Numbers without quotes: against a text they would be compared as DOUBLE. */
function valueOf(column: SourceColumn | undefined, text: string): Sql {
  if (column?.mapping.form === 'hex') return literal(Buffer.from(text, 'hex'))
  return NUMERIC.test(column?.column.sourceType ?? '') && NUMBER.test(text) ? trusted(text) : literal(text)
}

function beyond([first, ...rest]: readonly Bound[]): Sql {
  if (first === undefined) return sql`FALSE`
  const { name, value } = first
  if (rest.length === 0) return sql`${name} > ${value}`
  return sql`${name} >= ${value} AND (${name} > ${value} OR (${beyond(rest)}))`
}

/** What an index can use of the upper end. */
function atMost([first]: readonly Bound[]): Sql {
  return first === undefined ? sql`TRUE` : sql`${first.name} <= ${first.value}`
}
