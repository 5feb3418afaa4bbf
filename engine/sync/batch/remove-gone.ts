import { id, type Sql, sql } from '../../sql/sql.ts'
import { mergeRows } from './merge-rows.ts'
import { keysOf, markedColumns, marks } from './split-deleted.ts'
import type { TableRun } from './table-run.ts'

/** Does to rows of the target what the file says about those that are gone. `rows` holds at least their keys. */
export async function removeGone(run: TableRun, rows: Sql, name: string): Promise<void> {
  const as = run.settings.deletes?.as ?? 'delete'
  if (as === 'keep') return
  if (run.later === undefined || as === 'mark') return remove(run, rows, name)
  // What else was gathered may be large, and others may come in between.
  await run.duck.run(sql`CREATE OR REPLACE TEMP TABLE gone AS SELECT ${keysOf(run)} FROM ${rows} AS r`)
  run.later(() => remove(run, id('gone'), name))
}

async function remove(run: TableRun, rows: Sql, name: string): Promise<void> {
  const { keys, columns, settings } = run
  const as = settings.deletes?.as ?? 'delete'
  const shown = markedColumns(run).filter(
    (column) => keys.includes(column.name) || (as === 'mark' && !columns.includes(column)),
  )
  const relation = as === 'mark' ? marks(run, rows) : sql`(SELECT ${keysOf(run)} FROM ${rows})`
  const outcome = await mergeRows(
    run,
    { relation, columns: shown },
    { mode: as === 'mark' ? 'update' : 'delete', keys, all: markedColumns(run), name },
  )
  run.notes.applied({ written: 0n, deleted: outcome.deleted + outcome.updated })
}
