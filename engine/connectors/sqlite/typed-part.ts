import { LOCATOR_COLUMN } from '../../contract/column.ts'
import { CSV_SEGMENT, scanSegments } from '../../duck/segment.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { CarriedColumn } from './row-text.ts'

export interface SegmentFile {
  readonly path: string
  readonly longestLineBytes: number
  readonly hasQuotedNewlines: boolean
}

/** Rows of a segment in their types, without those whose text is no such value. */
export function typedRows(segment: SegmentFile, columns: readonly CarriedColumn[], withLocator: boolean): Sql {
  const values = columns.map((column) => sql`${valueOf(column)} AS ${id(column.name)}`)
  const list = join(withLocator ? [...values, id(LOCATOR_COLUMN)] : values)
  const checks = columns.filter(({ carriage }) => carriage === 'parsed').map(misread)
  const where = checks.length === 0 ? sql`` : sql` WHERE NOT (${join(checks, ' OR ')})`
  return sql`SELECT ${list} FROM (${rawRows(segment, columns, withLocator)}) AS raw${where}`
}

/** Rejects (REJECT_COLUMNS) for text that is not of the column's type; undefined when no column can have such. */
export function misreadRows(
  segment: SegmentFile,
  columns: readonly CarriedColumn[],
  withLocator: boolean,
): Sql | undefined {
  const parsed = columns.filter(({ carriage }) => carriage === 'parsed')
  if (parsed.length === 0) return undefined
  const first = (of: (column: CarriedColumn) => Sql): Sql =>
    sql`CASE ${join(
      parsed.map((column) => sql`WHEN ${misread(column)} THEN ${of(column)}`),
      ' ',
    )} END`
  const locator = withLocator ? id(LOCATOR_COLUMN) : sql`NULL`
  return sql`SELECT 'sqlite.type' AS "rule", ${first(({ name }) => literal(name))} AS "column", ${first(({ name }) => id(name))} AS "value", ${first(({ type }) => literal(`not an exact ${type}`))} AS "reason", ${locator} AS "locator", to_json(raw)::VARCHAR AS "raw" FROM (${rawRows(segment, columns, withLocator)}) AS raw WHERE ${join(parsed.map(misread), ' OR ')}`
}

function rawRows(
  { path, longestLineBytes, hasQuotedNewlines }: SegmentFile,
  columns: readonly CarriedColumn[],
  withLocator: boolean,
): Sql {
  const rawTypes = { integer: 'BIGINT', real: 'DOUBLE' } as const
  const cells = columns.map(({ name, carriage }) => ({
    name,
    type: carriage === 'integer' || carriage === 'real' ? rawTypes[carriage] : 'VARCHAR',
  }))
  if (withLocator) cells.push({ name: LOCATOR_COLUMN, type: 'VARCHAR' })
  if (cells.length === 1) cells.push({ name: '_runnel_company', type: 'VARCHAR' })
  return scanSegments([path], cells, CSV_SEGMENT, { longestLineBytes, hasQuotedNewlines })
}

function valueOf({ name, type, carriage }: CarriedColumn): Sql {
  if (carriage === 'blob') return sql`unhex(${id(name)})`
  return carriage === 'parsed' || carriage === 'boolean' ? sql`CAST(${id(name)} AS ${trusted(type)})` : id(name)
}

/** DuckDB's casts round decimals, cut nanoseconds and shift zones without a word; such texts are refused here. */
function misread({ name, type }: CarriedColumn): Sql {
  const column = id(name)
  const noValue = sql`TRY_CAST(${column} AS ${trusted(type)}) IS NULL`
  const isBad = type.startsWith('DECIMAL')
    ? sql`${noValue} OR NOT regexp_full_match(${column}, ${literal(`[-+]?[0-9]+(\\.[0-9]{0,${scaleOf(type)}}0*)?`)})`
    : type.startsWith('TIME')
      ? sql`${noValue} OR regexp_matches(${column}, ${literal(`\\.[0-9]{${type === 'TIMESTAMP_NS' ? 9 : 6}}[0-9]*[1-9]`)})${zoneCheck(type, column)}`
      : noValue
  return sql`(${column} IS NOT NULL AND (${isBad}))`
}

function zoneCheck(type: string, column: Sql): Sql {
  return type === 'TIMESTAMP WITH TIME ZONE'
    ? sql``
    : sql` OR regexp_matches(${column}, ':[0-9]{2}(\\.[0-9]+)?[ ]*([-+][0-9]|[A-Za-z])')`
}

function scaleOf(type: string): string {
  return /,(\d+)\)/.exec(type)?.[1] ?? '0'
}
