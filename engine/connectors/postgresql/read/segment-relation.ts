import { LOCATOR_COLUMN } from '../../../contract/column.ts'
import { CSV_SEGMENT, scanSegments } from '../../../duck/segment.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { PostgresColumn } from '../catalogue/table-columns.ts'
import {
  duckExpression,
  isAlwaysCareful,
  isUnreadable,
  scannedExpression,
  scanType,
  tellTales,
} from './duck-expression.ts'
import type { Segment } from './segments.ts'

export interface SegmentRelations {
  readonly relation: Sql
  /** Absent when every value of the segment is sure to convert. */
  readonly rejects?: Sql
}

interface ScannedColumn {
  readonly column: PostgresColumn
  /** Name inside the scan: the column's own may be anything. */
  readonly name: string
  readonly isCareful: boolean
}

/** The rows of a segment, and those that DuckDB's types cannot hold. */
export function segmentRelations(
  segment: Segment,
  columns: readonly PostgresColumn[],
  withLocator: boolean,
): SegmentRelations {
  const scanned = columns.map((column, i) => ({ column, name: `c${i}`, isCareful: needsCare(column, segment) }))
  const scan = scanSegments(
    [segment.file],
    [
      ...scanned.map(({ column, name, isCareful }) => ({
        name,
        type: isCareful ? 'VARCHAR' : scanType(column.mapping),
      })),
      ...(withLocator ? [{ name: 'locator', type: 'VARCHAR' }] : []),
    ],
    CSV_SEGMENT,
    { longestLineBytes: segment.longestRow, hasQuotedNewlines: segment.hasInnerNewline },
  )
  const values = scanned.map(({ column, name, isCareful }) => {
    const value = isCareful ? duckExpression(column.mapping, id(name)) : scannedExpression(column.mapping, id(name))
    return sql`${value} AS ${id(column.name)}`
  })
  const all = withLocator ? [...values, sql`locator AS ${id(LOCATOR_COLUMN)}`] : values
  const careful = scanned.filter(({ isCareful }) => isCareful)
  if (careful.length === 0) return { relation: sql`(SELECT ${join(all)} FROM (${scan}))` }
  const unreadable = join(
    careful.map(({ column, name }) => isUnreadable(column.mapping, id(name))),
    ' OR ',
  )
  return {
    relation: sql`(SELECT ${join(all)} FROM (${scan}) WHERE NOT (${unreadable}))`,
    rejects: rejectsOf(scanned, { scan, unreadable, withLocator }),
  }
}

function needsCare({ mapping }: PostgresColumn, { found }: Segment): boolean {
  return isAlwaysCareful(mapping) || tellTales(mapping).some((tale) => found.has(tale))
}

/** One reject per row, for the first column that cannot be held. */
function rejectsOf(
  scanned: readonly ScannedColumn[],
  { scan, unreadable, withLocator }: { scan: Sql; unreadable: Sql; withLocator: boolean },
): Sql {
  const careful = scanned.filter(({ isCareful }) => isCareful)
  const first = (result: (column: ScannedColumn) => Sql): Sql =>
    sql`CASE ${join(
      careful.map((column) => sql`WHEN ${isUnreadable(column.column.mapping, id(column.name))} THEN ${result(column)}`),
      ' ',
    )} END`
  const raw = join(scanned.map(({ column, name }) => sql`${literal(column.name)}, ${id(name)}::VARCHAR`))
  return sql`SELECT ${first(({ column }) => literal(`type.${column.mapping.type}`))} AS "rule",
    ${first(({ column }) => literal(column.name))} AS "column",
    ${first(({ name }) => sql`ltrim(${id(name)}, '!')`)} AS "value",
    ${first(({ column }) => literal(`${column.mapping.type} cannot hold this value of ${column.type.printed}`))} AS "reason",
    ${withLocator ? sql`locator` : sql`NULL::VARCHAR`} AS "locator",
    json_object(${raw})::VARCHAR AS "raw" FROM (${scan}) WHERE ${unreadable}`
}
