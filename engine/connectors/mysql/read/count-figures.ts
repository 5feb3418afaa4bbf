import { id, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { DatasetFigures, FiguresRequest } from '../../api/figures.ts'
import { type AskedColumn, type FiguresDialect, rowFigures } from '../../shared/row-figures.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import type { SourceColumn, SourceRelation } from './source-relation.ts'

const BLANK = '^[\t\n\u{B}\f\r \u{A0}\u{3000}]*$'

const DIALECT: FiguresDialect = {
  number: (value) => sql`(CASE WHEN abs(${value} * 1e0) < 1e150 THEN ${value} * 1e0 END)`,
  truncated: (number) => sql`truncate(${number}, 0)`,
  isBlank: (text) => sql`${text} REGEXP ${literal(BLANK)}`,
  byBytes: (text) => text,
  shown: (value) => sql`CAST(${value} AS CHAR)`,
}

/** Figures of all rows of a table, or of a query. */
export async function countFigures(
  connection: MysqlConnection,
  { from, columns: known }: SourceRelation,
  { columns, signal }: FiguresRequest,
): Promise<DatasetFigures> {
  const asked = columns.flatMap((column): AskedColumn[] => {
    const source = known.find((one) => one.column.name === column.name)
    return source === undefined ? [] : [{ ...column, value: valueOf(source, column.kind === 'text') }]
  })
  const ask = async (statement: Sql): Promise<readonly (string | null)[]> =>
    (await connection.rows(statement, signal)).rows[0] ?? []
  return rowFigures(ask, { from, columns: asked, dialect: DIALECT })
}

/** Text is compared by its code points, not as the column's collation has it: there 'a' may be 'A', and '' one blank. */
function valueOf({ column, mapping }: SourceColumn, isText: boolean): Sql {
  const value = mapping.select(id('t', column.name))
  return isText ? sql`(CONVERT(${value} USING utf8mb4) COLLATE utf8mb4_bin)` : value
}
