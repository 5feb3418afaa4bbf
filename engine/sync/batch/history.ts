import type { Column } from '../../contract/column.ts'
import type { Cell } from '../../contract/page.ts'
import type { SyncFile } from '../../contract/sync-file.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import { mergeRows } from './merge-rows.ts'
import type { TableRun } from './table-run.ts'
import { gatherTarget } from './target-rows.ts'

export type HistoryNames = NonNullable<SyncFile['history']>

export interface NewState {
  /** Rows as they are now: all of them, or those that may have changed. */
  readonly present: Sql
  /** Rows, or their keys, that are no more. */
  readonly gone: Sql | undefined
  /** Whether rows that are not present are gone. */
  readonly isWhole?: boolean
  readonly name: string
  readonly state?: Cell
}

const TIME = trusted('TIMESTAMP WITH TIME ZONE')

/**
 * Brings a new state into a table that keeps all versions of a row (Kimball's type 2): the version that held is closed where something
 * differs or the row is gone, and the new one opened at the same time, in one load. A version is told by the key and its beginning.
 */
export async function mergeHistory(run: TableRun, names: HistoryNames, next: NewState): Promise<void> {
  const { duck, keys, columns } = run
  await duck.run(sql`DROP TABLE IF EXISTS held`)
  const found = await gatherTarget(run, 'held')
  if (found === undefined) await duck.run(sql`CREATE TEMP TABLE held (${historyColumns(columns, names)})`)
  const all: Column[] = [
    ...columns,
    { name: names.validFrom, type: 'TIMESTAMP WITH TIME ZONE' },
    { name: names.validTo, type: 'TIMESTAMP WITH TIME ZONE' },
    { name: names.isCurrent, type: 'BOOLEAN' },
  ]
  const outcome = await mergeRows(
    run,
    { relation: versions(run, names, next), columns: all },
    {
      mode: 'upsert',
      keys: [...keys, names.validFrom],
      all,
      name: next.name,
      ...(next.state === undefined ? {} : { state: next.state }),
    },
  )
  run.notes.applied({ written: outcome.inserted, deleted: outcome.updated })
}

function historyColumns(columns: readonly Column[], { validFrom, validTo, isCurrent }: HistoryNames): Sql {
  const own = columns.map(({ name, type }) => sql`${id(name)} ${trusted(type)}`)
  return join([...own, sql`${id(validFrom)} ${TIME}`, sql`${id(validTo)} ${TIME}`, sql`${id(isCurrent)} BOOLEAN`])
}

/** Versions to write: those that end now, and those that begin now. */
function versions({ columns, keys, now }: TableRun, names: HistoryNames, next: NewState): Sql {
  // No version begins twice, even when two runs begin within a millisecond.
  const at = sql`(SELECT greatest(CAST(${literal(new Date(now.ms).toISOString())} AS ${TIME}), max(CAST(${id(names.validFrom)} AS ${TIME})) + to_microseconds(1)) FROM held)`
  // The target's own types may be others; what is compared and written back has the source's.
  const held = join(columns.map(({ name, type }) => sql`TRY_CAST(${id(name)} AS ${trusted(type)}) AS ${id(name)}`))
  const current = sql`(SELECT ${held}, CAST(${id(names.validFrom)} AS ${TIME}) AS ${id(names.validFrom)}
    FROM held WHERE CAST(${id(names.isCurrent)} AS BOOLEAN))`
  const sameKey = (a: string, b: string): Sql =>
    join(
      keys.map((key) => sql`${id(a, key)} = ${id(b, key)}`),
      ' AND ',
    )
  const values = columns.filter(({ name }) => !keys.includes(name))
  const isSame = join(
    values.map(({ name }) => sql`h.${id(name)} IS NOT DISTINCT FROM p.${id(name)}`),
    ' AND ',
  )
  const isUnchanged = values.length === 0 ? sql`true` : isSame
  const list = (alias: string): Sql => join(columns.map(({ name }) => id(alias, name)))
  const isNoMore = [
    ...(next.gone === undefined ? [] : [sql`EXISTS (SELECT 1 FROM ${next.gone} AS g WHERE ${sameKey('h', 'g')})`]),
    ...(next.isWhole === true ? [sql`NOT EXISTS (SELECT 1 FROM present AS p WHERE ${sameKey('h', 'p')})`] : []),
    sql`EXISTS (SELECT 1 FROM present AS p WHERE ${sameKey('h', 'p')} AND NOT (${isUnchanged}))`,
  ]
  return sql`(WITH present AS MATERIALIZED (SELECT * FROM ${next.present} AS n), current AS MATERIALIZED (SELECT * FROM ${current} AS c)
    SELECT ${list('h')}, h.${id(names.validFrom)} AS ${id(names.validFrom)}, ${at} AS ${id(names.validTo)}, false AS ${id(names.isCurrent)}
      FROM current AS h WHERE ${join(isNoMore, ' OR ')}
    UNION ALL
    SELECT ${list('p')}, ${at}, NULL, true FROM present AS p
      WHERE NOT EXISTS (SELECT 1 FROM current AS h WHERE ${sameKey('h', 'p')} AND (${isUnchanged})))`
}
