import type { Duck } from '../../duck/duck.ts'
import { id, join, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { Reading } from './reading.ts'

export interface Materialised {
  /** Rows of the reading, under the table or view name given. */
  readonly relation: Sql
  /** Rejects of the reading, all of them (REJECT_COLUMNS). */
  readonly rejects: Sql
}

/**
 * Makes a reading queryable under `name`: a view where DuckDB scans by itself, else a table filled part by part.
 *
 * The rejects go to `name_rejects`. The reading must outlive a view.
 */
export async function materialise(
  duck: Duck,
  reading: Reading,
  name: string,
  signal?: AbortSignal,
): Promise<Materialised> {
  const call = signal === undefined ? {} : { signal }
  const rejectsName = `${name}_rejects`
  await duck.run(
    sql`CREATE OR REPLACE TABLE ${id(rejectsName)} ("rule" VARCHAR, "column" VARCHAR, "value" VARCHAR, "reason" VARCHAR, "locator" VARCHAR, "raw" VARCHAR)`,
  )
  if (reading.relation !== undefined) {
    await duck.run(sql`CREATE OR REPLACE VIEW ${id(name)} AS ${reading.relation}`, call)
  } else {
    await fillTable(duck, reading, { name, rejectsName }, call)
  }
  if (reading.rejects !== undefined) await duck.run(sql`INSERT INTO ${id(rejectsName)} ${reading.rejects}`, call)
  return { relation: id(name), rejects: id(rejectsName) }
}

async function fillTable(
  duck: Duck,
  reading: Reading,
  { name, rejectsName }: { name: string; rejectsName: string },
  call: { signal?: AbortSignal },
): Promise<void> {
  let created = false
  for await (const part of reading.parts ?? []) {
    if (created) await duck.run(sql`INSERT INTO ${id(name)} ${part.relation}`, call)
    else await duck.run(sql`CREATE OR REPLACE TABLE ${id(name)} AS ${part.relation}`, call)
    created = true
    if (part.rejects !== undefined) await duck.run(sql`INSERT INTO ${id(rejectsName)} ${part.rejects}`, call)
  }
  if (!created) await duck.run(sql`CREATE OR REPLACE TABLE ${id(name)} AS ${emptyRelation(reading.columns)}`, call)
}

function emptyRelation(columns: Reading['columns']): Sql {
  // An empty file has no columns, but SQL knows no relation without any.
  if (columns.length === 0) return sql`SELECT NULL::VARCHAR AS ${id('column1')} WHERE false`
  return sql`SELECT ${join(columns.map(({ name, type }) => sql`NULL::${trusted(type)} AS ${id(name)}`))} WHERE false`
}
