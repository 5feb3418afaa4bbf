import { type ColumnOrigin, type CompiledPipeline, type OutputRef, relationName } from './compiled.ts'
import { findColumn, foldName, visible } from './names.ts'
import { findOutput } from './statement.ts'

/** How a source column has a part in an output column. */
export type LineageKind = 'direct' | 'expression' | 'filter' | 'join_key' | 'group_key' | 'order'

export interface SourceColumn {
  /** The source node and its column. */
  readonly node: string
  readonly column: string
  /** `direct`: the same value on at least one way. `expression`: computed from it. The others only decide which rows there are. */
  readonly kind: LineageKind
  /** Outputs with their column from the source to the asked one: `orders.id`, `mapped.order_id`. One way; there may be more. */
  readonly path: readonly string[]
}

export interface Lineage {
  /** Sorted by source node, column and kind. */
  readonly sources: readonly SourceColumn[]
  /** An sql node is on the way: its columns count as coming from every column it reads, so some may be too many. */
  readonly isApproximate: boolean
}

interface Step {
  readonly ref: OutputRef
  readonly column: string
  readonly kind: LineageKind
  readonly path: readonly string[]
}

/**
 * The source columns behind a column of an output, and those that decide about its rows. Exact to the column for all nodes
 * but sql; an expression counts every column it names.
 */
export function lineageOf(compiled: CompiledPipeline, ref: OutputRef, column: string): Lineage {
  const found = new Map<string, SourceColumn>()
  const seen = new Set<string>()
  const steps: Step[] = [{ ref, column, kind: 'direct', path: [] }]
  let isApproximate = false
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    const key = JSON.stringify([relationName(step.ref), foldName(step.column), step.kind])
    if (seen.has(key)) continue
    seen.add(key)
    const path = [`${relationName(step.ref)}.${step.column}`, ...step.path]
    const source = compiled.sources.find(({ node }) => node === step.ref.node)
    if (source !== undefined) {
      const name = findColumn(visible(source.columns ?? []), step.column)?.name
      if (name !== undefined) found.set(key, { node: source.node, column: name, kind: step.kind, path })
      continue
    }
    const back = stepBack(compiled, step, path)
    isApproximate ||= back.isApproximate
    steps.push(...back.steps)
  }
  const sources = [...found.values()].toSorted((a, b) => compareText(sortKey(a), sortKey(b)))
  return { sources, isApproximate }
}

function stepBack(
  compiled: CompiledPipeline,
  { ref, column, kind }: Step,
  path: readonly string[],
): { steps: Step[]; isApproximate: boolean } {
  const node = compiled.nodes.find(({ name }) => name === ref.node)
  const lineage = findOutput(compiled, ref)?.lineage
  if (node === undefined || lineage === undefined) return { steps: [], isApproximate: false }
  if (lineage.isApproximate === true) {
    const steps = node.inputs.flatMap((input) =>
      visibleColumns(compiled, input).map(
        (name): Step => ({ ref: input, column: name, kind: weaker(kind, 'expression'), path }),
      ),
    )
    return { steps, isApproximate: true }
  }
  const named = [...lineage.columns].find(([name]) => foldName(name) === foldName(column))
  const [first] = node.inputs
  const same: ColumnOrigin[] = first === undefined ? [] : [{ input: first, column, kind: 'direct' }]
  const origins = named === undefined ? same : named[1]
  return {
    steps: [
      ...origins.map(
        (origin): Step => ({ ref: origin.input, column: origin.column, kind: weaker(kind, origin.kind), path }),
      ),
      ...lineage.influences.map((one): Step => ({ ref: one.input, column: one.column, kind: one.kind, path })),
    ],
    isApproximate: false,
  }
}

/** A value stays direct only while every step is; once it only decides about rows, that is all it does. */
function weaker(kind: LineageKind, step: 'direct' | 'expression'): LineageKind {
  return kind === 'direct' ? step : kind
}

function visibleColumns(compiled: CompiledPipeline, ref: OutputRef): string[] {
  const columns = findOutput(compiled, ref)?.columns ?? compiled.sources.find(({ node }) => node === ref.node)?.columns
  return visible(columns ?? []).map(({ name }) => name)
}

function sortKey({ node, column, kind }: SourceColumn): string {
  return JSON.stringify([node, column, kind])
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
