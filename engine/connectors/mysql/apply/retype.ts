import type { Column } from '../../../contract/column.ts'
import { mysqlDialect } from '../../../sql/dialects.ts'
import { id, printSql, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ExistingColumn } from '../../shared/load/table-plan.ts'
import type { ServerFlavour } from '../types/flavour.ts'
import { newType } from '../types/write-type.ts'

interface RetypeRequest {
  readonly target: Sql
  readonly existing: readonly ExistingColumn[]
  readonly columns: readonly Column[]
  readonly keys: readonly string[]
  readonly flavour: ServerFlavour
}

/**
 * Statements that give columns of a target the type that a new one would get. The server refuses them when a value does not fit, and
 * then nothing has changed.
 */
export function retype({ target, existing, columns, keys, flavour }: RetypeRequest): string[] {
  return columns.flatMap((column) => {
    const found = existing.find(({ name }) => name.toLowerCase() === column.name.toLowerCase())
    const { type } = newType(column, { flavour, isKey: keys.includes(column.name) })
    if (found === undefined || plain(found.type) === plain(type)) return []
    const nullable = found.nullable ? sql`NULL` : sql`NOT NULL`
    const statement = sql`ALTER TABLE ${target} MODIFY COLUMN ${id(found.name)} ${trusted(type)} ${nullable}`
    return [printSql(statement, mysqlDialect)]
  })
}

/** Without the width that integers are shown with, and without the character set: `bigint(20) unsigned` is `BIGINT UNSIGNED`. */
function plain(type: string): string {
  return type
    .toLowerCase()
    .replace(/^((?:tiny|small|medium|big)?int)\(\d+\)/, '$1')
    .replace(/ character set .*/, '')
}
