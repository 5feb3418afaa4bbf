import { type CompiledPipeline, type OutputRef, relationName } from '../pipeline/compiled.ts'

/**
 * The part of a pipeline that the given outputs and targets depend on, in the same order.
 *
 * Nodes keep the outputs that are read, and their rejects; rows that would only go to an output nobody reads are filtered.
 */
export function neededFor(
  pipeline: CompiledPipeline,
  wanted: { readonly outputs?: readonly OutputRef[]; readonly targets?: CompiledPipeline['targets'] },
): CompiledPipeline {
  const targets = wanted.targets ?? []
  const read = new Set<string>()
  const names = new Set<string>()
  const want = (ref: OutputRef): void => {
    read.add(relationName(ref))
    names.add(ref.node)
  }
  for (const ref of [...(wanted.outputs ?? []), ...targets.map(({ input }) => input)]) want(ref)
  // Nodes come in topological order, so one pass from the end sees every reader before what it reads.
  const nodes = pipeline.nodes.toReversed().flatMap((node) => {
    if (!names.has(node.name)) return []
    for (const input of node.inputs) want(input)
    const isKept = ({ ref }: { readonly ref: OutputRef }): boolean =>
      node.rejectOutputs.includes(ref.output) || read.has(relationName(ref))
    return [{ ...node, outputs: node.outputs.filter(isKept) }]
  })
  return {
    ...pipeline,
    sources: pipeline.sources.filter(({ node }) => names.has(node)),
    nodes: nodes.toReversed(),
    targets,
  }
}
