import type { ColumnDetail, ColumnProfile, CountedValue, ExactFigures } from '../contract/profile/column-profile.ts'
import type { Duck, DuckCall } from '../duck/duck.ts'
import type { Sql } from '../sql/sql.ts'
import { columnDetail } from './columns/detail.ts'
import { readScan, type Scanned, type ScanWish, scanStatement } from './columns/exact.ts'
import type { ProfiledColumn } from './columns/profiled-column.ts'
import type { KeptRows } from './kept-rows.ts'

/** A column after its distinct values were looked at. */
export interface DetailedColumn {
  readonly column: ProfiledColumn
  readonly detail: ColumnDetail
  /** Distinct values in those rows. */
  readonly distinct: number
}

/** A column of which everything is known. */
export interface ColumnParts extends DetailedColumn {
  readonly exact: ExactFigures
  readonly topIsExact: boolean
  readonly order?: ColumnProfile['order']
}

const SOON_ROWS = 10_000
const SOON_VALUES = 200
/** DuckDB plans wider statements slowly. */
const COLUMNS_AT_ONCE = 100
/**
 * Columns with so few values in a random sample of at least so many rows have few in the whole: values that the sample missed
 * stand, all together, in less than one row of 2,500 (1 - (1 - 1/2500)^50000 > 1 - 1e-8).
 */
const FEW = 24
const TELLING_ROWS = 50_000
const NAMED = new Set(['text', 'boolean'])

/** Looks at the distinct values of every column, one column after the other. */
export async function detailPass(
  duck: Duck,
  columns: readonly ProfiledColumn[],
  { from, rows }: KeptRows,
  call: DuckCall,
): Promise<DetailedColumn[]> {
  const found: DetailedColumn[] = []
  const meant = rows < SOON_ROWS ? { meantValues: SOON_VALUES } : {}
  for (const column of columns) found.push({ column, ...(await columnDetail(duck, { from, column, ...meant }, call)) })
  return found
}

/** Scans the rows once for the exact figures of all columns. */
export async function scanPass(
  duck: Duck,
  detailed: readonly DetailedColumn[],
  { from, detailRows, isSameRows }: { from: Sql; detailRows: number; isSameRows: boolean },
  call: DuckCall,
): Promise<ColumnParts[]> {
  const parts: ColumnParts[] = []
  for (let start = 0; start < detailed.length; start += COLUMNS_AT_ONCE) {
    const group = detailed.slice(start, start + COLUMNS_AT_ONCE)
    const wishes = group.map((part) => wishFor(part, isSameRows, detailRows))
    const { rows } = await duck.rows(scanStatement(from, wishes), call)
    readScan(rows[0] ?? [], wishes).forEach((scanned, i) => {
      const part = group[i]
      if (part !== undefined) parts.push(joined(part, scanned, isSameRows))
    })
  }
  return parts
}

function wishFor({ column, distinct }: DetailedColumn, isSameRows: boolean, detailRows: number): ScanWish {
  if (isSameRows) return { column, values: 'none' }
  // Of numbers and dates DuckDB's estimate is several times faster than counting by name.
  const isFew = detailRows >= TELLING_ROWS && distinct <= FEW && NAMED.has(column.kind)
  return { column, values: isFew ? 'all' : 'estimate' }
}

const TOP = 20

function joined(part: DetailedColumn, { exact, all }: Scanned, isSameRows: boolean): ColumnParts {
  if (isSameRows)
    return { ...part, exact: { ...exact, distinct: { count: part.distinct, error: 0 } }, topIsExact: true }
  if (all === undefined) {
    // No fewer than the detail has seen.
    const count = Math.max(exact.distinct.count, part.distinct)
    return { ...part, exact: { ...exact, distinct: { ...exact.distinct, count } }, topIsExact: false }
  }
  const top: CountedValue[] = all.slice(0, TOP)
  return { ...part, exact, detail: { ...part.detail, top }, topIsExact: true }
}
