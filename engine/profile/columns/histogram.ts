import { literal, type Sql, sql } from '../../sql/sql.ts'
import type { DetailPart } from './detail-part.ts'

const BINS = 40

/**
 * Equal bins between the ends of a column; where a few far values would squeeze all others into one bin, between its 1st and 99th
 * percentile, with the far values in the outermost bins.
 * @param position of `v` as DOUBLE
 * @param text of such a position, as the contract writes the edge of a bin
 */
export function histogramPart(position: Sql, text: (position: Sql) => Sql): DetailPart {
  const edge = (number: Sql): Sql => sql`(low + (high - low) * ${number} / ${literal(BINS)})`
  return {
    tables: [
      sql`range AS MATERIALIZED (
        SELECT least_x, most_x, CASE WHEN squeezed THEN p1 ELSE least_x END AS low, CASE WHEN squeezed THEN p99 ELSE most_x END AS high
        FROM (SELECT *, p99 > p1 AND most_x - least_x > 10 * (p99 - p1) AS squeezed
          FROM (SELECT min(x) AS least_x, max(x) AS most_x, quantile_cont(x, 0.01) AS p1, quantile_cont(x, 0.99) AS p99 FROM (SELECT ${position} AS x FROM rows) WHERE x IS NOT NULL)))`,
      sql`bins AS (
        SELECT least(greatest(CASE WHEN high > low THEN floor((x - low) / (high - low) * ${literal(BINS)}) ELSE 0 END, 0), ${literal(BINS - 1)}) AS bin, sum(n) AS n
        FROM (SELECT ${position} AS x, n FROM d), range WHERE x IS NOT NULL GROUP BY ALL)`,
    ],
    fields: [
      sql`'histogram': (SELECT list({'from': ${text(sql`CASE WHEN i = 0 THEN least_x ELSE ${edge(sql`i`)} END`)}, 'to': ${text(sql`CASE WHEN i = ${literal(BINS - 1)} OR high = low THEN most_x ELSE ${edge(sql`(i + 1)`)} END`)}, 'count': CAST(coalesce(n, 0) AS DOUBLE)} ORDER BY i)
        FROM (SELECT i, n, range.* FROM range, generate_series(0, ${literal(BINS - 1)}) AS s(i) LEFT JOIN bins ON bin = i WHERE least_x IS NOT NULL AND (high > low OR i = 0)))`,
    ],
  }
}
