import type { CompiledNode, CompiledPipeline, CompiledTarget, OutputRef } from '../pipeline/compiled.ts'
import { relationName } from '../pipeline/compiled.ts'
import type { Sql } from '../sql/sql.ts'

/** One output of a node and how it is made queryable. */
export interface FlowOutput {
  readonly ref: OutputRef
  readonly name: string
  readonly relation: Sql
  readonly isReject: boolean
  /** A table when it is read more than once or would not come out the same twice, else a view. */
  readonly isTable: boolean
}

/** Who reads one output: how many node inputs, and which targets. */
export interface Readers {
  readonly nodes: number
  readonly targets: readonly CompiledTarget[]
}

export interface FlowPlan {
  /** Outputs of all nodes in topological order. */
  readonly outputs: readonly FlowOutput[]
}

/**
 * Decides which outputs are computed once and kept, and which are folded into their one reader.
 *
 * Kept are: outputs of volatile SQL (two computations would differ), outputs with several readers, and outputs of
 * set nodes (their order among equals is not fixed) unless one target takes them without a checksum.
 * @param isVolatile whether a piece of SQL may give other rows when it is run again on the same input
 */
export function planFlow(pipeline: CompiledPipeline, isVolatile: (relation: Sql) => boolean): FlowPlan {
  const outputs = pipeline.nodes.flatMap((node) =>
    node.outputs.map((output): FlowOutput => {
      const readers = readersOf(pipeline, output.ref)
      return {
        ref: output.ref,
        name: relationName(output.ref),
        relation: output.relation,
        isReject: node.rejectOutputs.includes(output.ref.output),
        isTable: isVolatile(output.relation) || computations(pipeline, output.ref) > 1 || isKeptSet(node, readers),
      }
    }),
  )
  return { outputs }
}

export function readersOf(pipeline: CompiledPipeline, ref: OutputRef): Readers {
  return {
    nodes: pipeline.nodes.flatMap(({ inputs }) => inputs).filter((input) => isSameOutput(input, ref)).length,
    targets: pipeline.targets.filter(({ input }) => isSameOutput(input, ref)),
  }
}

export function isSameOutput(a: OutputRef, b: OutputRef): boolean {
  return a.node === b.node && a.output === b.output
}

/** How often an output's rows are asked for: every output of a reading node asks for its input once. */
function computations(pipeline: CompiledPipeline, ref: OutputRef): number {
  const byNodes = pipeline.nodes
    .map(({ inputs, outputs }) => inputs.filter((input) => isSameOutput(input, ref)).length * outputs.length)
    .reduce((sum, count) => sum + count, 0)
  return byNodes + readersOf(pipeline, ref).targets.length
}

function isKeptSet(node: CompiledNode, readers: Readers): boolean {
  if (node.scope === 'row') return false
  const [only] = readers.targets
  return !(only?.verify === 'counts' && readers.targets.length === 1 && readers.nodes === 0)
}
