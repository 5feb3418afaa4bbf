import { LOCATOR_COLUMN } from '../../../contract/column.ts'
import { id, join, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { ColumnOrigin } from '../../compiled.ts'
import { direct } from '../../lineage-of-node.ts'
import { findColumn, foldName, visible } from '../../names.ts'
import type { CompileInput, InputRelation, NodeOutput } from '../../node-kind.ts'
import { as, locator } from '../../select-list.ts'
import type { UnionConfig } from './config.ts'

/**
 * Column types are united by DuckDB: the narrowest that holds both. By name, columns come in the order in which they first
 * appear; by position, the first input names them. The locator passes unless `distinct`.
 */
export function compileUnion({ config, inputs, report }: CompileInput<UnionConfig>): NodeOutput[] {
  const [first] = inputs
  const width = visible(first?.columns ?? []).length
  const uneven = inputs.findIndex(({ columns }) => visible(columns).length !== width)
  if (config.by === 'position' && uneven >= 0) {
    const reason = `has another number of columns than the first (${width}): use "by: name"`
    report({ code: 'node.config_invalid', detail: { field: `inputs.${uneven}`, reason } })
  }
  const isLocated = !config.distinct && inputs.some(({ columns }) => findColumn(columns, LOCATOR_COLUMN) !== undefined)
  const operator = `${config.distinct ? 'UNION' : 'UNION ALL'}${config.by === 'name' ? ' BY NAME' : ''}`
  const selects = inputs.map((input) => selectOf(input, isLocated))
  return [
    {
      name: 'out',
      relation: trustedJoin(selects, operator),
      lineage: { columns: config.by === 'name' ? originsByName(inputs) : originsByPosition(inputs), influences: [] },
    },
  ]
}

function selectOf({ sql: relation, columns }: InputRelation, isLocated: boolean): Sql {
  const list = visible(columns).map(({ name }) => id(name))
  if (isLocated) list.push(as(locator(columns), LOCATOR_COLUMN))
  return sql`SELECT ${join(list)} FROM ${relation}`
}

function trustedJoin(selects: readonly Sql[], operator: string): Sql {
  return selects.reduce((all, select) => sql`${all} ${trusted(operator)} ${select}`)
}

function originsByName(inputs: readonly InputRelation[]): Map<string, ColumnOrigin[]> {
  const names = new Map<string, string>()
  for (const { name } of inputs.flatMap(({ columns }) => visible(columns))) {
    if (!names.has(foldName(name))) names.set(foldName(name), name)
  }
  return new Map(
    [...names.values()].map((name) => [
      name,
      inputs.flatMap((input) => {
        const column = findColumn(visible(input.columns), name)
        return column === undefined ? [] : direct(input, column.name)
      }),
    ]),
  )
}

function originsByPosition(inputs: readonly InputRelation[]): Map<string, ColumnOrigin[]> {
  const rows = inputs.map((input) => ({ input, columns: visible(input.columns) }))
  return new Map(
    visible(inputs[0]?.columns ?? []).map(({ name }, i) => [
      name,
      rows.flatMap(({ input, columns }) => {
        const column = columns[i]
        return column === undefined ? [] : direct(input, column.name)
      }),
    ]),
  )
}
