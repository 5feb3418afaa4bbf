import { id, type Sql, sql } from '../../../sql/sql.ts'
import { elementType } from '../types/target-type.ts'

/**
 * The DuckDB expression whose CSV text PostgreSQL reads as the same value of `targetBase` (pg_type.typname, or of the element).
 * Values that DuckDB already writes as PostgreSQL reads them stay as they are.
 */
export function encodeColumn(name: string, type: string, isArrayTarget: boolean): Sql {
  return encode(id(name), type, isArrayTarget)
}

function encode(value: Sql, type: string, isArrayTarget: boolean): Sql {
  const element = elementType(type)
  if (element !== undefined) return isArrayTarget ? arrayText(value, element) : jsonText(value)
  if (/^(STRUCT|MAP|UNION)\(/.test(type)) return jsonText(value)
  switch (type) {
    case 'BLOB':
      return sql`'\\x' || lower(hex(${value}))`
    case 'DATE':
      return eraText(value, sql`DATE '0001-01-01'`, sql`replace(${value}::VARCHAR, ' (BC)', ' BC')`)
    case 'TIMESTAMP':
    case 'TIMESTAMP_S':
    case 'TIMESTAMP_MS':
    case 'TIMESTAMP_NS':
      return eraText(
        sql`${value}::TIMESTAMP`,
        sql`TIMESTAMP '0001-01-01'`,
        sql`replace(${value}::TIMESTAMP::VARCHAR, ' (BC)', '') || ' BC'`,
      )
    case 'TIMESTAMP WITH TIME ZONE':
      return eraText(
        value,
        sql`TIMESTAMPTZ '0001-01-01 00:00:00+00'`,
        sql`replace(${value}::VARCHAR, ' (BC)', '') || ' BC'`,
      )
    default:
      return value
  }
}

/** DuckDB writes years before Christ as "(BC)" behind the date; infinities are before and after everything and alike in both. */
function eraText(value: Sql, start: Sql, beforeChrist: Sql): Sql {
  return sql`CASE WHEN ${value} < ${start} AND isfinite(${value}) THEN ${beforeChrist} ELSE ${value}::VARCHAR END`
}

function arrayText(value: Sql, element: string): Sql {
  const text = sql`(${encode(id('x'), element, false)})::VARCHAR`
  const quoted = sql`'"' || replace(replace(${text}, '\\', '\\\\'), '"', '\\"') || '"'`
  const items = sql`list_transform(${value}, lambda x: CASE WHEN x IS NULL THEN 'NULL' ELSE ${quoted} END)`
  return sql`CASE WHEN ${value} IS NOT NULL THEN '{' || array_to_string(${items}, ',') || '}' END`
}

function jsonText(value: Sql): Sql {
  return sql`to_json(${value})::VARCHAR`
}
