import type { TableProfile } from '../../contract/profile/table-profile.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { isOrdered } from '../columns/kind.ts'
import type { ProfiledColumn } from '../columns/profiled-column.ts'
import { readCodeMatrix } from './code-matrix.ts'
import { correlations } from './correlations.ts'
import { functionalDependencies } from './dependencies.ts'
import { candidateKeys } from './keys.ts'
import { missingTogether } from './missing-together.ts'

/** Rows in which columns are compared with each other. */
const MATRIX_ROWS = 10_000

export interface TableRequest {
  /** The sample that the detail was found in, or everything. */
  readonly from: Sql
  readonly columns: readonly ProfiledColumn[]
  /** Of `from`. */
  readonly rows: number
  /** Whether `from` is less than the dataset. */
  readonly isSample: boolean
}

/** What columns say about each other, in at most 10,000 random rows; keys are confirmed in all rows of `from`. */
export async function profileTable(duck: Duck, request: TableRequest, call: DuckCall): Promise<TableProfile> {
  const { from, rows, isSample } = request
  const columns = request.columns.filter(({ kind, type }) => isOrdered(kind, type))
  if (columns.length === 0) return NO_TABLE
  const matrix = await readCodeMatrix(duck, { from, columns, limitRows: MATRIX_ROWS }, call)
  const basis = { rows: matrix.rows, isSample: isSample || matrix.rows < rows }
  const keys = await confirmed(duck, from, candidateKeys(matrix), call)
  return {
    keys: { rows, isSample, found: keys },
    dependencies: { ...basis, found: functionalDependencies(matrix) },
    correlations: { ...basis, found: correlations(matrix) },
    missingTogether: { ...basis, found: missingTogether(matrix) },
  }
}

/** Before anything is known about columns together. */
export const NO_TABLE: TableProfile = {
  keys: { rows: 0, isSample: true, found: [] },
  dependencies: { rows: 0, isSample: true, found: [] },
  correlations: { rows: 0, isSample: true, found: [] },
  missingTogether: { rows: 0, isSample: true, found: [] },
}

type Keys = TableProfile['keys']['found']

async function confirmed(duck: Duck, from: Sql, keys: Keys, call: DuckCall): Promise<Keys> {
  const found: Keys = []
  for (const key of keys) if (await isKey(duck, from, key.columns, call)) found.push(key)
  return found
}

/** Whether no two rows share the columns' values and none of them is NULL. */
export async function isKey(duck: Duck, from: Sql, columns: readonly string[], call: DuckCall): Promise<boolean> {
  const names = join(columns.map((name) => id(name)))
  const missing = join(
    columns.map((name) => sql`${id(name)} IS NULL`),
    ' OR ',
  )
  const broken = await duck.value(
    sql`SELECT (SELECT count(*) FROM (SELECT 1 FROM ${from} GROUP BY ${names} HAVING count(*) > 1 LIMIT 1)) + (SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${missing} LIMIT 1))`,
    call,
  )
  return broken === '0'
}

/** Rows that equal an earlier one in every column. */
export async function countDuplicates(
  duck: Duck,
  from: Sql,
  columns: readonly ProfiledColumn[],
  call: DuckCall,
): Promise<number> {
  if (columns.length === 0) return 0
  const names = columns.map(({ name }) => id(name))
  // Rows are told apart by two hashes of 64 bits: groups of whole rows would need the memory of the table.
  const found = await duck.value(
    sql`SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM (SELECT hash(${join(names)}) AS h, hash(${join(names.toReversed())}) AS g FROM ${from}) GROUP BY h, g HAVING n > 1)`,
    call,
  )
  return Number(found ?? 0)
}
