import { randomBytes } from 'node:crypto'
import { id, join, type Sql, sql, trusted } from '../../sql/sql.ts'
import { gatherRows } from './gather-rows.ts'
import { mergeHistory } from './history.ts'
import { mergeRows } from './merge-rows.ts'
import { removeGone } from './remove-gone.ts'
import { markedColumns, splitDeleted, unmarked } from './split-deleted.ts'
import type { TableRun } from './table-run.ts'
import { gatherTarget } from './target-rows.ts'

/** Compares source and target by key, then writes what differs and does to what is gone what the file says. */
export async function copyMirror(run: TableRun): Promise<void> {
  const { source, dataset, duck, signal, columns, settings } = run
  const name = `mirror:${randomBytes(6).toString('hex')}`
  await duck.run(sql`DROP TABLE IF EXISTS here; DROP TABLE IF EXISTS there`)
  const options = run.query === undefined ? {} : { query: run.query.text }
  const wanted = {
    session: source,
    dataset,
    options,
    throttle: run.throttle,
    columns: columns.map((column) => column.name),
  }
  await gatherRows(duck, 'here', wanted, signal)
  const { present, gone } = splitDeleted(run, id('here'))
  if (settings.history !== undefined) {
    return mergeHistory(run, settings.history, { present, gone, isWhole: true, name })
  }
  const found = await gatherTarget(run, 'there')
  const fits =
    found !== undefined && markedColumns(run).every((column) => found.some((one) => one.name === column.name))
  const changed = fits ? differing(run, present) : present
  if (fits) await removeGone(run, missing(run, present), `${name}:gone`)
  const outcome = await mergeRows(
    run,
    { relation: unmarked(run, changed), columns: markedColumns(run) },
    { mode: 'upsert', keys: run.keys, all: markedColumns(run), name },
  )
  run.notes.applied({ written: outcome.inserted + outcome.updated, deleted: 0n })
}

/** Rows of the source that the target does not have just so. */
function differing(run: TableRun, present: Sql): Sql {
  const { columns, keys } = run
  const isSame = join(
    columns.map(({ name, type }) =>
      keys.includes(name)
        ? sql`t.${id(name)} = p.${id(name)}`
        : sql`TRY_CAST(t.${id(name)} AS ${trusted(type)}) IS NOT DISTINCT FROM p.${id(name)}`,
    ),
    ' AND ',
  )
  return sql`(SELECT p.* FROM ${present} AS p WHERE NOT EXISTS (SELECT 1 FROM there AS t WHERE ${isSame}${isUnmarked(run)}))`
}

/** Rows of the target that the source no longer has. */
function missing(run: TableRun, present: Sql): Sql {
  const sameKey = join(
    run.keys.map((key) => sql`t.${id(key)} = p.${id(key)}`),
    ' AND ',
  )
  return sql`(SELECT t.* FROM there AS t WHERE NOT EXISTS (SELECT 1 FROM ${present} AS p WHERE ${sameKey})${isUnmarked(run)})`
}

function isUnmarked({ settings: { deletes } }: TableRun): Sql {
  return deletes?.as === 'mark' ? sql` AND t.${id(deletes.column)} IS NULL` : sql``
}
