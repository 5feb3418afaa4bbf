import { id, join, literal, sql } from '../../../sql/sql.ts'
import { computedFrom } from '../../lineage-of-node.ts'
import { duplicateName, foldName, visible } from '../../names.ts'
import type { CompileInput, NodeOutput } from '../../node-kind.ts'
import { as, hiddenColumns } from '../../select-list.ts'
import type { UnpivotConfig } from './config.ts'

/** The values take the narrowest type that holds all; with a text among them, all are texts. Rows whose value is NULL are left out unless `keepNulls`. */
export function compileUnpivot({ config, input, column, report }: CompileInput<UnpivotConfig>): NodeOutput[] {
  const found = config.columns.map((name, i) => column(`columns.${i}`, name))
  const columns = found.map(({ name }) => name)
  // DuckDB unites numbers by itself, but neither numbers nor dates with text.
  const texts = found.filter(({ type }) => type === 'VARCHAR').length
  const isMixed = texts > 0 && texts < found.length
  const values = columns.map((name) => (isMixed ? sql`CAST(${id(name)} AS VARCHAR)` : id(name)))
  const folded = new Set(columns.map(foldName))
  const kept = visible(input.columns).filter(({ name }) => !folded.has(foldName(name)))
  const twice = duplicateName([...kept.map(({ name }) => name), config.name, config.value])
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'name', name: twice } })
  // Two lists unnested side by side: DuckDB's UNPIVOT would lose the hidden columns' names to the user's choice of names.
  const list = [
    ...kept.map(({ name }) => id(name)),
    as(sql`unnest([${join(columns.map(literal))}])`, config.name),
    as(sql`unnest([${join(values)}])`, config.value),
    ...hiddenColumns(input.columns),
  ]
  const rows = sql`SELECT ${join(list)} FROM ${input.sql}`
  const relation = config.keepNulls
    ? rows
    : sql`SELECT * FROM (${rows}) AS cells WHERE ${id('cells', config.value)} IS NOT NULL`
  const lineage = {
    columns: new Map([
      [config.name, []],
      [config.value, computedFrom(input, columns)],
    ]),
    influences: [],
  }
  return [{ name: 'out', relation, lineage }]
}
