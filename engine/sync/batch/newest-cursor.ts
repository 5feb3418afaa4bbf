import type { Column } from '../../contract/column.ts'
import { id, sql } from '../../sql/sql.ts'
import { highestCursor } from './cursor.ts'
import { gatherRows } from './gather-rows.ts'
import type { TableRun } from './table-run.ts'

/** The highest value of the cursor column at the source, by the rule for times ahead; undefined when no row has one. */
export async function newestCursor(run: TableRun, column: Column): Promise<string | undefined> {
  const { source, dataset, duck, signal, now } = run
  await duck.run(sql`DROP TABLE IF EXISTS newest`)
  const wanted = { session: source, dataset, columns: [column.name], newestBy: column.name }
  await gatherRows(duck, 'newest', wanted, signal)
  return highestCursor(duck, id('newest'), { column, now })
}
