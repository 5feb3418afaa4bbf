import { id, join, type Sql, sql } from '../sql/sql.ts'
import { type CompiledOutput, type CompiledPipeline, type OutputRef, relationName } from './compiled.ts'
import { visible } from './names.ts'
import { names } from './select-list.ts'

export interface StatementOptions {
  /** Keeps the hidden columns: for a hand-over between statements of one run. Left out by default. */
  readonly withHidden?: boolean
}

/**
 * One SELECT that gives an output: a CTE for each output it needs, in order, over the relations of the sources.
 *
 * Rows keep the order of a sort only when the output is the sort node's own, or a limit directly on it.
 */
export function statementFor(compiled: CompiledPipeline, ref: OutputRef, options: StatementOptions = {}): Sql {
  const needed = neededOutputs(compiled, ref)
  const columns = columnsOf(compiled, ref)
  const shown = options.withHidden === true ? columns : visible(columns)
  const select = sql`SELECT ${names(shown)} FROM ${id(relationName(ref))}`
  if (needed.length === 0) return select
  const tables = needed.map((output) => sql`${id(relationName(output.ref))} AS (${output.relation})`)
  return sql`WITH ${join(tables, ',\n')}\n${select}`
}

/** Columns of an output, hidden ones too. Empty for an output that does not exist. */
function columnsOf(compiled: CompiledPipeline, ref: OutputRef): CompiledOutput['columns'] {
  return findOutput(compiled, ref)?.columns ?? compiled.sources.find(({ node }) => node === ref.node)?.columns ?? []
}

export function findOutput(compiled: CompiledPipeline, ref: OutputRef): CompiledOutput | undefined {
  const node = compiled.nodes.find(({ name }) => name === ref.node)
  return node?.outputs.find((output) => output.ref.output === ref.output)
}

/** Outputs that stand behind an output and itself, in topological order; sources are not among them. */
function neededOutputs(compiled: CompiledPipeline, ref: OutputRef): CompiledOutput[] {
  const wanted = new Set([relationName(ref)])
  const found: CompiledOutput[] = []
  for (const node of compiled.nodes.toReversed()) {
    for (const output of node.outputs.toReversed()) {
      if (!wanted.has(relationName(output.ref))) continue
      found.unshift(output)
      for (const input of node.inputs) wanted.add(relationName(input))
    }
  }
  return found
}
