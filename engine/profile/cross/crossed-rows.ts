import type { Selection } from '../../contract/profile/cross-filter.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'

/** A table with the number of each row's bin in every dimension. */
export interface CrossedRows {
  readonly table: Sql
  /** Bins of each dimension, the one for none of them included. */
  readonly bins: readonly number[]
  /** How all rows fall. */
  readonly totals: readonly (readonly number[])[]
  readonly rows: number
}

export interface Fallen {
  readonly rows: number
  /** By dimension and bin. */
  readonly counts: number[][]
}

/** The column of a dimension: a number from 0, never NULL. */
export function place(dimension: number): Sql {
  return id(`b${dimension}`)
}

/** Counts all rows once. */
export async function crossedRows(
  duck: Duck,
  { table, bins }: Pick<CrossedRows, 'table' | 'bins'>,
  call: DuckCall,
): Promise<CrossedRows> {
  const all = bins.map((_, dimension) => countBy(dimension, table))
  const { rows, counts } = await fallen(duck, { query: join([countRows(table), ...all], ' UNION ALL '), bins }, call)
  return { table, bins, rows, totals: counts }
}

/**
 * How the rows fall that the selections leave, in each of the `shown` dimensions; what is selected in a dimension does not count in
 * it. Rows are picked once for all dimensions, those left out instead when they are fewer: what is left is then the rest of the total.
 */
export async function countSelected(
  duck: Duck,
  crossed: CrossedRows,
  { selections, shown }: { selections: readonly Selection[]; shown: readonly number[] },
  call: DuckCall,
): Promise<Fallen> {
  const { table, bins, totals } = crossed
  const selected = new Set(selections.map(({ dimension }) => dimension))
  if (selected.size === 0) return { rows: crossed.rows, counts: onlyShown(totals, shown) }
  const passive = shown.filter((dimension) => !selected.has(dimension))
  const isRest = leftOut(crossed, selections) < 0.5
  const held = sql`held AS MATERIALIZED (SELECT ${join([sql`true AS row_exists`, ...passive.map(place)])} FROM ${table} WHERE ${isRest ? sql`NOT (${conditionOf(selections)})` : conditionOf(selections)})`
  const active = shown
    .filter((dimension) => selected.has(dimension) && selected.size > 1)
    .map((dimension) => {
      const others = selections.filter((one) => one.dimension !== dimension)
      return countBy(dimension, sql`(FROM ${table} WHERE ${conditionOf(others)})`)
    })
  const parts = [countRows(sql`held`), ...passive.map((dimension) => countBy(dimension, sql`held`)), ...active]
  const found = await fallen(duck, { query: sql`WITH ${held} ${join(parts, ' UNION ALL ')}`, bins }, call)
  const rest = (total: number, n: number): number => (isRest ? total - n : n)
  return {
    rows: rest(crossed.rows, found.rows),
    counts: onlyShown(totals, shown).map((all, dimension) => {
      const own = found.counts[dimension] ?? []
      if (selected.has(dimension)) return selected.size > 1 ? own : all
      return all.map((total, bin) => rest(total, own[bin] ?? 0))
    }),
  }
}

/** The greatest share of the rows that the selections can leave out. */
function leftOut({ totals, rows }: CrossedRows, selections: readonly Selection[]): number {
  const left = (one: Selection): number =>
    [...new Set(one.bins)].reduce((sum, bin) => sum + (totals[one.dimension]?.[bin] ?? 0), 0)
  return selections.reduce((share, one) => share + 1 - left(one) / Math.max(rows, 1), 0)
}

function onlyShown(totals: CrossedRows['totals'], shown: readonly number[]): number[][] {
  return totals.map((all, dimension) => (shown.includes(dimension) ? [...all] : all.map(() => 0)))
}

function countRows(from: Sql): Sql {
  return sql`SELECT -1 AS d, 0 AS b, count(*) AS n FROM ${from}`
}

function countBy(dimension: number, from: Sql): Sql {
  return sql`SELECT ${literal(dimension)} AS d, ${place(dimension)} AS b, count(*) AS n FROM ${from} GROUP BY b`
}

async function fallen(
  duck: Duck,
  { query, bins }: { query: Sql; bins: readonly number[] },
  call: DuckCall,
): Promise<Fallen> {
  const found = await duck.rows(query, call)
  const counts = bins.map((length) => Array.from({ length }, () => 0))
  let rows = 0
  for (const [dimension, bin, n] of found.rows) {
    const list = counts[Number(dimension)]
    if (Number(dimension) < 0) rows = Number(n)
    else if (list !== undefined) list[Number(bin)] = Number(n)
  }
  return { rows, counts }
}

function conditionOf(selections: readonly Selection[]): Sql {
  return join(
    selections.map(({ dimension, bins }) => {
      const runs = runsOf(bins).map(
        ([first, last]) => sql`${place(dimension)} BETWEEN ${literal(first)} AND ${literal(last)}`,
      )
      return sql`(${join(runs, ' OR ')})`
    }),
    ' AND ',
  )
}

/** Neighbouring bins as one range: comparing two ends is several times cheaper than a long list. */
function runsOf(bins: readonly number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const bin of bins.toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run !== undefined && bin <= run[1] + 1) run[1] = bin
    else runs.push([bin, bin])
  }
  return runs
}
