import { nearestName } from '../base/suggest.ts'
import { Failure } from '../contract/failure.ts'
import { type CompiledPipeline, type OutputRef, relationName } from '../pipeline/compiled.ts'

/**
 * The output a person named; for a target what it would write.
 * @throws Failure `run.output_missing` with the nearest name.
 */
export function findOutput(pipeline: CompiledPipeline, wanted: OutputRef): OutputRef {
  const target = pipeline.targets.find(({ node }) => node === wanted.node)
  if (target !== undefined && wanted.output === 'out') return target.input
  const outputs = [
    ...pipeline.sources.map(({ node }) => ({ node, output: 'out' })),
    ...pipeline.nodes.flatMap((node) => node.outputs.map(({ ref }) => ref)),
  ]
  const name = relationName(wanted)
  const found = outputs.find((ref) => relationName(ref) === name)
  if (found !== undefined) return found
  const suggestion = nearestName(name, outputs.map(relationName))
  throw new Failure('run.output_missing', { output: name, ...(suggestion === undefined ? {} : { suggestion }) })
}
