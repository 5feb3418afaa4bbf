import { join, sql } from '../../../sql/sql.ts'
import { influencedBy, passedThrough } from '../../lineage-of-node.ts'
import { visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { compileOrder } from '../../order.ts'
import { rowHash } from '../../row-hash.ts'
import { names } from '../../select-list.ts'
import type { DedupeConfig } from './config.ts'

/**
 * NULL equals NULL among keys. Rows that tie under `order` are told apart by a hash of the whole row, so that the same input
 * gives the same result in whatever order it arrives.
 */
export function compileDedupe(compile: CompileInput<DedupeConfig>): NodeOutput[] {
  const { config, input, column } = compile
  const named = config.keys.map((key, i) => column(`keys.${i}`, key).name)
  const all = visible(input.columns).map(({ name }) => name)
  const keys = named.length > 0 ? named : all
  const { items, references } = compileOrder(compile, 'order', config.order)
  const order = named.length > 0 ? [...items, rowHash(input.columns)] : items
  const ordered = order.length === 0 ? sql`` : sql` ORDER BY ${join(order)}`
  const influences = [
    ...influencedBy(input, keys, 'group_key'),
    ...influencedBy(input, named.length > 0 ? all : references, 'order'),
  ]
  return [
    {
      name: 'out',
      relation: sql`SELECT * FROM ${input.sql} QUALIFY row_number() OVER (PARTITION BY ${names(keys)}${ordered}) = 1`,
      lineage: passedThrough(influences),
    },
  ]
}
