import { id, literal, sql } from '../../../sql/sql.ts'
import { influencedBy, passedThrough } from '../../lineage-of-node.ts'
import { visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { hashOf } from '../../row-hash.ts'
import type { SampleConfig } from './config.ts'

const PARTS = 1_000_000

/** Chooses by a hash of the values and the seed: equal rows are chosen together under `fraction`. */
export function compileSample({ config, input, column }: CompileInput<SampleConfig>): NodeOutput[] {
  const named = config.by.map((name, i) => column(`by.${i}`, name).name)
  const names = named.length > 0 ? named : visible(input.columns).map(({ name }) => name)
  const hash = hashOf(
    names.map((name) => id(name)),
    config.seed,
  )
  const relation =
    config.rows === undefined
      ? sql`SELECT * FROM ${input.sql} WHERE ${hash} % ${literal(PARTS)} < ${literal(Math.round((config.fraction ?? 0) * PARTS))}`
      : sql`SELECT * FROM ${input.sql} ORDER BY ${hash} LIMIT ${literal(config.rows)}`
  return [{ name: 'out', relation, lineage: passedThrough(influencedBy(input, names, 'filter')) }]
}
