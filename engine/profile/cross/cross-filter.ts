import type { Column } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import type { CrossCounts, Dimension, Selection } from '../../contract/profile/cross-filter.ts'
import { requireCondition } from '../../duck/condition.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { duckDialect } from '../../sql/dialects.ts'
import { id, join, literal, printSql, type Sql, sql } from '../../sql/sql.ts'
import { type Bins, binsOf } from './bins.ts'
import { dependencyCondition } from './dependency-condition.ts'

export interface CrossFilterRequest {
  readonly duck: Duck
  /** What stands after FROM. */
  readonly from: Sql
  readonly columns: readonly Column[]
  readonly dimensions: readonly Dimension[]
  /** The table to make. */
  readonly table: Sql
}

/** Rows reduced to the numbers of their bins, one byte for each dimension: what every chart can be counted from at once. */
export interface CrossFilter {
  /** @throws Failure `usage.invalid` for a dimension that is not there */
  count(duck: Duck, selections: readonly Selection[], call: DuckCall): Promise<CrossCounts>
}

/** Reads all rows once. @throws Failure `sql.invalid` for a condition that is not one expression */
export async function openCrossFilter(request: CrossFilterRequest, call: DuckCall): Promise<CrossFilter> {
  const { duck, from, columns, table } = request
  const dimensions: Exclude<Dimension, { kind: 'dependency' }>[] = []
  for (const dimension of request.dimensions) {
    const known =
      dimension.kind === 'dependency'
        ? { kind: 'condition' as const, sql: await dependencyCondition(duck, { from, ...dimension }, call) }
        : dimension
    if (known.kind === 'condition') await requireCondition(duck, known.sql)
    dimensions.push(known)
  }
  const bins = dimensions.map((dimension) => binsOf(dimension, columns))
  const cells = bins.map(({ number }, i) => sql`CAST(${number} AS UTINYINT) AS ${place(i)}`)
  await duck.run(
    sql`CREATE OR REPLACE TABLE ${table} AS SELECT ${join([sql`true AS row_exists`, ...cells])} FROM ${from}`,
    call,
  )
  return { count: (reader, selections, each) => count(reader, { table, bins, dimensions }, selections, each) }
}

interface Opened {
  readonly table: Sql
  readonly bins: readonly Bins[]
  readonly dimensions: readonly Dimension[]
}

async function count(
  duck: Duck,
  { table, bins, dimensions }: Opened,
  selections: readonly Selection[],
  call: DuckCall,
): Promise<CrossCounts> {
  for (const { dimension } of selections) {
    if (bins[dimension] === undefined)
      throw new Failure('usage.invalid', { reason: `there is no dimension ${dimension}` })
  }
  // A finding has no chart: nobody looks at how its rows fall.
  const counted = dimensions.flatMap(({ kind }, i) => (kind === 'condition' ? [] : [i]))
  const parts = counted.map((i) => {
    const others = selections.filter(({ dimension }) => dimension !== i)
    return sql`SELECT ${literal(i)} AS d, ${place(i)} AS b, count(*) AS n FROM ${table}${whereOf(others)} GROUP BY b`
  })
  const all = sql`SELECT -1 AS d, 0 AS b, count(*) AS n FROM ${table}${whereOf(selections)}`
  const { rows } = await duck.rows(join([all, ...parts], ' UNION ALL '), call)
  const counts = bins.map((bin) => Array.from({ length: bin.count + 1 }, () => 0))
  let total = 0
  for (const [dimension, bin, n] of rows) {
    const list = counts[Number(dimension)]
    if (Number(dimension) < 0) total = Number(n)
    else if (list !== undefined) list[Number(bin)] = Number(n)
  }
  return {
    rows: total,
    counts,
    filter: selections.map((selection) => ({ sql: conditionOf(bins[selection.dimension], selection.bins) })),
  }
}

function whereOf(selections: readonly Selection[]): Sql {
  if (selections.length === 0) return sql``
  return sql` WHERE ${join(
    selections.map(({ dimension, bins }) => sql`${place(dimension)} IN (${join(bins.map(literal))})`),
    ' AND ',
  )}`
}

function conditionOf(bins: Bins | undefined, selected: readonly number[]): string {
  const parts = selected.flatMap((bin) => (bins === undefined ? [] : [sql`(${bins.condition(bin)})`]))
  return printSql(join(parts, ' OR '), duckDialect)
}

function place(dimension: number): Sql {
  return id(`b${dimension}`)
}
