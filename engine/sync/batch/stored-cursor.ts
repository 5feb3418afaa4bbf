import { z } from 'zod'
import { STATE_TABLE } from '../../connectors/shared/load/load-tables.ts'
import { parseQualifiedName, printQualifiedName } from '../../contract/dataset.ts'
import { isFailure } from '../../contract/failure.ts'
import { literal, sql } from '../../sql/sql.ts'
import { gatherRows } from './gather-rows.ts'
import type { TableRun } from './table-run.ts'
import { targetHasRows } from './target-rows.ts'

const stateSchema = z.object({ cursor: z.string() })

/**
 * The cursor up to which rows are in the target; undefined when there is no copy to go on from. What the target says goes before what is
 * noted here: it was stored in the transaction of the rows, by whatever machine. A target that keeps no loads says nothing.
 *
 * @param isAnew the table is to be copied again, so that only what is noted here since counts
 */
export async function storedCursor(run: TableRun, isAnew: boolean): Promise<string | undefined> {
  const { notes } = run
  const { cursor, chunks } = notes.load
  if (cursor === undefined && (isAnew || chunks !== undefined || !(await targetHasRows(run)))) return undefined
  const stored = await cursorInTarget(run)
  if (stored !== undefined && stored !== cursor) notes.keep({ cursor: stored })
  return stored ?? cursor
}

async function cursorInTarget({ target, to, loadPrefix, duck, signal }: TableRun): Promise<string | undefined> {
  const dataset = printQualifiedName([...parseQualifiedName(to).slice(0, -1), STATE_TABLE])
  await duck.run(sql`DROP TABLE IF EXISTS loads`)
  const columns = ['load_id', 'state', 'committed_at']
  const filter = { column: { name: 'load_id', type: 'VARCHAR' }, operator: 'starts_with' as const, value: loadPrefix }
  try {
    await gatherRows(duck, 'loads', { session: target, dataset, columns, where: [filter] }, signal)
  } catch (error) {
    if (isFailure(error, 'source.dataset_missing')) return undefined
    throw error
  }
  const newest = await duck.value(
    sql`SELECT max_by(state, committed_at) FROM loads WHERE state IS NOT NULL AND starts_with(load_id, ${literal(loadPrefix)})`,
  )
  const state = stateSchema.safeParse(newest === null ? undefined : JSON.parse(newest))
  return state.success ? state.data.cursor : undefined
}
