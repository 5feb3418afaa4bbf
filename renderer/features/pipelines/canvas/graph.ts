import type { Edge, Node } from '@xyflow/react'
import type { NodeState } from '../../../../engine/contract/api/authoring.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { Connection } from '../document/connections.ts'
import { type Catalogue, inputsOf, nodeOf } from '../document/inputs.ts'
import type { Point } from '../document/layout-edits.ts'

export interface DrawnPort {
  readonly field: string
  readonly isRequired: boolean
}

export interface DrawnOutput {
  /** `node` or `node.output`. */
  readonly output: string
  /** The part after the node's name; empty for its main output. */
  readonly label: string
  readonly isReject: boolean
}

export type DrawnNode = Node<
  {
    readonly name: string
    readonly kind: string
    readonly ports: readonly DrawnPort[]
    readonly outputs: readonly DrawnOutput[]
    readonly state: NodeState['state']
    readonly problem: string | undefined
    readonly columns: number | undefined
  },
  'step'
>

export type DrawnEdge = Edge<Required<Omit<Connection, 'slot'>> & Pick<Connection, 'slot'>>

/** The nodes and edges that are drawn for a document and what is known of it. */
export function drawnGraph(
  document: PipelineFile,
  places: ReadonlyMap<string, Point>,
  known: readonly NodeState[],
  catalogue: Catalogue,
): { readonly nodes: DrawnNode[]; readonly edges: DrawnEdge[] } {
  const states = new Map(known.map((one) => [one.node, one]))
  const wired = Object.entries(document.nodes).map(([name, config]) => ({
    name,
    config,
    inputs: inputsOf(config, catalogue),
  }))
  const read = new Set(wired.flatMap(({ inputs }) => inputs.map(({ output }) => output)))
  const nodes = wired.map(({ name, config }): DrawnNode => {
    const entry = catalogue.get(config.type)
    const state = states.get(name)
    return {
      id: name,
      type: 'step',
      position: places.get(name) ?? { x: 0, y: 0 },
      data: {
        name,
        kind: config.type,
        ports: (entry?.inputs ?? []).map(({ field, least }) => ({ field, isRequired: least > 0 })),
        outputs: outputsOf(name, state, read),
        state: state?.state ?? 'unknown',
        problem: state?.problems[0]?.message,
        columns: state?.outputs[0]?.columns?.length,
      },
    }
  })
  const edges = wired.flatMap(({ name, inputs }) =>
    inputs
      .filter(({ output }) => nodeOf(output) in document.nodes)
      .map(
        ({ field, slot, output }): DrawnEdge => ({
          id: `${output}>${name}.${field}.${slot ?? ''}`,
          source: nodeOf(output),
          sourceHandle: output,
          target: name,
          targetHandle: field,
          data: { from: output, to: name, field, ...(slot === undefined ? {} : { slot }) },
        }),
      ),
  )
  return { nodes, edges }
}

/** The outputs that the engine knows; while it does not, the main one and those that others read. */
function outputsOf(name: string, state: NodeState | undefined, read: ReadonlySet<string>): DrawnOutput[] {
  const known = (state?.outputs ?? []).map(({ output, isReject }) => ({ output, isReject }))
  const listed = new Set(known.map(({ output }) => output))
  const wanted = [...read].filter((output) => nodeOf(output) === name && !listed.has(output))
  const main = known.length === 0 && !wanted.includes(name) ? [name] : []
  return [...known, ...[...main, ...wanted].map((output) => ({ output, isReject: output.endsWith('.rejects') }))].map(
    (one) => ({
      ...one,
      label: one.output.slice(name.length + 1),
    }),
  )
}
