import type { Column } from '../../contract/column.ts'
import type { Duck } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import { FORMULA, isNested } from './cell-text.ts'
import type { TextTarget } from './text-target.ts'

const NUMERIC = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DECIMAL\(.*|FLOAT|DOUBLE)$/

/**
 * The delimiter of the staged rows. DuckDB writes one byte only (of `||` it would silently write `|`); a longer one is put in when
 * the rows are encoded.
 */
export function stageDelimiter(delimiter: string): string {
  return Buffer.byteLength(delimiter) === 1 ? delimiter : ','
}

/** Has DuckDB write rows to a file: UTF-8, LF, no header, NULL never quoted and the empty text always. Gives how many. */
export async function stageRows(target: TextTarget, duck: Duck, relation: Sql, path: string): Promise<bigint> {
  const { columns, dialect, options, request } = target
  const values = columns.map((column) => sql`${textOf(column, options.escapeFormulas)} AS ${id(column.name)}`)
  const copy = sql`COPY (SELECT ${join(values)} FROM ${relation}) TO ${literal(path)} (FORMAT csv, HEADER false, DELIMITER ${literal(stageDelimiter(dialect.delimiter))}, QUOTE ${literal(dialect.quote)}, ESCAPE ${literal(dialect.quote)}, NULLSTR ${literal(options.nullText)}${forceQuote(target)})`
  return duck.run(copy, request.signal === undefined ? {} : { signal: request.signal })
}

function textOf({ name, type }: Column, escapesFormulas: boolean): Sql {
  if (isNested(type)) return sql`to_json(${id(name)})::VARCHAR`
  if (type !== 'VARCHAR' || !escapesFormulas) return sql`${id(name)}::VARCHAR`
  return sql`CASE WHEN regexp_matches(${id(name)}, ${literal(FORMULA)}) THEN concat(${literal("'")}, ${id(name)}) ELSE ${id(name)} END`
}

function forceQuote({ columns, options }: TextTarget): Sql {
  const quoted = columns.filter(
    ({ type }) => options.quoting === 'all' || (options.quoting === 'non_numeric' && !NUMERIC.test(type)),
  )
  return quoted.length === 0 ? trusted('') : sql`, FORCE_QUOTE (${join(quoted.map(({ name }) => id(name)))})`
}
