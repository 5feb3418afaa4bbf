import { nearestName } from '../../base/suggest.ts'
import { type DatasetSummary, parseQualifiedName, printQualifiedName } from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import { literal, sql } from '../../sql/sql.ts'
import { isRunnelTable } from '../shared/load/load-tables.ts'
import type { SqliteDatabase } from './database.ts'

interface SqliteColumn {
  readonly name: string
  /** As declared; empty for expressions of a view. */
  readonly declared: string
  readonly nullable: boolean
  readonly hasDefault: boolean
  readonly generated: boolean
}

export interface SqliteTable {
  readonly dataset: string
  readonly name: string
  readonly isView: boolean
  /** Name under which the row number can be asked for; undefined for views and WITHOUT ROWID tables. */
  readonly rowId: string | undefined
  readonly columns: readonly SqliteColumn[]
  readonly primaryKey: readonly string[]
}

/** Tables and views in name order, without SQLite's own and Runnel's. */
export function listTables(database: SqliteDatabase): DatasetSummary[] {
  const rows = database.rows(
    sql`SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
  )
  return rows
    .map(([name, type]) => ({ bare: String(name), kind: type === 'view' ? ('view' as const) : ('table' as const) }))
    .filter(({ bare }) => !isRunnelTable(bare))
    .map(({ bare, kind }) => ({ name: printQualifiedName([bare]), kind }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

export function tableName(dataset: string): string {
  return parseQualifiedName(dataset).at(-1) ?? ''
}

/** @throws Failure `source.dataset_missing` with the nearest name. */
export function requireTable(database: SqliteDatabase, dataset: string): SqliteTable {
  const found = findTable(database, dataset)
  if (found !== undefined) return found
  const suggestion = nearestName(
    dataset,
    listTables(database).map(({ name }) => name),
  )
  throw new Failure('source.dataset_missing', suggestion === undefined ? { dataset } : { dataset, suggestion })
}

export function findTable(database: SqliteDatabase, dataset: string): SqliteTable | undefined {
  const name = tableName(dataset)
  const [head] = database.rows(
    sql`SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND name = ${literal(name)} COLLATE NOCASE`,
  )
  if (head === undefined) return undefined
  const [realName, type, withoutRowId] = head
  const rows = database.rows(
    sql`SELECT name, type, "notnull", dflt_value IS NOT NULL, pk, hidden FROM pragma_table_xinfo(${literal(String(realName))}) WHERE hidden <> 1 ORDER BY cid`,
  )
  const columns = rows.map(([column, declared, notNull, hasDefault, pk, hidden]) => ({
    name: String(column),
    declared: String(declared ?? ''),
    nullable: notNull === 0n,
    // An INTEGER PRIMARY KEY numbers itself.
    hasDefault: hasDefault === 1n || (pk === 1n && String(declared).toUpperCase() === 'INTEGER'),
    generated: hidden === 2n || hidden === 3n,
  }))
  const keyed = rows.filter(([, , , , pk]) => pk !== 0n).toSorted((a, b) => Number(a[4]) - Number(b[4]))
  const isView = type === 'view'
  const taken = new Set(columns.map((column) => column.name.toLowerCase()))
  const rowId = isView || withoutRowId === 1n ? undefined : ['rowid', '_rowid_', 'oid'].find((free) => !taken.has(free))
  return {
    dataset,
    name: String(realName),
    isView,
    rowId,
    columns,
    primaryKey: keyed.map(([column]) => String(column)),
  }
}
