import { sql } from '../../../sql/sql.ts'
import { influencedBy, passedThrough } from '../../lineage-of-node.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { compileOrder, orderBy } from '../../order.ts'
import type { SortConfig } from './config.ts'

/** All rows, sorted; NULLs last unless a key says otherwise. */
export function compileSort(compile: CompileInput<SortConfig>): NodeOutput[] {
  const { config, input } = compile
  const { items, references } = compileOrder(compile, 'by', config.by)
  return [
    {
      name: 'out',
      relation: sql`SELECT * FROM ${input.sql}${orderBy(items)}`,
      lineage: passedThrough(influencedBy(input, references, 'order')),
    },
  ]
}
