import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { ValuePlan } from '../../shared/value-plan.ts'

/** A record of JSON made by DuckDB itself: names in column order, NULL as null, every digit of a number. */
export function jsonRecord(plans: readonly ValuePlan[]): Sql {
  const fields = plans.map(
    (plan) => sql`${literal(`${JSON.stringify(plan.column.name)}:`)} || coalesce(${jsonValue(plan)}, 'null')`,
  )
  return sql`'{' || ${join(fields, " || ',' || ")} || '}'`
}

/** The JSON text of a value; NULL for NULL. NaN and infinities, which JSON has not, are texts. */
function jsonValue({ column: { name }, type }: ValuePlan): Sql {
  const value = id(name)
  if (type.kind !== 'leaf') return sql`to_json(${value})::VARCHAR`
  if (/INT$|^INTEGER$|^DECIMAL|^BOOLEAN$|^JSON$/.test(type.name)) return sql`${value}::VARCHAR`
  if (type.name === 'DOUBLE' || type.name === 'FLOAT') {
    return sql`CASE WHEN isfinite(${value}) THEN ${value}::VARCHAR ELSE to_json(${value}::VARCHAR)::VARCHAR END`
  }
  return sql`to_json(${value}::VARCHAR)::VARCHAR`
}
