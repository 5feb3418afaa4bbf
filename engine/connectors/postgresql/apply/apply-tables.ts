import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ChangedTable } from '../../api/changes.ts'
import type { TargetColumn } from '../../shared/load/table-plan.ts'

/** A column of the source as the stage has it; without a target it is read and left out. */
export interface StageColumn {
  readonly position: number
  readonly name: string
  readonly target: TargetColumn | undefined
}

/** A table with its target and the temporary tables through which its changes go. */
export interface ApplyTable {
  readonly table: ChangedTable
  readonly target: Sql
  readonly columns: readonly StageColumn[]
  readonly keys: readonly StageColumn[]
  /** Whole rows, each with the number of its group. */
  readonly rows: Sql
  /** Keys. */
  readonly gone: Sql
}

const GROUP = id('_runnel_group')

/** Of a table without keys, `gone` holds whole rows, and the group is how many copies of each are meant. */
export function stageDefinitions({ columns, keys, rows, gone }: ApplyTable): Sql[] {
  const lost = keys.length > 0 ? keys.map(define) : [sql`${GROUP} integer`, ...columns.map(define)]
  return [
    sql`CREATE TEMPORARY TABLE ${rows} (${join([sql`${GROUP} integer`, ...columns.map(define)])}) ON COMMIT DELETE ROWS`,
    sql`CREATE TEMPORARY TABLE ${gone} (${join(lost)}) ON COMMIT DELETE ROWS`,
  ]
}

export function deleteGone({ target, keys, gone }: ApplyTable): Sql {
  return sql`DELETE FROM ${target} t USING ${gone} g WHERE ${sameKeys(keys, 'g')}`
}

/** Inserts the rows of group 0, and overwrites those that are there. */
export function writeWhole({ target, columns, keys, rows }: ApplyTable): Sql {
  const written = columns.filter(({ target: to }) => to !== undefined)
  const others = written.filter((column) => !keys.includes(column))
  const set = join(others.map((column) => sql`${targetOf(column)} = EXCLUDED.${targetOf(column)}`))
  const conflict = others.length === 0 ? sql`DO NOTHING` : sql`DO UPDATE SET ${set}`
  return sql`INSERT INTO ${target} (${join(written.map(targetOf))}) OVERRIDING SYSTEM VALUE
    SELECT ${join(written.map(cell))} FROM ${rows} WHERE ${GROUP} = 0
    ON CONFLICT (${join(keys.map(targetOf))}) ${conflict}`
}

/** Sets only the values that came, in the rows of one group. */
export function writeParts(table: ApplyTable, group: number, unchanged: readonly number[]): Sql {
  const { target, columns, keys, rows } = table
  const came = columns.filter(
    (column) => column.target !== undefined && !unchanged.includes(column.position) && !keys.includes(column),
  )
  // A row of which nothing came but its key is there, or it is missing.
  const [first] = keys
  const set = came.length > 0 ? came.map(assign) : first === undefined ? [] : [assign(first)]
  return sql`UPDATE ${target} t SET ${join(set)} FROM ${rows} s WHERE s.${GROUP} = ${literal(group)} AND ${sameKeys(keys, 's')}`
}

/**
 * Gives the row of the key in `gone` the key and the values that came, in this order of statements. A copy that was made after the row
 * had moved has it under its new key already, with left-out values that are at least as new: then the old one goes.
 */
export function moveRow({ target, columns, keys, rows, gone }: ApplyTable, unchanged: readonly number[]): Sql[] {
  const came = columns.filter((column) => column.target !== undefined && !unchanged.includes(column.position))
  const set = sql`UPDATE ${target} t SET ${join(came.map(assign))} FROM ${rows} s`
  const isThere = sql`EXISTS (SELECT 1 FROM ${target} t, ${rows} s WHERE ${sameKeys(keys, 's')})`
  return [
    sql`DELETE FROM ${target} t USING ${gone} g WHERE ${sameKeys(keys, 'g')} AND ${isThere}`,
    sql`${set}, ${gone} g WHERE ${sameKeys(keys, 'g')}`,
    sql`${set} WHERE ${sameKeys(keys, 's')}`,
  ]
}

export function insertCopies({ target, columns, rows }: ApplyTable): Sql {
  const written = columns.filter(({ target: to }) => to !== undefined)
  return sql`INSERT INTO ${target} (${join(written.map(targetOf))}) OVERRIDING SYSTEM VALUE
    SELECT ${join(written.map(cell))} FROM ${rows} CROSS JOIN LATERAL generate_series(1, ${GROUP})`
}

export function deleteCopies({ target, columns, gone }: ApplyTable): Sql {
  const compared = columns.filter(({ target: to }) => to !== undefined)
  const same = compared.map((column) => sql`t.${targetOf(column)} IS NOT DISTINCT FROM g.${cell(column)}`)
  return sql`DELETE FROM ${target} t USING (
      SELECT t.ctid AS place, row_number() OVER (PARTITION BY g.ctid) AS number, g.${GROUP} AS most
      FROM ${target} t JOIN ${gone} g ON ${join(same, ' AND ')}
    ) d WHERE t.ctid = d.place AND d.number <= d.most`
}

function define(column: StageColumn): Sql {
  return sql`${cell(column)} ${trusted(column.target?.type ?? 'text')}`
}

/** The stage's own name of a column: two of them may meet one in the target by letter case only. */
function cell({ position }: StageColumn): Sql {
  return id(`c${position}`)
}

function targetOf({ target, name }: StageColumn): Sql {
  return id(target?.name ?? name)
}

function assign(column: StageColumn): Sql {
  return sql`${targetOf(column)} = s.${cell(column)}`
}

function sameKeys(keys: readonly StageColumn[], alias: string): Sql {
  return join(
    keys.map((key) => sql`t.${targetOf(key)} = ${id(alias)}.${cell(key)}`),
    ' AND ',
  )
}
