import type { Column } from '../contract/column.ts'
import { LOCATOR_COLUMN } from '../contract/column.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { findColumn } from './names.ts'

/** `expression AS "name"`. */
export function as(expression: Sql, name: string): Sql {
  return sql`${expression} AS ${id(name)}`
}

export function names(columns: readonly (string | { readonly name: string })[]): Sql {
  return join(columns.map((column) => id(typeof column === 'string' ? column : column.name)))
}

/** Hidden columns, to be added to a select list that names its columns. */
export function hiddenColumns(columns: readonly Column[]): Sql[] {
  return columns.filter((column) => column.hidden === true).map(({ name }) => id(name))
}

/** Where a row came from, or NULL when its source does not say. */
export function locator(columns: readonly Column[]): Sql {
  return findColumn(columns, LOCATOR_COLUMN) === undefined ? sql`CAST(NULL AS VARCHAR)` : id(LOCATOR_COLUMN)
}
