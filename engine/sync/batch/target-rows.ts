import type { Column } from '../../contract/column.ts'
import { hasRows } from '../has-rows.ts'
import { gatherRows } from './gather-rows.ts'
import { columnsForTarget, type TableRun } from './table-run.ts'

/** Whether the table is in the target. A target that cannot be asked is not taken for one without the table. */
export async function isThere(run: TableRun): Promise<boolean> {
  const { target, to, duck, signal } = run
  const plan = await target.planWrite?.({
    dataset: to,
    columns: columnsForTarget(run, run.columns),
    // The one mode that every system knows.
    mode: 'replace',
    keys: [],
    loadId: 'plan',
    options: {},
    ddl: 'alter',
    duck,
    signal,
  })
  return plan?.exists === true
}

/** Puts the rows of the target into a temporary table. Gives its columns; undefined, and no table, when the target has none yet. */
export async function gatherTarget(run: TableRun, into: string): Promise<readonly Column[] | undefined> {
  if (!(await isThere(run))) return undefined
  return gatherRows(run.duck, into, { session: run.target, dataset: run.to }, run.signal)
}

/** Whether the table is in the target and holds a row. */
export async function targetHasRows(run: TableRun): Promise<boolean> {
  return (await isThere(run)) && (await hasRows(run, run.to))
}
