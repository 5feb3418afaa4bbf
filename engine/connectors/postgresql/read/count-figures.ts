import { id, literal, type Sql, sql } from '../../../sql/sql.ts'
import type { ColumnFigures, DatasetFigures, FiguresRequest } from '../../api/figures.ts'
import { type AskedColumn, type FiguresDialect, rowFigures } from '../../shared/row-figures.ts'
import type { PostgresColumn } from '../catalogue/table-columns.ts'
import { type PostgresConfig, postgresSourceSchema } from '../config.ts'
import type { PostgresConnection } from '../connection/postgres-connection.ts'
import { planRead } from './read-plan.ts'

const DIALECT: FiguresDialect = {
  // NaN is greater than every number here, and the least bigint has no abs.
  number: (value) => sql`(CASE WHEN abs(${value}::float8) < 1e150 THEN ${value}::float8 END)`,
  truncated: (number) => sql`trunc(${number})`,
  isBlank: (text) => sql`btrim(${text}, ${literal('\t\n\u{B}\f\r \u{A0}\u{3000}')}) = ''`,
  byBytes: (text) => sql`${text} COLLATE "C"`,
  shown: (value) => sql`(${value})::text`,
}

/** Figures of all rows of a table, or of a query. */
export async function countFigures(
  connection: PostgresConnection,
  config: PostgresConfig,
  { dataset, options, columns, signal }: FiguresRequest,
): Promise<DatasetFigures> {
  const call = { signal }
  const source = postgresSourceSchema.parse(options ?? {})
  const planned = { dataset, limitRows: 0, ...(signal === undefined ? {} : { signal }) }
  const plan = await planRead(connection, config, { source, request: planned })
  const asked = columns.flatMap((column): AskedColumn[] => {
    const known = plan.columns.find(({ name }) => name === column.name)
    return known === undefined ? [] : [{ ...column, value: valueOf(known, column.kind === 'text') }]
  })
  const ask = async (statement: Sql): Promise<readonly (string | null)[]> =>
    (await connection.rows(statement, call))[0] ?? []
  const { rows, columns: found } = await rowFigures(ask, { from: plan.from, columns: asked, dialect: DIALECT })
  return { rows, columns: new Map(Array.from(found, ([name, figures]) => [name, { ...figures, ...endsOf(figures) }])) }
}

function endsOf({ min, max }: ColumnFigures): Pick<ColumnFigures, 'min' | 'max'> {
  return {
    ...(min === undefined ? {} : { min: beforeChrist(min) }),
    ...(max === undefined ? {} : { max: beforeChrist(max) }),
  }
}

/** DuckDB writes years before Christ otherwise. */
function beforeChrist(text: string): string {
  return text.replace(/^(\d+-\d\d-\d\d)(.*) BC$/, '$1 (BC)$2')
}

function valueOf({ name, type, mapping }: PostgresColumn, isText: boolean): Sql {
  const column = id('t', name)
  if (mapping.transport.kind === 'money') return sql`${column}::numeric`
  if (type.base === 'oid') return sql`${column}::bigint`
  if (!isText) return column
  // A cast of char(n) to text would drop the blanks at its end, which rows are read with.
  return type.base === 'bpchar'
    ? sql`(CASE WHEN ${column} IS NOT NULL THEN concat(${column}) END)`
    : sql`${column}::text`
}
