import type { Sql } from '../../sql/sql.ts'

/** A piece of the one statement that finds the detail of a column. */
export interface DetailPart {
  /** Common table expressions over `rows` (the rows, column `v`, no NULL) and `d` (`v`, `n`: distinct values and their rows). */
  readonly tables: readonly Sql[]
  /** Fields of the resulting struct, `'name': (SELECT …)`. */
  readonly fields: readonly Sql[]
}
