import type { ColumnDetail, ColumnProfile, ExactFigures } from '../contract/profile/column-profile.ts'
import type { Duck, DuckCall } from '../duck/duck.ts'
import type { Sql } from '../sql/sql.ts'
import { columnDetail } from './columns/detail.ts'
import { isOrdered } from './columns/kind.ts'
import type { ProfiledColumn } from './columns/profiled-column.ts'
import { scanRows } from './columns/scan-rows.ts'
import { scanValues } from './columns/scan-values.ts'
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
/** Columns with no more distinct values are counted by value: their hash table fits into the cache of a processor. */
const FEW = 20_000
/** Smaller samples do not tell what a column may hold. */
const TELLING_ROWS = 50_000

/** What two statements tell of a few rows: everything but what needs a closer look at each column. */
export async function numbersPass(
  duck: Duck,
  columns: readonly ProfiledColumn[],
  { from, rows }: KeptRows,
  call: DuckCall,
): Promise<ColumnParts[]> {
  const ordered = columns.filter(({ kind, type }) => isOrdered(kind, type))
  const others = columns.filter((column) => !ordered.includes(column))
  const counted = await scanValues(duck, { from, columns: ordered }, call)
  const summed = await scanRows(duck, { from, columns: others, estimates: true }, call)
  return columns.map((column) => {
    const { exact, top = [], singles = 0 } = counted.get(column.name) ?? { exact: figuresOf(summed, column) }
    const detail: ColumnDetail = { values: rows - exact.nulls, top, singles, rare: [], semantic: [] }
    return { column, exact, detail, distinct: exact.distinct.count, topIsExact: true }
  })
}

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

/** Exact figures and detail of the same rows. */
export async function partsOf(
  duck: Duck,
  columns: readonly ProfiledColumn[],
  kept: KeptRows,
  call: DuckCall,
): Promise<ColumnParts[]> {
  const detailed = await detailPass(duck, columns, kept, call)
  return scanSameRows(duck, detailed, kept.from, call)
}

/** Exact figures of the rows in which the detail was found. */
export async function scanSameRows(
  duck: Duck,
  detailed: readonly DetailedColumn[],
  from: Sql,
  call: DuckCall,
): Promise<ColumnParts[]> {
  const scanned = await scanRows(duck, { from, columns: detailed.map(({ column }) => column), estimates: false }, call)
  return detailed.map((part) => {
    const distinct = { count: part.distinct, error: 0 }
    return { ...part, exact: { ...figuresOf(scanned, part.column), distinct }, topIsExact: true }
  })
}

/** Exact figures of all rows, of which those with the detail are a random sample. Every column is read once. */
export async function scanAllRows(
  duck: Duck,
  detailed: readonly DetailedColumn[],
  { from, ...sizes }: { from: Sql; rows: number; sampleRows: number },
  call: DuckCall,
): Promise<ColumnParts[]> {
  const few = detailed.filter((part) => hasFewValues(part, sizes)).map(({ column }) => column)
  const many = detailed.map(({ column }) => column).filter((column) => !few.includes(column))
  const counted = await scanValues(duck, { from, columns: few }, call)
  const summed = await scanRows(duck, { from, columns: many, estimates: true }, call)
  return detailed.map((part) => {
    const known = counted.get(part.column.name)
    if (known !== undefined)
      return { ...part, exact: known.exact, detail: { ...part.detail, top: known.top }, topIsExact: true }
    const exact = figuresOf(summed, part.column)
    // No fewer than the detail has seen.
    const count = Math.max(exact.distinct.count, part.distinct)
    return { ...part, exact: { ...exact, distinct: { ...exact.distinct, count } }, topIsExact: false }
  })
}

/**
 * Whether all rows hold few distinct values. What a random sample missed is about as large a share of the rows as the values that it
 * holds once are of the sample (Good and Turing), and no more values than rows.
 */
function hasFewValues(
  { column, distinct, detail }: DetailedColumn,
  sizes: { rows: number; sampleRows: number },
): boolean {
  if (sizes.sampleRows < TELLING_ROWS || !isOrdered(column.kind, column.type)) return false
  return distinct + (sizes.rows * detail.singles) / sizes.sampleRows <= FEW
}

function figuresOf(scanned: ReadonlyMap<string, ExactFigures>, { name }: ProfiledColumn): ExactFigures {
  const figures = scanned.get(name)
  if (figures === undefined) throw new Error(`the column ${name} was not scanned`)
  return figures
}
