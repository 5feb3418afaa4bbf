import type { Column } from '../../../contract/column.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { ChangedTable } from '../../api/changes.ts'
import type { TargetColumn } from '../../shared/load/table-plan.ts'
import { typeSql } from '../types/load-column.ts'

/** A column of the source with the column of the target it goes to; without one it is read and left out. */
export interface StageColumn {
  readonly position: number
  readonly column: Column
  readonly target: TargetColumn | undefined
}

interface WrittenColumn extends StageColumn {
  readonly target: TargetColumn
}

/** A table with its target and the temporary tables through which its changes go. */
export interface ApplyTable {
  readonly table: ChangedTable
  readonly target: Sql
  readonly columns: readonly StageColumn[]
  readonly keys: readonly StageColumn[]
  /** Columns that the target has and the source has not. */
  readonly others: readonly string[]
  /** Whole rows, each with the number of its group. */
  readonly rows: Sql
  /** Keys. Of tables without keys: whole rows, and the group is how many copies of each are meant. */
  readonly gone: Sql
}

export const GROUP = id('_runnel_group')

/** Columns are called as in the target, so that a warning names the one it means. */
export function stageDefinitions({ columns, keys, rows, gone }: ApplyTable): Sql[] {
  const group = sql`${GROUP} BIGINT NOT NULL`
  const all = [group, ...written(columns).map(define)]
  return [
    sql`CREATE TEMPORARY TABLE ${rows} (${join(all)}) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
    sql`CREATE TEMPORARY TABLE ${gone} (${join(keys.length > 0 ? written(keys).map(define) : all)}) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
  ]
}

export function deleteGone({ target, keys, gone }: ApplyTable): Sql {
  return sql`DELETE t FROM ${gone} AS g STRAIGHT_JOIN ${target} AS t ON ${sameKeys(keys, 'g')}`
}

/** Overwrites rows of group 0 that are there; undefined where rows are nothing but keys. */
export function updateWhole(table: ApplyTable): Sql | undefined {
  const others = written(table.columns).filter((column) => !isKey(table, column))
  return others.length === 0 ? undefined : updateRows(table, 0, others)
}

/**
 * Inserts the rows of group 0 that are not there. Not ON DUPLICATE KEY: a row that meets another unique key, or a key that only the
 * target's collation takes for the same, must fail.
 */
export function insertWhole({ target, columns, keys, rows }: ApplyTable): Sql {
  const names = written(columns)
  const [first] = written(keys)
  return sql`INSERT INTO ${target} (${join(names.map(name))}) SELECT ${join(names.map((column) => sql`s.${name(column)}`))} FROM ${rows} AS s LEFT JOIN ${target} AS t ON ${sameKeys(keys, 's')} WHERE s.${GROUP} = 0 AND t.${first === undefined ? GROUP : name(first)} IS NULL`
}

/** Sets only the values that came, in the rows of one group. */
export function writeParts(table: ApplyTable, group: number, unchanged: readonly number[]): Sql {
  const came = written(table.columns).filter((column) => !unchanged.includes(column.position) && !isKey(table, column))
  // A row of which nothing came but its key is there, or it is missing.
  return updateRows(table, group, came.length > 0 ? came : written(table.keys).slice(0, 1))
}

function updateRows({ target, keys, rows }: ApplyTable, group: number, columns: readonly WrittenColumn[]): Sql {
  return sql`UPDATE ${rows} AS s STRAIGHT_JOIN ${target} AS t ON ${sameKeys(keys, 's')} SET ${join(columns.map(assign))} WHERE s.${GROUP} = ${literal(group)}`
}

/**
 * Gives the row of the key in `gone` the key and the values that came, in this order of statements. A copy that was made after the row
 * had moved has it under its new key already, with left-out values that are at least as new: then the old one goes.
 */
export function moveRow({ target, columns, keys, rows, gone }: ApplyTable, unchanged: readonly number[]): Sql[] {
  const came = written(columns).filter(({ position }) => !unchanged.includes(position))
  const set = sql`SET ${join(came.map(assign))}`
  return [
    sql`DELETE o FROM ${gone} AS g STRAIGHT_JOIN ${rows} AS s STRAIGHT_JOIN ${target} AS t ON ${sameKeys(keys, 's')} STRAIGHT_JOIN ${target} AS o ON ${sameKeys(keys, 'g', 'o')}`,
    sql`UPDATE ${gone} AS g STRAIGHT_JOIN ${rows} AS s STRAIGHT_JOIN ${target} AS t ON ${sameKeys(keys, 'g')} ${set}`,
    sql`UPDATE ${rows} AS s STRAIGHT_JOIN ${target} AS t ON ${sameKeys(keys, 's')} ${set}`,
  ]
}

/** How many rows are equal to each in `gone`, and how many are meant: the number of those that stay is the group in `rows`. */
export function keepRest({ target, columns, rows, gone }: ApplyTable): Sql {
  const names = written(columns).map((column) => sql`g.${name(column)}`)
  const apart = written(columns).map((column) => comparable(column, sql`g.${name(column)}`))
  const group = sql`g.${GROUP}`
  return sql`INSERT INTO ${rows} SELECT count(*) - ${group}, ${join(names)} FROM ${gone} AS g STRAIGHT_JOIN ${target} AS t ON ${sameRow(columns)} GROUP BY ${join([group, ...apart])} HAVING count(*) > ${group}`
}

export function deleteEqual({ target, columns, gone }: ApplyTable): Sql {
  return sql`DELETE t FROM ${gone} AS g STRAIGHT_JOIN ${target} AS t ON ${sameRow(columns)}`
}

/** Inserts every row of `rows` as often as its group says; `most` is the largest of them. */
export function insertCopies({ target, columns, rows }: ApplyTable, most: number): Sql {
  const names = written(columns)
  const digits = Array.from({ length: String(most).length }, (_, i) => ({ digit: id(`d${i}`), weight: 10 ** i }))
  const numbers = digits.map(({ digit }) => sql`JOIN ${DIGITS} AS ${digit}`)
  const number = join(
    digits.map(({ digit, weight }) => sql`${digit}.n * ${literal(weight)}`),
    ' + ',
  )
  return sql`INSERT INTO ${target} (${join(names.map(name))}) SELECT ${join(names.map((column) => sql`s.${name(column)}`))} FROM ${rows} AS s ${join(numbers, ' ')} WHERE ${number} < s.${GROUP}`
}

const DIGITS = sql`(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)`

function written(columns: readonly StageColumn[]): WrittenColumn[] {
  return columns.filter((column): column is WrittenColumn => column.target !== undefined)
}

function isKey({ keys }: ApplyTable, { position }: StageColumn): boolean {
  return keys.some((key) => key.position === position)
}

function define({ target }: WrittenColumn): Sql {
  return sql`${id(target.name)} ${typeSql(target)} NULL`
}

function name({ target }: WrittenColumn): Sql {
  return id(target.name)
}

function assign(column: WrittenColumn): Sql {
  return sql`t.${name(column)} = s.${name(column)}`
}

const TEXT = /^(?:char|varchar|tinytext|text|mediumtext|longtext|enum|set|json)\b/i
const SPATIAL = /^(?:geometry|point|linestring|polygon|multi|geom)/i

/** Texts that a collation takes for equal are not the same key: they are found by the collation's index, then compared by bytes. */
function sameKeys(keys: readonly StageColumn[], alias: string, of = 't'): Sql {
  const same = written(keys).flatMap((column) => {
    const [mine, theirs] = [sql`${id(of)}.${name(column)}`, sql`${id(alias)}.${name(column)}`]
    const equal = sql`${mine} = ${theirs}`
    return TEXT.test(column.target.type) ? [equal, sql`${exactly(mine)} = ${exactly(theirs)}`] : [equal]
  })
  return join(same, ' AND ')
}

function sameRow(columns: readonly StageColumn[]): Sql {
  const same = written(columns).map(
    (column) => sql`${comparable(column, sql`t.${name(column)}`)} <=> ${comparable(column, sql`g.${name(column)}`)}`,
  )
  return join(same, ' AND ')
}

/** A value so that equal means the same value. */
function comparable({ target: { type } }: WrittenColumn, value: Sql): Sql {
  if (TEXT.test(type)) return exactly(value)
  return SPATIAL.test(type) ? sql`ST_AsBinary(${value})` : value
}

function exactly(value: Sql): Sql {
  return sql`CAST(${value} AS BINARY)`
}
