import type { Column } from '../../../contract/column.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { computedFrom, influencedBy } from '../../lineage-of-node.ts'
import { duplicateName, foldName, visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { as, hiddenColumns } from '../../select-list.ts'
import type { ExplodeConfig } from './config.ts'

/** The element stands where the list stood, its number after it. A JSON value that is no array fails the run. */
export function compileExplode(compile: CompileInput<ExplodeConfig>): NodeOutput[] {
  const { config, input, report } = compile
  const column = compile.column('column', config.column)
  const list = listOf(compile, column)
  const to = config.to ?? column.name
  const rows = config.keepEmpty ? sql`CASE WHEN len(${list}) > 0 THEN ${list} ELSE [NULL] END` : list
  const count = sql`range(1, len(${list}) + 1)`
  const numbers = config.keepEmpty ? sql`CASE WHEN len(${list}) > 0 THEN ${count} ELSE [NULL] END` : count
  const made = [{ to, value: sql`unnest(${rows})` }]
  if (config.ordinality !== undefined) made.push({ to: config.ordinality, value: sql`unnest(${numbers})` })
  const shown = visible(input.columns)
  const others = shown.filter(({ name }) => foldName(name) !== foldName(column.name))
  const twice = duplicateName([...others.map(({ name }) => name), ...made.map((piece) => piece.to)])
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'to', name: twice } })
  const items = shown.flatMap(({ name }): Sql[] =>
    name === column.name ? made.map((piece) => as(piece.value, piece.to)) : [id(name)],
  )
  return [
    {
      name: 'out',
      relation: sql`SELECT ${join([...items, ...hiddenColumns(input.columns)])} FROM ${input.sql}`,
      lineage: {
        columns: new Map(made.map((piece) => [piece.to, computedFrom(input, [column.name])])),
        influences: influencedBy(input, [column.name], 'filter'),
      },
    },
  ]
}

function listOf({ config, type, report }: CompileInput<ExplodeConfig>, { name, type: columnType }: Column): Sql {
  if (columnType.endsWith(']')) return id(name)
  if (columnType !== 'JSON' && columnType !== 'VARCHAR') {
    const reason = `${name} is ${columnType}, neither a list nor JSON`
    report({ code: 'node.config_invalid', detail: { field: 'column', reason } })
  }
  const json = sql`CAST(${id(name)} AS JSON)`
  const refused = sql`error(${literal(`${name} holds JSON that is no array`)})`
  const elements = sql`CAST(${json} AS ${type('elementType', config.elementType)}[])`
  return sql`(CASE WHEN COALESCE(json_type(${json}), 'NULL') = 'NULL' THEN NULL WHEN json_type(${json}) = 'ARRAY' THEN ${elements} ELSE ${refused} END)`
}
