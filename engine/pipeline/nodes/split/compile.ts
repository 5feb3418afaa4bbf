import { join, type Sql, sql } from '../../../sql/sql.ts'
import { influencedBy, passedThrough } from '../../lineage-of-node.ts'
import { duplicateName } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import type { SplitConfig } from './config.ts'

export function splitOutputs({ cases, else: rest }: SplitConfig): string[] {
  return [...cases.map(({ to }) => to), rest]
}

/** A condition that is NULL does not hold. Under `first` every row is in exactly one output. */
export function compileSplit({ config, input, expression, report }: CompileInput<SplitConfig>): NodeOutput[] {
  const twice = duplicateName(splitOutputs(config))
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'cases', name: twice } })
  const cases = config.cases.map(({ to, where }, i) => {
    const { sql: condition, references } = expression(`cases.${i}.where`, where, { decides: true })
    return { to, references, holds: sql`COALESCE(${condition}, false)` }
  })
  const influences = influencedBy(input, [...new Set(cases.flatMap(({ references }) => references))], 'filter')
  const output = (name: string, condition: Sql): NodeOutput => ({
    name,
    relation: sql`SELECT * FROM ${input.sql} WHERE ${condition}`,
    lineage: passedThrough(influences),
  })
  return [
    ...cases.map(({ to, holds }, i) =>
      output(to, config.mode === 'all' ? holds : join([...none(cases.slice(0, i)), holds], ' AND ')),
    ),
    output(config.else, join(none(cases), ' AND ')),
  ]
}

function none(cases: readonly { readonly holds: Sql }[]): Sql[] {
  return cases.map(({ holds }) => sql`NOT ${holds}`)
}
