import { KEYED_MODES, type WriteMode } from '../../../contract/write-mode.ts'
import { id, join, type Sql, sql } from '../../../sql/sql.ts'
import type { LoadColumn } from '../types/load-column.ts'

export interface MergeTables {
  readonly target: Sql
  readonly stage: Sql
  readonly columns: readonly LoadColumn[]
  /** Keys as the target names them. */
  readonly keys: readonly string[]
}

/** Statements of one transaction, in this order; the rows each changes are the outcome's counts. */
export interface MergeStatements {
  readonly delete?: Sql
  readonly update?: Sql
  readonly insert?: Sql
}

/** The merge in MySQL's words: UPDATE and DELETE join, there is no IS DISTINCT FROM. TRUNCATE would commit, so it is a DELETE. */
export function mergeStatements(mode: WriteMode, tables: MergeTables): MergeStatements {
  const { target, stage, keys } = tables
  const [firstKey = ''] = keys
  const removed: Partial<Record<WriteMode, Sql>> = {
    truncate: sql`DELETE FROM ${target}`,
    delete: sql`DELETE t FROM ${target} AS t INNER JOIN ${stage} AS s ON ${keysEqual(tables)}`,
    mirror: sql`DELETE t FROM ${target} AS t LEFT JOIN ${stage} AS s ON ${keysEqual(tables)} WHERE ${id('s', firstKey)} IS NULL`,
  }
  const update = mode === 'upsert' || mode === 'update' || mode === 'mirror' ? updateChanged(tables) : undefined
  const insert = mode === 'update' || mode === 'delete' ? undefined : insertRows(mode, tables)
  return {
    ...(removed[mode] === undefined ? {} : { delete: removed[mode] }),
    ...(update === undefined ? {} : { update }),
    ...(insert === undefined ? {} : { insert }),
  }
}

/** Texts are compared by bytes: under the target's collation a changed case would be no change. */
function updateChanged(tables: MergeTables): Sql | undefined {
  const values = tables.columns.map(({ target }) => target).filter(({ name }) => !tables.keys.includes(name))
  if (values.length === 0) return undefined
  const set = values.map(({ name }) => sql`${id('t', name)} = ${id('s', name)}`)
  const same = values.map(({ name, type }) =>
    /char|text|enum|set|json/i.test(type)
      ? sql`CAST(${id('t', name)} AS BINARY) <=> CAST(${id('s', name)} AS BINARY)`
      : sql`${id('t', name)} <=> ${id('s', name)}`,
  )
  return sql`UPDATE ${tables.target} AS t INNER JOIN ${tables.stage} AS s ON ${keysEqual(tables)} SET ${join(set)} WHERE NOT (${join(same, ' AND ')})`
}

function insertRows(mode: WriteMode, tables: MergeTables): Sql {
  const names = tables.columns.map(({ target }) => target.name)
  const columns = join(names.map((name) => id(name)))
  const staged = join(names.map((name) => id('s', name)))
  const onlyNew = KEYED_MODES.has(mode)
    ? sql` LEFT JOIN ${tables.target} AS t ON ${keysEqual(tables)} WHERE ${id('t', tables.keys[0] ?? '')} IS NULL`
    : sql``
  return sql`INSERT INTO ${tables.target} (${columns}) SELECT ${staged} FROM ${tables.stage} AS s${onlyNew}`
}

function keysEqual({ keys }: MergeTables): Sql {
  return join(
    keys.map((key) => sql`${id('t', key)} = ${id('s', key)}`),
    ' AND ',
  )
}
