import type { Column } from '../../contract/column.ts'
import { Failure } from '../../contract/failure.ts'
import type { CrossCounts, Dimension, Selection } from '../../contract/profile/cross-filter.ts'
import { requireCondition } from '../../duck/condition.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { duckDialect } from '../../sql/dialects.ts'
import { id, join, literal, printSql, type Sql, sql } from '../../sql/sql.ts'
import { type Bins, binsOf } from './bins.ts'
import { countSelected, crossedRows, place } from './crossed-rows.ts'
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
  const cut: number[] = []
  for (const [i, dimension] of request.dimensions.entries()) {
    const broken =
      dimension.kind === 'dependency' ? await dependencyCondition(duck, { from, ...dimension }, call) : undefined
    if (broken?.isCut === true) cut.push(i)
    const known =
      dimension.kind === 'dependency' ? { kind: 'condition' as const, sql: broken?.sql ?? 'false' } : dimension
    if (known.kind === 'condition') await requireCondition(duck, known.sql)
    dimensions.push(known)
  }
  const bins = dimensions.map((dimension) => binsOf(dimension, columns))
  await duck.run(sql`CREATE OR REPLACE TABLE ${table} AS ${numbersOf(from, bins)}`, call)
  const crossed = await crossedRows(duck, { table, bins: bins.map(({ count }) => count + 1) }, call)
  // A finding has no chart: nobody looks at how its rows fall.
  const shown = dimensions.flatMap(({ kind }, i) => (kind === 'condition' ? [] : [i]))
  return {
    count: async (reader, selections, each) => {
      const filter = selections.map(({ dimension, bins: selected }) => ({
        sql: conditionOf(bins[dimension], selected, dimension),
      }))
      return { ...(await countSelected(reader, crossed, { selections, shown }, each)), filter, cut }
    },
  }
}

/** A query for the number of each row's bin in each dimension. */
function numbersOf(from: Sql, bins: readonly Bins[]): Sql {
  const found = bins.map((_, i) => id(`runnel bin ${i}`))
  const cells = bins.map(({ count, number, ofValue }, i) => {
    const own = ofValue === undefined ? number : sql`coalesce(${found[i] ?? number}, ${literal(count)})`
    return sql`CAST(${own} AS UTINYINT) AS ${place(i)}`
  })
  const rows = bins.reduce((inner, { ofValue }, i) => {
    if (ofValue === undefined) return inner
    const values = sql`(SELECT v AS "runnel value", ${ofValue.number} AS ${found[i] ?? sql``} FROM (SELECT DISTINCT ${ofValue.value} AS v FROM ${from}) WHERE v IS NOT NULL)`
    return sql`(SELECT * EXCLUDE ("runnel value") FROM ${inner} LEFT JOIN ${values} ON ${ofValue.value} = "runnel value")`
  }, from)
  return sql`SELECT ${join([sql`true AS row_exists`, ...cells])} FROM ${rows}`
}

/** @throws Failure `usage.invalid` for a dimension that is not there */
function conditionOf(bins: Bins | undefined, selected: readonly number[], dimension: number): string {
  if (bins === undefined) throw new Failure('usage.invalid', { reason: `there is no dimension ${dimension}` })
  const parts = selected.map((bin) => sql`(${bins.condition(bin)})`)
  return printSql(join(parts, ' OR '), duckDialect)
}
