import type { ColumnLineage } from '../../../../engine/contract/api/lineage.ts'
import { nodeOf } from '../document/inputs.ts'

export interface ColumnPath {
  readonly nodes: ReadonlySet<string>
  /** Outputs (`node` or `node.output`) with the columns of them that the path takes. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>
  /** Edges that it takes, as `wireOf` writes them. */
  readonly wires: ReadonlySet<string>
}

/** An edge: the output that is read, and the node that reads it. */
export function wireOf(output: string, reader: string): string {
  return `${output}>${reader}`
}

export interface Step {
  readonly output: string
  readonly column: string
}

/**
 * A step of a path as the engine writes it, `output.column`. Names may have points in them, so the longest output that is known
 * is taken.
 */
export function stepOf(text: string, outputs: readonly string[]): Step | undefined {
  const fitting = outputs.filter((output) => text.startsWith(`${output}.`))
  const output = fitting.toSorted((one, other) => other.length - one.length)[0]
  return output === undefined ? undefined : { output, column: text.slice(output.length + 1) }
}

/** Everything that the values of the asked columns went through. */
export function pathOf(lineages: readonly ColumnLineage[], outputs: readonly string[]): ColumnPath {
  const nodes = new Set<string>()
  const columns = new Map<string, Set<string>>()
  const wires = new Set<string>()
  for (const { sources } of lineages) {
    for (const { path } of sources) {
      const steps = path.flatMap((text) => stepOf(text, outputs) ?? [])
      for (const [place, { output, column }] of steps.entries()) {
        const next = steps[place + 1]
        nodes.add(nodeOf(output))
        columns.set(output, (columns.get(output) ?? new Set()).add(column))
        if (next !== undefined) wires.add(wireOf(output, nodeOf(next.output)))
      }
    }
  }
  return { nodes, columns, wires }
}
