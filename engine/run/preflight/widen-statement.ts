import { parseQualifiedName } from '../../contract/dataset.ts'
import type { SqlDialect } from '../../sql/dialect.ts'
import { mysqlDialect, postgresDialect } from '../../sql/dialects.ts'
import { id, printSql, sql, trusted } from '../../sql/sql.ts'

interface WidenedColumn {
  /** Of the connector. */
  readonly kind: string
  /** As the connection calls the table. */
  readonly table: string
  readonly column: string
  readonly type: string
}

/**
 * What the owner of a table runs so that a column holds more; undefined where Runnel can do it itself while it loads, or where
 * a column has no limits. MySQL states a column anew: what else is said of it has to be said again.
 */
export function widenStatement({ kind, table, column, type }: WidenedColumn): string | undefined {
  const print = (dialect: SqlDialect, words: string): string =>
    printSql(sql`ALTER TABLE ${id(...parseQualifiedName(table))} ${trusted(words)} ${id(column)}`, dialect)
  switch (kind) {
    case 'postgresql':
      return `${print(postgresDialect, 'ALTER COLUMN')} TYPE ${type}`
    case 'mysql':
      return `${print(mysqlDialect, 'MODIFY COLUMN')} ${type} /* NOT NULL, DEFAULT, COMMENT as before */`
    default:
      return undefined
  }
}
