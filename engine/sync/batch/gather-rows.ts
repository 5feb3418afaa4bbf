import type { KeyRange, ReadRequest } from '../../connectors/api/reading.ts'
import type { Session } from '../../connectors/api/session.ts'
import { fromRelation } from '../../connectors/shared/load/from-relation.ts'
import { type Column, LOCATOR_COLUMN } from '../../contract/column.ts'
import type { Duck } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import { assertNoRejects } from '../no-rejects.ts'
import type { Throttle } from './throttle.ts'

/** A comparison of one column that every system can make; the text is as DuckDB prints the value. */
export type RowCondition =
  | { readonly column: Column; readonly operator: 'at_least' | 'less' | 'starts_with'; readonly value: string }
  | { readonly column: Column; readonly operator: 'is_null' }

export interface Wanted {
  readonly session: Session
  readonly dataset: string
  readonly options?: unknown
  /** All when absent. */
  readonly columns?: readonly string[]
  readonly where?: readonly RowCondition[]
  /** Only of a session that has `keyBound`, and without `where`. */
  readonly range?: KeyRange
  /** Where the system can tell, only the row with the highest value of this column. */
  readonly newestBy?: string
  /** Of a source. */
  readonly throttle?: Throttle
}

/** Puts rows into a temporary table of the connection, behind those that are there. Gives their columns. */
export async function gatherRows(
  duck: Duck,
  into: string,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<readonly Column[]> {
  const { session, dataset, columns, where = [], range, throttle } = wanted
  const isHandedOn = session.arranges === true && where.length > 0
  await throttle?.take({})
  await using reading = await session.read({
    dataset,
    options: wanted.options ?? {},
    duck,
    signal,
    ...(columns === undefined ? {} : { columns }),
    ...(range === undefined ? {} : { range }),
    ...(session.arranges === true ? arranged(wanted) : {}),
  })
  const condition = isHandedOn || where.length === 0 ? sql`` : sql` WHERE ${join(where.map(conditionSql), ' AND ')}`
  const shown = reading.columns.filter(({ name }) => name !== LOCATOR_COLUMN)
  const list = join(shown.map(({ name }) => id(name)))
  await duck.run(sql`CREATE TEMP TABLE IF NOT EXISTS ${id(into)} (${columnList(shown)})`)
  const take = (relation: Sql): Promise<bigint> =>
    duck.run(sql`INSERT INTO ${id(into)} BY NAME SELECT ${list} FROM ${fromRelation(relation)} AS r${condition}`, {
      signal,
    })
  if (reading.relation !== undefined) await take(reading.relation)
  for await (const part of reading.parts ?? []) {
    const rows = await take(part.relation)
    await throttle?.take({ rows })
    await assertNoRejects(duck, dataset, part.rejects)
  }
  await assertNoRejects(duck, dataset, reading.rejects)
  return shown
}

function arranged({ where = [], newestBy }: Wanted): Pick<ReadRequest, 'arrangement' | 'limitRows'> {
  if (newestBy !== undefined) {
    return { limitRows: 1, arrangement: { sort: [{ column: newestBy, direction: 'descending' }] } }
  }
  if (where.length === 0) return {}
  return { arrangement: { filter: where.map(({ column, ...condition }) => ({ ...condition, column: column.name })) } }
}

export function columnList(columns: readonly Column[]): Sql {
  return join(columns.map(({ name, type }) => sql`${id(name)} ${trusted(type)}`))
}

function conditionSql(condition: RowCondition): Sql {
  const name = id('r', condition.column.name)
  if (condition.operator === 'is_null') return sql`${name} IS NULL`
  if (condition.operator === 'starts_with') return sql`starts_with(${name}, ${literal(condition.value)})`
  const value = sql`CAST(${literal(condition.value)} AS ${trusted(condition.column.type)})`
  return condition.operator === 'less' ? sql`${name} < ${value}` : sql`${name} >= ${value}`
}
