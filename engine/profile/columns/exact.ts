import { z } from 'zod'
import type { Cell } from '../../contract/page.ts'
import { type CountedValue, type ExactFigures, exactSchema } from '../../contract/profile/column-profile.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { isBlank } from './blank.ts'
import { finite, isOrdered, isWholeNumberType, mayBeExtreme } from './kind.ts'
import { presentFields } from './present-fields.ts'
import type { ProfiledColumn } from './profiled-column.ts'

/** Of DuckDB's HyperLogLog, which has 64 registers: 1.04 / sqrt(64). */
const DISTINCT_ERROR = 0.13

export interface ScanWish {
  readonly column: ProfiledColumn
  /** Whether its distinct values are estimated, all counted by name, or known already. */
  readonly values: 'estimate' | 'all' | 'none'
}

export interface Scanned {
  readonly exact: ExactFigures
  /** All values with their counts, commonest first, for columns with few. */
  readonly all?: readonly CountedValue[]
}

/** One statement that scans a table (a name, or a query in parentheses) once for the figures of all columns: one row, a struct for each column. */
export function scanStatement(from: Sql, wishes: readonly ScanWish[]): Sql {
  return sql`SELECT ${join(wishes.map(structOf))} FROM ${from}`
}

/** The row of `scanStatement`. */
export function readScan(cells: readonly Cell[], wishes: readonly ScanWish[]): Scanned[] {
  return wishes.map(({ values }, i) => {
    const { all = [], distinct = 0, rows, ...figures } = scannedSchema.parse(presentFields(cells[i]))
    if (values !== 'all') {
      const count = Math.min(distinct, rows - figures.nulls)
      return { exact: { ...figures, distinct: { count, error: DISTINCT_ERROR } } }
    }
    const counted = all.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    return { exact: { ...figures, distinct: { count: counted.length, error: 0 } }, all: counted }
  })
}

const scannedSchema = exactSchema.omit({ distinct: true }).extend({
  rows: z.number(),
  distinct: z.number().optional(),
  all: z.array(z.object({ value: z.string(), count: z.number() })).optional(),
})

function structOf({ column, values }: ScanWish): Sql {
  const name = id(column.name)
  const counted =
    values === 'all'
      ? sql`'all': list_transform(map_entries(histogram(${name})), lambda e: {'value': CAST(e.key AS VARCHAR), 'count': CAST(e.value AS DOUBLE)})`
      : sql`'distinct': CAST(approx_count_distinct(${name}) AS DOUBLE)`
  const fields = [
    sql`'rows': CAST(count(*) AS DOUBLE)`,
    sql`'nulls': CAST(count(*) - count(${name}) AS DOUBLE)`,
    ...(values === 'none' ? [] : [counted]),
    ...(isOrdered(column.kind, column.type)
      ? [sql`'min': CAST(min(${name}) AS VARCHAR)`, sql`'max': CAST(max(${name}) AS VARCHAR)`]
      : []),
    ...ofKind(column),
  ]
  return sql`{${join(fields)}}`
}

function ofKind({ name, type, kind }: ProfiledColumn): Sql[] {
  switch (kind) {
    case 'number':
      return ofNumber(name, type)
    case 'text':
      return ofText(name)
    case 'boolean':
      return [sql`'trues': ${countIf(id(name))}`]
    case 'date':
    case 'timestamp':
    case 'time':
    case 'nested':
    case 'other':
      return []
  }
}

function ofNumber(name: string, type: string): Sql[] {
  const [column, number] = [id(name), finite(name, type)]
  return [
    sql`'mean': avg(${number})`,
    sql`'std': stddev_samp(${number})`,
    sql`'zeros': ${countIf(sql`${column} = 0`)}`,
    sql`'negatives': ${countIf(sql`${column} < 0`)}`,
    ...(isWholeNumberType(type) ? [] : [sql`'integers': ${countIf(sql`${number} = trunc(${number})`)}`]),
    ...(mayBeExtreme(type) ? [sql`'extremes': CAST(count(${column}) - count(${number}) AS DOUBLE)`] : []),
  ]
}

function ofText(name: string): Sql[] {
  const text = sql`CAST(${id(name)} AS VARCHAR)`
  const length = sql`length(${text})`
  return [
    sql`'blanks': ${countIf(isBlank(name))}`,
    sql`'length': CASE WHEN count(${id(name)}) > 0 THEN {'min': CAST(min(${length}) AS DOUBLE), 'max': CAST(max(${length}) AS DOUBLE), 'mean': avg(${length})} END`,
    sql`'leadingSpace': ${countIf(sql`starts_with(${text}, ' ')`)}`,
    sql`'trailingSpace': ${countIf(sql`ends_with(${text}, ' ')`)}`,
    sql`'replacementCharacters': ${countIf(sql`contains(${text}, chr(65533))`)}`,
  ]
}

function countIf(condition: Sql): Sql {
  return sql`CAST(count_if(${condition}) AS DOUBLE)`
}
