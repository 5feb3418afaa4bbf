import { KEYED_MODES, type WriteMode } from '../../../contract/write-mode.ts'
import { id, join, type Sql, sql } from '../../../sql/sql.ts'

export interface MergeTables {
  readonly target: Sql
  readonly stage: Sql
  /** Names that target and stage share. */
  readonly columns: readonly string[]
  readonly keys: readonly string[]
  /** Columns whose type has no useful equality (json): their texts are compared. */
  readonly comparedAsText?: readonly string[]
}

/** Statements that merge a stage, to be run in this order in one transaction; the rows each changes are the outcome's counts. */
export interface MergeStatements {
  readonly delete?: Sql
  readonly update?: Sql
  readonly insert?: Sql
}

/**
 * The merge in SQL that DuckDB, SQLite and PostgreSQL share (UPDATE FROM, IS DISTINCT FROM). The stage's keys were checked.
 *
 * Deletes come first and inserts last, so that a unique column may move from one row to another.
 */
export function standardMerge(mode: WriteMode, tables: MergeTables): MergeStatements {
  const { target, stage } = tables
  const inStage = sql`EXISTS (SELECT 1 FROM ${stage} AS s WHERE ${keysEqual(tables)})`
  const removed: Partial<Record<WriteMode, Sql>> = {
    truncate: sql`DELETE FROM ${target}`,
    replace: sql`DELETE FROM ${target}`,
    delete: sql`DELETE FROM ${target} AS t WHERE ${inStage}`,
    mirror: sql`DELETE FROM ${target} AS t WHERE NOT ${inStage}`,
  }
  const update = mode === 'upsert' || mode === 'update' || mode === 'mirror' ? updateChanged(tables) : undefined
  const insert = mode === 'update' || mode === 'delete' ? undefined : insertRows(mode, tables)
  return {
    ...(removed[mode] === undefined ? {} : { delete: removed[mode] }),
    ...(update === undefined ? {} : { update }),
    ...(insert === undefined ? {} : { insert }),
  }
}

function updateChanged(tables: MergeTables): Sql | undefined {
  const values = tables.columns.filter((name) => !tables.keys.includes(name))
  if (values.length === 0) return undefined
  const set = join(values.map((name) => sql`${id(name)} = ${id('s', name)}`))
  const differs = join(
    values.map((name) =>
      tables.comparedAsText?.includes(name) === true
        ? sql`CAST(${id('t', name)} AS text) IS DISTINCT FROM CAST(${id('s', name)} AS text)`
        : sql`${id('t', name)} IS DISTINCT FROM ${id('s', name)}`,
    ),
    ' OR ',
  )
  return sql`UPDATE ${tables.target} AS t SET ${set} FROM ${tables.stage} AS s WHERE ${keysEqual(tables)} AND (${differs})`
}

function insertRows(mode: WriteMode, tables: MergeTables): Sql {
  const columns = join(tables.columns.map((name) => id(name)))
  const onlyNew = KEYED_MODES.has(mode)
    ? sql` WHERE NOT EXISTS (SELECT 1 FROM ${tables.target} AS t WHERE ${keysEqual(tables)})`
    : sql``
  return sql`INSERT INTO ${tables.target} (${columns}) SELECT ${columns} FROM ${tables.stage} AS s${onlyNew}`
}

function keysEqual({ keys }: MergeTables): Sql {
  return join(
    keys.map((key) => sql`${id('t', key)} = ${id('s', key)}`),
    ' AND ',
  )
}
