import { id, join, sql, trusted } from '../../../sql/sql.ts'
import { computedFrom, direct, influencedBy } from '../../lineage-of-node.ts'
import { duplicateName } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { scalar } from '../../scalar.ts'
import { as, names } from '../../select-list.ts'
import type { PivotConfig } from './config.ts'

/**
 * Values are compared as the column's type; NULL is a value too (its column is called `null` unless named). A combination
 * that no row has is NULL, or 0 for `count`. Values that are not listed are left out.
 */
export function compilePivot({ config, input, column, report }: CompileInput<PivotConfig>): NodeOutput[] {
  const rows = config.rows.map((name, i) => column(`rows.${i}`, name).name)
  const spread = column('column', config.column).name
  const of = column('of', config.of).name
  const cells = config.values.map((value) => {
    const named = value !== null && typeof value === 'object' ? value : { value, to: String(value) }
    const condition = sql`${id(spread)} IS NOT DISTINCT FROM ${scalar(named.value)}`
    return { to: named.to, value: sql`${trusted(config.fn)}(${id(of)}) FILTER (WHERE ${condition})` }
  })
  const twice = duplicateName([...rows, ...cells.map(({ to }) => to)])
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'values', name: twice } })
  const list = [...rows.map((name) => id(name)), ...cells.map(({ value, to }) => as(value, to))]
  const groupBy = rows.length === 0 ? sql`` : sql` GROUP BY ${names(rows)}`
  return [
    {
      name: 'out',
      relation: sql`SELECT ${join(list)} FROM ${input.sql}${groupBy}`,
      lineage: {
        columns: new Map([
          ...rows.map((name) => [name, direct(input, name)] as const),
          ...cells.map(({ to }) => [to, computedFrom(input, [of, spread])] as const),
        ]),
        influences: influencedBy(input, rows, 'group_key'),
      },
    },
  ]
}
