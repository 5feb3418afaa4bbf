import type { Column } from '../contract/column.ts'
import type { Page } from '../contract/page.ts'
import type { Sql } from '../sql/sql.ts'

export interface DuckCall {
  /** Interrupts the statement; it then fails with `work.cancelled`. */
  readonly signal?: AbortSignal
}

/**
 * One connection to a local DuckDB. Statements on one connection run one after another; `connect` gives another to the same
 * database for parallel work. A NUL inside text is refused before it reaches DuckDB.
 * @throws Failure `sql.invalid` with DuckDB's message, `work.cancelled`, `run.out_of_memory`, `run.disk_full`.
 */
export interface Duck extends AsyncDisposable {
  /** Folder of this database's own for segments and decoded files; removed when the database closes. */
  readonly spillDirectory: string
  /** Runs a statement for its effect; gives the rows it changed. */
  run(statement: Sql, call?: DuckCall): Promise<bigint>
  /** A small result, whole. */
  rows(query: Sql, call?: DuckCall): Promise<Page>
  /** The one value of a one-row result as text, NULL as null. */
  value(query: Sql, call?: DuckCall): Promise<string | null>
  /** Names and types of a query's columns, without running it. */
  columns(query: Sql): Promise<Column[]>
  /** A result of any size as wire cells, streamed in blocks of at most 2,048 rows. Holds the connection until it ends. */
  blocks(query: Sql, call?: DuckCall): AsyncIterable<Page['rows']>
  /** Another connection to the same database. Closing it leaves the database open. */
  connect(): Promise<Duck>
}
