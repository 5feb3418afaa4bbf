import { z } from 'zod'
import {
  type CountedValue,
  countedValueSchema,
  type ExactFigures,
  exactSchema,
} from '../../contract/profile/column-profile.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'
import { exactFields } from './exact-fields.ts'
import { finite } from './kind.ts'
import { presentFields } from './present-fields.ts'
import type { ProfiledColumn } from './profiled-column.ts'
import { CENTRE, EACH_VALUE } from './tally.ts'

/** GROUPING_ID has a bit for each. */
const COLUMNS_AT_ONCE = 50
const TOP = 20

interface CountedColumn {
  readonly exact: ExactFigures
  /** Commonest first. */
  readonly top: CountedValue[]
  /** Values that stand once. */
  readonly singles: number
}

/**
 * Figures of columns with few distinct values, by column name. The scan only counts each value, which is several times cheaper than
 * looking at every row; all figures are then those of the counted values, and distinct and commonest values are exact.
 */
export async function scanValues(
  duck: Duck,
  { from, columns }: { from: Sql; columns: readonly ProfiledColumn[] },
  call: DuckCall,
): Promise<Map<string, CountedColumn>> {
  const found = new Map<string, CountedColumn>()
  for (let start = 0; start < columns.length; start += COLUMNS_AT_ONCE) {
    const group = columns.slice(start, start + COLUMNS_AT_ONCE)
    const { rows } = await duck.rows(countStatement(from, group), call)
    group.forEach(({ name }, i) => found.set(name, countedSchema.parse(presentFields(rows[0]?.[i]))))
  }
  return found
}

function countStatement(from: Sql, columns: readonly ProfiledColumn[]): Sql {
  const places = columns.map((_, i) => id(`c${i}`))
  const named = columns.map(({ name }, i) => sql`${id(name)} AS ${id(`c${i}`)}`)
  const sets = places.map((place) => sql`(${place})`)
  const structs = columns.map((column, i) => {
    const others = (1n << BigInt(columns.length)) - 1n - (1n << BigInt(columns.length - 1 - i))
    return structOf(column, sql`(SELECT ${id(`c${i}`)} AS v, n FROM counted WHERE others = ${literal(others)})`)
  })
  return sql`WITH counted AS MATERIALIZED (
    SELECT ${join(places)}, count(*) AS n, GROUPING_ID(${join(places)}) AS others
    FROM (SELECT ${join(named)} FROM ${from}) GROUP BY GROUPING SETS (${join(sets)}))
    SELECT ${join(structs)}`
}

/** @param values rows of `v` and `n` */
function structOf({ type, kind }: ProfiledColumn, values: Sql): Sql {
  const fields = [
    ...exactFields({ name: 'v', type, kind }, EACH_VALUE),
    sql`'distinct': {'count': CAST(count(v) AS DOUBLE), 'error': CAST(0 AS DOUBLE)}`,
  ]
  const top = sql`list({'value': CAST(v AS VARCHAR), 'count': CAST(n AS DOUBLE)} ORDER BY n DESC, v) FILTER (v IS NOT NULL)`
  // One look at the values for everything: DuckDB takes long to plan many small ones.
  return sql`(SELECT {'exact': {${join(fields)}}, 'singles': CAST(count(v) FILTER (n = 1) AS DOUBLE), 'top': coalesce((${top})[1:${literal(TOP)}], [])}
    FROM ${kind === 'number' ? centred(finite('v', type), values) : values})`
}

function centred(number: Sql, values: Sql): Sql {
  return sql`(SELECT v, n, sum(${number} * n) OVER () / sum(n) FILTER (${number} IS NOT NULL) OVER () AS ${CENTRE} FROM ${values})`
}

const countedSchema = z.object({ exact: exactSchema, singles: z.number(), top: z.array(countedValueSchema) })
