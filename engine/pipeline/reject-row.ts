import type { Column } from '../contract/column.ts'
import { id, join, literal, type Sql, sql } from '../sql/sql.ts'
import { visible } from './names.ts'
import { as, locator } from './select-list.ts'

/** The parts of a reject that depend on what refused the row; the others follow from the row. All VARCHAR. */
export interface RejectParts {
  readonly rule: Sql
  readonly column: Sql
  readonly value: Sql
  readonly reason: Sql
  /** Where the row stands; what its source says by default. */
  readonly locator?: Sql
}

/** A select list of REJECT_COLUMNS over the refused row. */
export function rejectRow(columns: readonly Column[], parts: RejectParts): Sql {
  return join([
    as(parts.rule, 'rule'),
    as(parts.column, 'column'),
    as(parts.value, 'value'),
    as(parts.reason, 'reason'),
    as(parts.locator ?? locator(columns), 'locator'),
    as(rowAsJson(columns), 'raw'),
  ])
}

// DuckDB writes these as JSON numbers by way of DOUBLE, or as numbers beyond 2^53.
const INEXACT_IN_JSON = /^(DECIMAL|U?BIGINT|U?HUGEINT|BIGNUM)\b[^[\]]*$/

/** The visible columns of a row as one JSON text; wide integers and decimals are texts in it. */
export function rowAsJson(columns: readonly Column[]): Sql {
  const members = visible(columns).map(({ name, type }) => {
    const value = INEXACT_IN_JSON.test(type) ? sql`CAST(${id(name)} AS VARCHAR)` : id(name)
    return sql`${literal(name)}: ${value}`
  })
  return sql`CAST(to_json({${join(members)}}) AS VARCHAR)`
}
