import { literal, sql } from '../../../sql/sql.ts'
import { influencedBy, passedThrough } from '../../lineage-of-node.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { compileOrder, orderBy } from '../../order.ts'
import type { LimitConfig } from './config.ts'

/** At most `rows` rows. Without `order`, which ones depends on the order in which the input gives them. */
export function compileLimit(compile: CompileInput<LimitConfig>): NodeOutput[] {
  const { config, input } = compile
  const { items, references } = compileOrder(compile, 'order', config.order)
  const offset = config.offset === 0 ? sql`` : sql` OFFSET ${literal(config.offset)}`
  return [
    {
      name: 'out',
      relation: sql`SELECT * FROM ${input.sql}${orderBy(items)} LIMIT ${literal(config.rows)}${offset}`,
      lineage: passedThrough(influencedBy(input, references, 'order')),
    },
  ]
}
