import { sql } from '../../../sql/sql.ts'
import { influencedBy, passedThrough } from '../../lineage-of-node.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import type { FilterConfig } from './config.ts'

/** Rows for which the condition is true; false and NULL are left out. Columns stay. */
export function compileFilter({ config, input, expression }: CompileInput<FilterConfig>): NodeOutput[] {
  const where = expression('where', config.where, { decides: true })
  return [
    {
      name: 'out',
      relation: sql`SELECT * FROM ${input.sql} WHERE ${where.sql}`,
      lineage: passedThrough(influencedBy(input, where.references, 'filter')),
    },
  ]
}
