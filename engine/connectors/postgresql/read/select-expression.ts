import { id, type Sql, sql } from '../../../sql/sql.ts'
import type { PostgresColumn } from '../catalogue/table-columns.ts'

/** What the server is asked for, so that the text it writes is one that `duckExpression` reads. */
export function selectExpression({ name, type, mapping }: PostgresColumn): Sql {
  const column = id('t', name)
  switch (mapping.transport.kind) {
    case 'plain':
    case 'calendar':
    case 'decimal':
    case 'hex':
      return column
    case 'instant':
      return sql`${column} AT TIME ZONE 'UTC'`
    case 'text':
      return sql`${column}::text`
    case 'money':
      return sql`${column}::numeric`
    case 'interval':
      return intervalText(column)
    case 'list':
      return listText(column, type.base === 'bpchar')
  }
}

/** Months, days and microseconds: the three numbers an interval is made of. An infinite one (PostgreSQL 17) stays a word. */
function intervalText(column: Sql): Sql {
  const months = sql`(extract(year FROM ${column})::numeric * 12 + extract(month FROM ${column})::numeric)::bigint`
  const micros = sql`(extract(hour FROM ${column})::numeric * 3600000000 + extract(minute FROM ${column})::numeric * 60000000 + extract(microseconds FROM ${column})::numeric)::bigint`
  return sql`CASE WHEN isfinite(${column}) THEN ${months} || ' ' || extract(day FROM ${column})::bigint || ' ' || ${micros} ELSE ${column}::text END`
}

/** A JSON array of texts. One that is not a plain list gets a mark that makes it a reject. */
function listText(column: Sql, isPadded: boolean): Sql {
  // A cast of char(n) to text would drop the blanks at its end.
  const texts = isPadded ? column : sql`${column}::text[]`
  return sql`CASE WHEN array_ndims(${column}) > 1 OR array_lower(${column}, 1) <> 1 THEN '!' || ${column}::text ELSE array_to_json(${texts})::text END`
}
