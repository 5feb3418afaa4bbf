import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ColumnOrigin, RowInfluence } from '../../compiled.ts'
import { computedFrom, direct, influencedBy } from '../../lineage-of-node.ts'
import { duplicateName } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { compileOrder, orderBy } from '../../order.ts'
import { as } from '../../select-list.ts'
import type { AggregateConfig, AggregateValue } from './config.ts'

interface Piece {
  readonly name: string
  readonly value: Sql
  readonly origins: readonly ColumnOrigin[]
  readonly influences: readonly RowInfluence[]
}

const ORDERED = new Set<AggregateValue['fn']>(['list', 'string_agg', 'first', 'last'])

/**
 * NULL is a group of its own. `sum`, `avg`, `min`, `max` … of no value are NULL, `count` is 0. `having` sees the result's
 * columns. Hidden columns end here.
 */
export function compileAggregate(compile: CompileInput<AggregateConfig>): NodeOutput[] {
  const { config, input, report } = compile
  const groups = config.by.map((by, i) => groupPiece(compile, by, `by.${i}`))
  const values = config.values.map((value, i) => valuePiece(compile, value, `values.${i}`))
  const pieces = [...groups, ...values]
  const twice = duplicateName(pieces.map(({ name }) => name))
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'values', name: twice } })
  if (pieces.length === 0) {
    report({ code: 'node.config_invalid', detail: { field: 'values', reason: 'give "by" or "values"' } })
  }
  const list = join(pieces.map(({ name, value }) => as(value, name)))
  const groupBy = groups.length === 0 ? sql`` : sql` GROUP BY ${join(groups.map(({ value }) => value))}`
  const grouped = sql`SELECT ${list} FROM ${input.sql}${groupBy}`
  const having = config.having === undefined ? undefined : havingOf(compile, config.having, pieces, grouped)
  const relation = having === undefined ? grouped : sql`SELECT * FROM (${grouped}) AS grouped WHERE ${having.sql}`
  return [
    {
      name: 'out',
      relation,
      lineage: {
        columns: new Map(pieces.map(({ name, origins }) => [name, origins])),
        influences: [...pieces.flatMap(({ influences }) => influences), ...(having?.influences ?? [])],
      },
    },
  ]
}

function groupPiece(
  { input, column, expression }: CompileInput<AggregateConfig>,
  by: AggregateConfig['by'][number],
  path: string,
): Piece {
  if (typeof by === 'string') {
    const { name } = column(path, by)
    return { name, value: id(name), origins: direct(input, name), influences: influencedBy(input, [name], 'group_key') }
  }
  const { sql: value, references } = expression(`${path}.expr`, by.expr)
  const influences = influencedBy(input, references, 'group_key')
  return { name: by.to, value, origins: computedFrom(input, references), influences }
}

function valuePiece(compile: CompileInput<AggregateConfig>, value: AggregateValue, path: string): Piece {
  const { input, expression, report } = compile
  const argument = argumentOf(compile, value, path)
  const order = compileOrder(compile, `${path}.order`, value.order)
  const where = value.where === undefined ? undefined : expression(`${path}.where`, value.where)
  if (order.items.length > 0 && !ORDERED.has(value.fn)) {
    report({ code: 'node.config_invalid', detail: { field: `${path}.order`, reason: `${value.fn} has no order` } })
  }
  const filter = where === undefined ? sql`` : sql` FILTER (WHERE ${where.sql})`
  return {
    name: value.to,
    value: sql`${callOf(value, argument.sql, orderBy(order.items))}${filter}`,
    origins: computedFrom(input, argument.references),
    influences: [
      ...influencedBy(input, order.references, 'order'),
      ...influencedBy(input, where?.references ?? [], 'filter'),
    ],
  }
}

function argumentOf(
  { column, expression, report }: CompileInput<AggregateConfig>,
  value: AggregateValue,
  path: string,
): { sql: Sql; references: readonly string[] } {
  if (value.expr !== undefined && value.of === undefined) return expression(`${path}.expr`, value.expr)
  if (value.of !== undefined && value.expr === undefined) {
    const { name } = column(`${path}.of`, value.of)
    return { sql: id(name), references: [name] }
  }
  if (value.of === undefined && value.fn === 'count' && !value.distinct) return { sql: sql`*`, references: [] }
  report({ code: 'node.config_invalid', detail: { field: path, reason: `${value.fn} needs either "of" or "expr"` } })
  return { sql: sql`NULL`, references: [] }
}

function callOf({ fn, distinct, separator }: AggregateValue, argument: Sql, order: Sql): Sql {
  const unique = distinct || fn === 'count_distinct' ? sql`DISTINCT ` : sql``
  if (fn === 'count_distinct') return sql`count(${unique}${argument})`
  if (fn === 'string_agg') return sql`string_agg(${unique}CAST(${argument} AS VARCHAR), ${literal(separator)}${order})`
  return sql`${trusted(fn)}(${unique}${argument}${order})`
}

function havingOf(
  { input, expression }: CompileInput<AggregateConfig>,
  text: string,
  pieces: readonly Piece[],
  grouped: Sql,
): { sql: Sql; influences: RowInfluence[] } {
  const columns = pieces.map(({ name }) => ({ name, type: 'VARCHAR' }))
  const over = { ref: input.ref, sql: sql`(${grouped}) AS grouped`, columns }
  const { sql: condition, references } = expression('having', text, { decides: true, over })
  const origins = pieces.filter(({ name }) => references.includes(name)).flatMap((piece) => piece.origins)
  return {
    sql: condition,
    influences: influencedBy(
      input,
      origins.map(({ column }) => column),
      'filter',
    ),
  }
}
