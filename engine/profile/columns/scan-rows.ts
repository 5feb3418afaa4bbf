import { z } from 'zod'
import { type ExactFigures, exactSchema } from '../../contract/profile/column-profile.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { exactFields } from './exact-fields.ts'
import { presentFields } from './present-fields.ts'
import type { ProfiledColumn } from './profiled-column.ts'
import { EACH_ROW } from './tally.ts'

/** Of DuckDB's HyperLogLog, which has 64 registers: 1.04 / sqrt(64). */
const DISTINCT_ERROR = 0.13
/** DuckDB plans wider statements slowly. */
const COLUMNS_AT_ONCE = 100

export interface RowScan {
  /** A name, or a query in parentheses. */
  readonly from: Sql
  readonly columns: readonly ProfiledColumn[]
  /** Whether distinct values are estimated; else 0 is said. */
  readonly estimates: boolean
}

/** Running totals of many columns in one scan; by column name. */
export async function scanRows(duck: Duck, scan: RowScan, call: DuckCall): Promise<Map<string, ExactFigures>> {
  const found = new Map<string, ExactFigures>()
  for (let start = 0; start < scan.columns.length; start += COLUMNS_AT_ONCE) {
    const columns = scan.columns.slice(start, start + COLUMNS_AT_ONCE)
    const { rows } = await duck.rows(scanStatement({ ...scan, columns }), call)
    columns.forEach(({ name }, i) => found.set(name, figuresOf(scannedSchema.parse(presentFields(rows[0]?.[i])))))
  }
  return found
}

function scanStatement({ from, columns, estimates }: RowScan): Sql {
  const structs = columns.map((column) => {
    const distinct = sql`'distinct': CAST(approx_count_distinct(${id(column.name)}) AS DOUBLE)`
    return sql`{'rows': CAST(count(*) AS DOUBLE), ${join([...exactFields(column, EACH_ROW), ...(estimates ? [distinct] : [])])}}`
  })
  return sql`SELECT ${join(structs)} FROM ${from}`
}

const scannedSchema = exactSchema.omit({ distinct: true }).extend({ rows: z.number(), distinct: z.number().optional() })

function figuresOf({ distinct = 0, rows, ...figures }: z.infer<typeof scannedSchema>): ExactFigures {
  return { ...figures, distinct: { count: Math.min(distinct, rows - figures.nulls), error: DISTINCT_ERROR } }
}
