import type { Duck, DuckCall } from '../duck/duck.ts'
import { id, literal, type Sql, sql } from '../sql/sql.ts'

/** Rows that a profile looks at more than once. */
export interface KeptRows {
  /** What stands after FROM. */
  readonly from: Sql
  readonly rows: number
  readonly table?: Sql
}

export type WantedRows =
  | { readonly kind: 'first'; readonly rows: number }
  | { readonly kind: 'random'; readonly rows: number; readonly of: number }
  /** `isInPlace`: too many to be copied. */
  | { readonly kind: 'all'; readonly isInPlace: boolean }

let counter = 0

/** Copies some rows into a temporary table; every row is as likely as any other to be among random ones. */
export async function keepRows(duck: Duck, from: Sql, wanted: WantedRows, call: DuckCall): Promise<KeptRows> {
  if (wanted.kind === 'all' && wanted.isInPlace) return { from, rows: await count(duck, from, call) }
  const table = id(`profile_rows_${counter++}`)
  await duck.run(sql`CREATE TEMP TABLE ${table} AS ${queryOf(from, wanted)}`, call)
  return { from: table, table, rows: await count(duck, table, call) }
}

export async function dropRows(duck: Duck, { table }: KeptRows): Promise<void> {
  // A connection that is closed has no temporary tables any more.
  if (table !== undefined) await duck.run(sql`DROP TABLE IF EXISTS ${table}`).catch(() => undefined)
}

function queryOf(from: Sql, wanted: WantedRows): Sql {
  switch (wanted.kind) {
    case 'all':
      return sql`FROM ${from}`
    case 'first':
      return sql`FROM ${from} LIMIT ${literal(wanted.rows)}`
    case 'random':
      return sql`FROM ${from} USING SAMPLE ${literal((100 * wanted.rows) / wanted.of)} PERCENT (bernoulli, 1)`
  }
}

async function count(duck: Duck, from: Sql, call: DuckCall): Promise<number> {
  return Number(await duck.value(sql`SELECT count(*) FROM ${from}`, call))
}
