import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ColumnOrigin } from '../../compiled.ts'
import { computedFrom } from '../../lineage-of-node.ts'
import { duplicateName, foldName, visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { compileOrder, orderBy } from '../../order.ts'
import { scalar } from '../../scalar.ts'
import { as, hiddenColumns, names } from '../../select-list.ts'
import type { WindowColumn, WindowConfig } from './config.ts'

const WITHOUT_ARGUMENT = new Set<WindowColumn['fn']>(['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist'])
const NEEDS_ORDER = new Set<WindowColumn['fn']>(['rank', 'dense_rank', 'percent_rank', 'cume_dist', 'lag', 'lead'])

/** Input columns, then the new ones, which replace input columns of the same name. Every row stays. */
export function compileWindow(compile: CompileInput<WindowConfig>): NodeOutput[] {
  const { config, input, report } = compile
  const added = config.columns.map((column, i) => windowColumn(compile, column, `columns.${i}`))
  const twice = duplicateName(added.map(({ to }) => to))
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'columns', name: twice } })
  const replaced = new Set(added.map(({ to }) => foldName(to)))
  const kept = visible(input.columns).filter(({ name }) => !replaced.has(foldName(name)))
  const list = [
    ...kept.map(({ name }) => id(name)),
    ...added.map(({ value, to }) => as(value, to)),
    ...hiddenColumns(input.columns),
  ]
  return [
    {
      name: 'out',
      relation: sql`SELECT ${join(list)} FROM ${input.sql}`,
      lineage: { columns: new Map(added.map(({ to, origins }) => [to, origins])), influences: [] },
    },
  ]
}

function windowColumn(
  compile: CompileInput<WindowConfig>,
  spec: WindowColumn,
  path: string,
): { to: string; value: Sql; origins: ColumnOrigin[] } {
  const { input, column, report } = compile
  const partition = spec.partition.map((name, i) => column(`${path}.partition.${i}`, name).name)
  const order = compileOrder(compile, `${path}.order`, spec.order)
  if (NEEDS_ORDER.has(spec.fn) && order.items.length === 0) {
    report({ code: 'node.config_invalid', detail: { field: `${path}.order`, reason: `${spec.fn} needs an order` } })
  }
  const argument = argumentOf(compile, spec, path)
  const by = partition.length === 0 ? sql`` : sql`PARTITION BY ${names(partition)}`
  return {
    to: spec.to,
    value: sql`${trusted(spec.fn)}(${join(argument.items)}) OVER (${by}${orderBy(order.items)}${frameOf(spec)})`,
    origins: computedFrom(input, [...new Set([...argument.references, ...partition, ...order.references])]),
  }
}

function argumentOf(
  { column, expression, report }: CompileInput<WindowConfig>,
  spec: WindowColumn,
  path: string,
): { items: Sql[]; references: readonly string[] } {
  const count = literal(spec.n ?? 1)
  if (WITHOUT_ARGUMENT.has(spec.fn)) return { items: [], references: [] }
  if (spec.fn === 'ntile') return { items: [count], references: [] }
  if (spec.fn === 'count' && spec.of === undefined && spec.expr === undefined)
    return { items: [sql`*`], references: [] }
  if ((spec.of === undefined) === (spec.expr === undefined)) {
    const reason = `${spec.fn} needs either "of" or "expr"`
    report({ code: 'node.config_invalid', detail: { field: path, reason } })
  }
  const value =
    spec.expr === undefined ? { name: column(`${path}.of`, spec.of ?? '').name } : expression(`${path}.expr`, spec.expr)
  const argument = 'name' in value ? { sql: id(value.name), references: [value.name] } : value
  const items = [argument.sql]
  if (spec.fn === 'nth_value' || spec.fn === 'lag' || spec.fn === 'lead') items.push(count)
  if ((spec.fn === 'lag' || spec.fn === 'lead') && spec.default !== undefined) items.push(scalar(spec.default))
  return { items, references: argument.references }
}

function frameOf({ frame }: WindowColumn): Sql {
  if (frame === undefined) return sql``
  const unit = trusted(frame.unit.toUpperCase())
  return sql` ${unit} BETWEEN ${boundOf(frame.start, 'PRECEDING')} AND ${boundOf(frame.end, 'FOLLOWING')}`
}

function boundOf(bound: 'unbounded' | 'current' | number, side: 'PRECEDING' | 'FOLLOWING'): Sql {
  if (bound === 'unbounded') return trusted(`UNBOUNDED ${side}`)
  if (bound === 'current' || bound === 0) return sql`CURRENT ROW`
  return bound < 0 ? sql`${literal(-bound)} PRECEDING` : sql`${literal(bound)} FOLLOWING`
}
