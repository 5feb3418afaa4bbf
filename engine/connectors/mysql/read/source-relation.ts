import type { Column } from '../../../contract/column.ts'
import { Failure } from '../../../contract/failure.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import { keysOf } from '../catalogue/table-keys.ts'
import { assertTableExists, tableName } from '../catalogue/table-name.ts'
import type { MysqlSource } from '../config.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import { type ReadType, readType } from '../types/read-type.ts'

/** A column of a source with its mapping. */
export interface SourceColumn {
  readonly column: Column
  readonly mapping: ReadType
}

/** Something with rows, and what the server says its columns are. */
export interface SourceRelation {
  /** Behind FROM; its alias is `t`. */
  readonly from: Sql
  readonly columns: readonly SourceColumn[]
  /** Columns of the primary key; empty for views, queries and tables without one. */
  readonly key: readonly string[]
  /** The table whose statistics tell about how many rows there are. */
  readonly estimate?: { readonly schema: string; readonly table: string }
}

/**
 * Finds a dataset and asks the server, without reading a row, what its columns are.
 *
 * A person's query becomes a derived table: whatever it says, it can only be one SELECT there.
 * @throws Failure `source.dataset_missing`, `type.unsupported` naming the column.
 */
export async function sourceRelation(
  connection: MysqlConnection,
  { dataset, options, database }: { dataset: string; options: MysqlSource; database: string | undefined },
  signal?: AbortSignal,
): Promise<SourceRelation> {
  if (options.query !== undefined) {
    // The line breaks keep a comment at either end from swallowing a parenthesis.
    const from = sql`(\n${trusted(options.query.replace(/;\s*$/, ''))}\n) AS t`
    return { from, columns: await relationColumns(connection, from, options, signal), key: [] }
  }
  const name = tableName(dataset, database)
  await assertTableExists(connection, name, dataset, signal)
  const from = sql`${name.path} AS t`
  const keys = await keysOf(connection, name, signal)
  return {
    from,
    columns: await relationColumns(connection, from, options, signal),
    key: keys.find(({ kind }) => kind === 'primary')?.columns ?? [],
    estimate: name,
  }
}

/** The columns the server says a relation (behind FROM, alias `t`) has. @throws Failure `type.unsupported` */
export async function relationColumns(
  connection: MysqlConnection,
  from: Sql,
  { invalidDates }: Pick<MysqlSource, 'invalidDates'>,
  signal?: AbortSignal,
): Promise<SourceColumn[]> {
  const fields = await connection.fields(sql`SELECT * FROM ${from}`, signal)
  return fields.map((field) => {
    const mapping = readType(field)
    if (mapping === undefined) {
      const reason = `this version of Runnel does not know the type (code ${field.type})`
      throw new Failure('type.unsupported', {
        column: field.name,
        type: field.extended ?? String(field.type),
        reason,
      })
    }
    return sourceColumn(field.name, mapping, invalidDates === 'text')
  })
}

function sourceColumn(name: string, mapping: ReadType, datesAsText: boolean): SourceColumn {
  const isText = datesAsText && mapping.form === 'date'
  const type = isText ? 'VARCHAR' : mapping.type
  const fidelity = isText ? { kind: 'widening' as const, reason: 'dates are kept as text' } : mapping.fidelity
  return { column: { name, type, sourceType: mapping.sourceType, fidelity }, mapping: { ...mapping, type, fidelity } }
}

/** The key of a row as JSON text, or NULL where there is no key. Numbers stay numbers; bytes are hex. */
export function locatorExpression({ key, columns }: SourceRelation): Sql {
  if (key.length === 0) return sql`CAST(NULL AS CHAR)`
  const members = key.map((name) => {
    const form = columns.find(({ column }) => column.name === name)?.mapping.form
    const value = form === 'hex' ? sql`HEX(${id('t', name)})` : id('t', name)
    return sql`${literal(name)}, ${form === 'plain' ? value : sql`CAST(${value} AS CHAR)`}`
  })
  return sql`JSON_OBJECT(${join(members)})`
}
