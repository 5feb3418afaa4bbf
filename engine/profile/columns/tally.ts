import { id, type Sql, sql } from '../../sql/sql.ts'

/** How the figures of a column are summed up. */
export interface Tally {
  nulls(name: string): Sql
  count(condition: Sql): Sql
  /** NULL is left out of both. */
  mean(number: Sql): Sql
  /** @param number the one whose mean `CENTRE` is */
  deviation(number: Sql): Sql
}

export const EACH_ROW: Tally = {
  nulls: (name) => sql`CAST(count(*) - count(${id(name)}) AS DOUBLE)`,
  count: (condition) => sql`CAST(coalesce(count_if(${condition}), 0) AS DOUBLE)`,
  mean: (number) => sql`avg(${number})`,
  deviation: (number) => sql`stddev_samp(${number})`,
}

/** The mean of all rows beside each distinct value: a deviation from it needs a second look, which few values allow. */
export const CENTRE = sql`centre`

/** Over distinct values, each of which stands in `n` rows. */
export const EACH_VALUE: Tally = {
  nulls: (name) => weightOf(sql`${id(name)} IS NULL`),
  count: weightOf,
  mean: (number) => sql`(sum(${number} * n) / sum(n) FILTER (${number} IS NOT NULL))`,
  deviation: (number) =>
    sql`sqrt(sum(n * (${number} - ${CENTRE}) * (${number} - ${CENTRE})) / nullif(sum(n) FILTER (${number} IS NOT NULL) - 1, 0))`,
}

function weightOf(condition: Sql): Sql {
  return sql`CAST(coalesce(sum(n) FILTER (${condition}), 0) AS DOUBLE)`
}
