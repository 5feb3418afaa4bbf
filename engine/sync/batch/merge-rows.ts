import type { WriteOutcome } from '../../connectors/api/writer.ts'
import type { Column } from '../../contract/column.ts'
import { isFailure } from '../../contract/failure.ts'
import { id, join, type Sql, sql, trusted } from '../../sql/sql.ts'
import { columnList } from './gather-rows.ts'
import { type Load, loadRelation } from './load-rows.ts'
import type { TableRun } from './table-run.ts'
import { gatherTarget } from './target-rows.ts'

interface Rows {
  readonly relation: Sql
  readonly columns: readonly Column[]
}

export interface Merge extends Load {
  readonly mode: 'upsert' | 'update' | 'delete'
  readonly keys: readonly string[]
  /** All columns that the table has in the target. */
  readonly all: readonly Column[]
}

/** Merges rows by key. A target that can only take whole tables (files) is read, merged here, and written anew. */
export async function mergeRows(run: TableRun, rows: Rows, merge: Merge): Promise<WriteOutcome> {
  try {
    return await loadRelation(run, rows, merge)
  } catch (error) {
    if (!isFailure(error, 'write.mode_unsupported')) throw error
    return await mergeWhole(run, rows, merge)
  }
}

async function mergeWhole(run: TableRun, rows: Rows, merge: Merge): Promise<WriteOutcome> {
  const { duck } = run
  await duck.run(
    sql`DROP TABLE IF EXISTS whole; CREATE OR REPLACE TEMP TABLE came AS SELECT * FROM ${rows.relation} AS r`,
  )
  const found = await gatherTarget(run, 'whole')
  if (found === undefined) await duck.run(sql`CREATE TEMP TABLE whole (${columnList(merge.all)})`)
  const names = new Set((found ?? merge.all).map(({ name }) => name))
  const list = join(
    merge.all.map(({ name, type }) =>
      names.has(name)
        ? sql`TRY_CAST(${id(name)} AS ${trusted(type)}) AS ${id(name)}`
        : sql`NULL::${trusted(type)} AS ${id(name)}`,
    ),
  )
  const before = sql`(SELECT ${list} FROM whole)`
  const isMet = join(
    merge.keys.map((key) => sql`w.${id(key)} = c.${id(key)}`),
    ' AND ',
  )
  const count = async (part: Sql): Promise<bigint> => BigInt((await duck.value(sql`SELECT count(*) FROM ${part}`)) ?? 0)
  const met = await count(sql`${before} AS w WHERE EXISTS (SELECT 1 FROM came AS c WHERE ${isMet})`)
  const came = await count(id('came'))
  await loadRelation(
    run,
    { relation: merged(rows, merge, { before, isMet }), columns: merge.all },
    { ...merge, mode: 'replace', keys: [] },
  )
  if (merge.mode === 'delete') return { inserted: 0n, updated: 0n, deleted: met }
  return { inserted: merge.mode === 'upsert' ? came - met : 0n, updated: met, deleted: 0n }
}

function merged(
  { columns }: Rows,
  { mode, all, keys }: Merge,
  { before, isMet }: { readonly before: Sql; readonly isMet: Sql },
): Sql {
  const kept = sql`SELECT w.* FROM ${before} AS w WHERE NOT EXISTS (SELECT 1 FROM came AS c WHERE ${isMet})`
  if (mode === 'delete') return sql`(${kept})`
  if (mode === 'upsert')
    return sql`(${kept} UNION ALL BY NAME SELECT ${join(columns.map(({ name }) => id(name)))} FROM came)`
  const values = all.map(({ name }) => {
    const isSet = !keys.includes(name) && columns.some((column) => column.name === name)
    return isSet ? sql`c.${id(name)}` : sql`w.${id(name)}`
  })
  return sql`(${kept} UNION ALL SELECT ${join(values)} FROM ${before} AS w JOIN came AS c ON ${isMet})`
}
