import { POSITION_COLUMN, type Positions } from '../../../connectors/api/positions.ts'
import { cellCount } from '../../../contract/cell-text.ts'
import type { Column } from '../../../contract/column.ts'
import type { Duck, DuckCall } from '../../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { Progress } from './progress.ts'

/** Rows in an order, in DuckDB or in reach of it. */
export interface RowStore {
  readonly columns: readonly Column[]
  readonly progress: Progress
  /** All rows there are now, with POSITION_COLUMN last. */
  relation(): Sql
  /** The same without POSITION_COLUMN. Absent where positions cost nothing. */
  readonly unnumbered?: (() => Sql) | undefined
  /** Rows `from` <= n < `to` of the order, with POSITION_COLUMN last; to be ordered by it. */
  slice(reader: Duck, from: bigint, to: bigint, call: DuckCall): Promise<Sql>
  /** To be held while statements of the other members run. Absent where nothing needs holding. */
  readonly hold?: (() => Promise<AsyncDisposable>) | undefined
  /** Rows by what POSITION_COLUMN of `relation` says. Absent where that would mean reading them all. */
  readonly pick?: ((positions: readonly bigint[]) => Sql) | undefined
}

/** Does work while the source of a store is held open. */
export async function holding<Result>({ hold }: Pick<RowStore, 'hold'>, work: () => Promise<Result>): Promise<Result> {
  const held = await hold?.()
  try {
    return await work()
  } finally {
    await held?.[Symbol.asyncDispose]()
  }
}

/** All rows there are now, for work that needs no positions: rows that must be counted off are read by one thread alone. */
export function rowsOf(store: RowStore): Sql {
  return (
    store.unnumbered?.() ?? sql`SELECT ${join(store.columns.map(({ name }) => id(name)))} FROM (${store.relation()})`
  )
}

/** Rows that are found by their position. */
export function positionStore(columns: readonly Column[], positions: Positions, progress: Progress): RowStore {
  return {
    columns,
    progress,
    relation: () => positions.relation,
    slice: (_reader, from, to) => Promise.resolve(positions.range(from, to)),
    pick: (wanted) => positions.pick(wanted),
  }
}

/** Rows that can only be counted off: a view, files that differ in their columns. */
export function offsetStore(columns: readonly Column[], relation: Sql, progress: Progress): RowStore {
  const names = join(columns.map(({ name }) => id(name)))
  const numbered = (rows: Sql, first: bigint): Sql =>
    sql`SELECT ${names}, ${literal(first)} + row_number() OVER () - 1 AS ${id(POSITION_COLUMN)} FROM (${rows})`
  return {
    columns,
    progress,
    relation: () => numbered(relation, 0n),
    unnumbered: () => sql`SELECT ${names} FROM (${relation})`,
    slice: (_reader, from, to) =>
      Promise.resolve(
        numbered(sql`SELECT ${names} FROM (${relation}) LIMIT ${literal(to - from)} OFFSET ${literal(from)}`, from),
      ),
  }
}

/** Rows of another store in another order: `order` is a table whose one column `position` lists theirs. */
export function pickedStore(base: RowStore, order: Sql, progress: Progress): RowStore {
  const { columns } = base
  const names = columns.map(({ name }) => id(name))
  return {
    columns,
    progress,
    relation: () =>
      sql`SELECT ${join([...names.map((name) => sql`b.${name}`), sql`o.rowid AS ${id(POSITION_COLUMN)}`])} FROM ${order} AS o JOIN (${base.relation()}) AS b ON b.${id(POSITION_COLUMN)} = o."position"`,
    slice: async (reader, from, to, call) => {
      const { rows } = await reader.rows(
        sql`SELECT "position" FROM ${order} WHERE rowid >= ${literal(from)} AND rowid < ${literal(to)} ORDER BY rowid`,
        call,
      )
      const positions = rows.map(([position]) => cellCount(position))
      if (positions.length === 0 || base.pick === undefined) {
        return sql`SELECT ${join([...names, id(POSITION_COLUMN)])} FROM (${base.relation()}) WHERE false`
      }
      const places = join(positions.map((position, i) => sql`(${literal(position)}, ${literal(from + BigInt(i))})`))
      const shown = [...names.map((name) => sql`b.${name}`), sql`CAST(o.place AS BIGINT) AS ${id(POSITION_COLUMN)}`]
      return sql`SELECT ${join(shown)} FROM (VALUES ${places}) AS o("position", place) JOIN (${base.pick(positions)}) AS b ON b.${id(POSITION_COLUMN)} = o."position"`
    },
  }
}
