import { POSITION_COLUMN } from '../../../connectors/api/positions.ts'
import type { Column } from '../../../contract/column.ts'
import type { Duck, DuckCall } from '../../../duck/duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { Progress } from './progress.ts'
import type { RowStore } from './row-store.ts'

/** The attached database file in a cursor's spill folder: rows there are compressed and need no memory. */
export const STORE = 'runnel_store'

export async function attachStore(duck: Duck): Promise<void> {
  await duck.run(sql`ATTACH ${literal(`${duck.spillDirectory}/rows.duckdb`)} AS ${id(STORE)}`)
}

/** A table that rows are added to and never taken from: DuckDB's row ids are their positions. */
export interface KeptTable {
  readonly name: Sql
  /** Rows of a relation with these columns, by place; gives how many came. */
  add(duck: Duck, relation: Sql, call?: DuckCall): Promise<bigint>
  store(progress: Progress): RowStore
}

/**
 * Makes an empty table. Its columns have names of their own, since a source may have one named `rowid`.
 * @param columns with types as DuckDB prints them
 */
export async function keptTable(duck: Duck, name: string, columns: readonly Column[]): Promise<KeptTable> {
  const table = id(STORE, 'main', name)
  const inner = columns.map((_, i) => id(`c${i}`))
  // A dataset without columns (an empty file) still needs a table.
  const shape =
    columns.length === 0 ? [sql`c0 VARCHAR`] : columns.map(({ type }, i) => sql`${id(`c${i}`)} ${trusted(type)}`)
  await duck.run(sql`CREATE TABLE ${table} (${join(shape)})`)
  const shown = columns.map((column, i) => sql`${id(`c${i}`)} AS ${id(column.name)}`)
  const relation = sql`SELECT ${join([...shown, sql`rowid AS ${id(POSITION_COLUMN)}`])} FROM ${table}`
  const names = join(columns.map((column) => id(column.name)))
  return {
    name: table,
    add: (writer, rows, call = {}) =>
      columns.length === 0
        ? Promise.resolve(0n)
        : writer.run(sql`INSERT INTO ${table} (${join(inner)}) SELECT ${names} FROM (${rows})`, call),
    store: (progress) => ({
      columns,
      progress,
      relation: () => relation,
      slice: (_reader, from, to) =>
        Promise.resolve(sql`${relation} WHERE rowid >= ${literal(from)} AND rowid < ${literal(to)}`),
      pick: (positions) => sql`${relation} WHERE rowid IN (${join(positions.map(literal))})`,
    }),
  }
}
