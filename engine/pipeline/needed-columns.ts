import {
  type CompiledNode,
  type CompiledSource,
  type CompiledTarget,
  type OutputRef,
  relationName,
} from './compiled.ts'
import { visible } from './names.ts'

interface Graph {
  readonly nodes: readonly CompiledNode[]
  readonly targets: readonly CompiledTarget[]
}

/**
 * Columns of a source that can reach a target or a reject, or decide about rows on the way. Without targets, all.
 *
 * Walks from the targets back, column by column; a column that lineage says nothing about counts as needed.
 */
export function neededColumns({ nodes, targets }: Graph, source: CompiledSource): string[] {
  const all = visible(source.columns ?? []).map(({ name }) => name)
  if (targets.length === 0) return all
  const needed = new Map<string, Set<string> | 'all'>()
  const want = (ref: OutputRef, columns: readonly string[] | 'all'): void => {
    const name = relationName(ref)
    const known = needed.get(name)
    if (columns === 'all' || known === 'all') needed.set(name, 'all')
    else needed.set(name, new Set([...(known ?? []), ...columns]))
  }
  for (const { input } of targets) want(input, 'all')
  for (const node of nodes.toReversed()) wantInputs(node, needed, want)
  const wanted = needed.get(source.node)
  return wanted === 'all' ? all : all.filter((name) => wanted?.has(name) === true)
}

function wantInputs(
  node: CompiledNode,
  needed: ReadonlyMap<string, ReadonlySet<string> | 'all'>,
  want: (ref: OutputRef, columns: readonly string[] | 'all') => void,
): void {
  const [first] = node.inputs
  for (const { ref, columns, lineage } of node.outputs) {
    const isReject = node.rejectOutputs.includes(ref.output)
    const wanted = isReject ? 'all' : needed.get(relationName(ref))
    if (wanted === undefined) continue
    if (lineage === undefined || lineage.isApproximate === true) {
      for (const input of node.inputs) want(input, 'all')
      continue
    }
    for (const { input, column } of lineage.influences) want(input, [column])
    const names = visible(columns).map(({ name }) => name)
    for (const name of wanted === 'all' ? names : names.filter((column) => wanted.has(column))) {
      const origins = lineage.columns.get(name)
      if (origins === undefined && first !== undefined) want(first, [name])
      for (const { input, column } of origins ?? []) want(input, [column])
    }
  }
}
