import type { Column } from '../../contract/column.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { TableRun } from './table-run.ts'

/** Rows that are to be in the target, and those that are gone from the source, as relations. */
export interface SplitRows {
  readonly present: Sql
  readonly gone: Sql | undefined
}

/** Tells apart, by the file's condition, the rows that the source only keeps to say that they are gone. */
export function splitDeleted({ settings: { deletes } }: TableRun, rows: Sql): SplitRows {
  if (deletes?.when === undefined) return { present: rows, gone: undefined }
  // The line breaks keep a comment at its end from swallowing the parenthesis.
  const when = sql`(\n${trusted(deletes.when)}\n)`
  return {
    present: sql`(SELECT * FROM ${rows} AS r WHERE ${when} IS NOT TRUE)`,
    gone: sql`(SELECT * FROM ${rows} AS r WHERE ${when} IS TRUE)`,
  }
}

const MARK_TYPE = 'TIMESTAMP WITH TIME ZONE'

/** The columns that a table has in the target: with the mark of deleted rows where the file wants it. */
export function markedColumns({ columns, settings: { deletes } }: TableRun): readonly Column[] {
  return deletes?.as === 'mark' ? [...columns, { name: deletes.column, type: MARK_TYPE }] : columns
}

/** Rows with an empty mark, as they are to be in the target. */
export function unmarked({ settings: { deletes } }: TableRun, rows: Sql): Sql {
  if (deletes?.as !== 'mark') return rows
  return sql`(SELECT *, NULL::${trusted(MARK_TYPE)} AS ${id(deletes.column)} FROM ${rows} AS u)`
}

/** Keys of rows with the time at which they were found to be gone. */
export function marks(run: TableRun, rows: Sql): Sql {
  const {
    settings: { deletes },
    now,
  } = run
  const at = sql`CAST(${literal(new Date(now.ms).toISOString())} AS ${trusted(MARK_TYPE)})`
  return sql`(SELECT ${keysOf(run)}, ${at} AS ${id(deletes?.column ?? '')} FROM ${rows})`
}

/** The keys of a relation with the source's types: rows of the target may have others. */
export function keysOf({ keys, columns }: TableRun): Sql {
  const typed = columns.filter(({ name }) => keys.includes(name))
  return join(typed.map(({ name, type }) => sql`CAST(${id(name)} AS ${trusted(type)}) AS ${id(name)}`))
}
