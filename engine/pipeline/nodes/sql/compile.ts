import { id, join, sql } from '../../../sql/sql.ts'
import { relationName } from '../../compiled.ts'
import { duplicateName, visible } from '../../names.ts'
import type { CompileInput, InputPort, NodeOutput } from '../../node-kind.ts'
import { names } from '../../select-list.ts'
import type { SqlConfig } from './config.ts'

export function sqlInputs({ inputs }: SqlConfig): InputPort[] {
  return Object.entries(inputs).map(([key, text]) => ({ field: `inputs.${key}`, text }))
}

/**
 * The query of a person over its inputs, of which it sees the visible columns. Its lineage is approximate:
 * every column may come from every column it reads.
 */
export function compileSql({ config, inputs, query, report }: CompileInput<SqlConfig>): NodeOutput[] {
  const aliases = Object.keys(config.inputs)
  const named = inputs.map((input, i) => ({
    input,
    name: Array.isArray(config.inputs) ? relationName(input.ref) : (aliases[i] ?? ''),
  }))
  const twice = duplicateName(named.map(({ name }) => name))
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'inputs', name: twice } })
  const checked = query(
    'sql',
    config.sql,
    named.map(({ name }) => name),
  )
  const renamed = named
    .filter(
      ({ name, input }) => name !== relationName(input.ref) || visible(input.columns).length < input.columns.length,
    )
    .map(({ name, input }) => sql`${id(name)} AS (SELECT ${names(visible(input.columns))} FROM ${input.sql})`)
  const prelude = renamed.length === 0 ? sql`` : sql`WITH ${join(renamed)} SELECT * FROM `
  const body = renamed.length === 0 ? checked : sql`(${checked}) AS query`
  return [
    {
      name: 'out',
      relation: sql`SELECT * FROM (${prelude}${body}) AS query`,
      lineage: { columns: new Map(), influences: [], isApproximate: true },
    },
  ]
}
