import { Failure } from '../contract/failure.ts'
import type { NodeCounts, RowCounts } from '../contract/run.ts'
import type { CompiledNode, CompiledPipeline, OutputRef } from '../pipeline/compiled.ts'
import { relationName } from '../pipeline/compiled.ts'
import { readersOf } from './flow-plan.ts'

/** Rows as they were counted where they passed; nothing in here is computed from another entry. */
export interface FlowCounts {
  /** Rows a source delivered, and those it could not read; by node. */
  readonly delivered: Map<string, bigint>
  readonly unreadable: Map<string, bigint>
  /** Rows of every output of a node, by relation name. */
  readonly outputs: Map<string, bigint>
  /** Rows that the writer of a target says it staged, by target node. */
  readonly staged: Map<string, bigint>
}

export interface NodeTally {
  readonly node: string
  readonly rowsIn: bigint
  readonly rowsOut: bigint
  readonly rejected: bigint
}

export function emptyCounts(): FlowCounts {
  return { delivered: new Map(), unreadable: new Map(), outputs: new Map(), staged: new Map() }
}

export function addCount(counts: Map<string, bigint>, name: string, rows: bigint): void {
  counts.set(name, (counts.get(name) ?? 0n) + rows)
}

/** Rows in and out of every source and node. */
export function tallyNodes(pipeline: CompiledPipeline, counts: FlowCounts): NodeTally[] {
  const sources = pipeline.sources.map(({ node }) => {
    const rowsOut = counts.delivered.get(node) ?? 0n
    const rejected = counts.unreadable.get(node) ?? 0n
    return { node, rowsIn: rowsOut + rejected, rowsOut, rejected }
  })
  return [...sources, ...pipeline.nodes.map((node) => tallyNode(node, counts))]
}

/** The same as a receipt has them, with what the writer of every target took. */
export function printedTallies(pipeline: CompiledPipeline, counts: FlowCounts): NodeCounts[] {
  const targets = pipeline.targets.map(({ node }) => {
    const rows = counts.staged.get(node) ?? 0n
    return { node, rowsIn: rows, rowsOut: rows, rejected: 0n }
  })
  return [...tallyNodes(pipeline, counts), ...targets].map(({ node, rowsIn, rowsOut, rejected }) => ({
    node,
    rowsIn: String(rowsIn),
    rowsOut: String(rowsOut),
    rejected: String(rejected),
  }))
}

/**
 * What became of the rows of a run (contract/run.ts).
 * @throws Failure `run.rows_unaccounted` when the counts of the parts do not add up to what the targets staged.
 */
export function tallyRun(pipeline: CompiledPipeline, counts: FlowCounts): RowCounts {
  const totals = { read: 0n, generated: 0n, written: 0n, rejected: 0n, filtered: 0n }
  const gain = (rows: bigint): void => {
    if (rows > 0n) totals.generated += rows
    else totals.filtered -= rows
  }
  for (const { node } of pipeline.sources) {
    const unreadable = counts.unreadable.get(node) ?? 0n
    totals.read += (counts.delivered.get(node) ?? 0n) + unreadable
    totals.rejected += unreadable
    gain(spread(pipeline, { node, output: 'out' }, counts, false))
  }
  for (const node of pipeline.nodes) {
    const { rowsIn, rowsOut, rejected } = tallyNode(node, counts)
    gain(rowsOut + rejected - rowsIn)
    totals.rejected += rejected
    for (const { ref } of node.outputs) {
      gain(spread(pipeline, ref, counts, node.rejectOutputs.includes(ref.output)))
    }
  }
  for (const target of pipeline.targets) {
    if (!isRejectOutput(pipeline, target.input)) totals.written += counts.staged.get(target.node) ?? 0n
  }
  assertBalanced(totals)
  return {
    read: String(totals.read),
    generated: String(totals.generated),
    written: String(totals.written),
    rejected: String(totals.rejected),
    filtered: String(totals.filtered),
  }
}

function isRejectOutput(pipeline: CompiledPipeline, ref: OutputRef): boolean {
  return pipeline.nodes.some(({ name, rejectOutputs }) => name === ref.node && rejectOutputs.includes(ref.output))
}

/** Rows that come up because an output has several readers, or (negative) go because it has none. */
function spread(pipeline: CompiledPipeline, ref: OutputRef, counts: FlowCounts, isReject: boolean): bigint {
  const rows = countOf(counts, ref)
  const readers = readersOf(pipeline, ref)
  // A reject is counted as rejected wherever it is kept; read by a node it is a row of the flow again.
  const copies = isReject ? readers.nodes : readers.nodes + readers.targets.length - 1
  return BigInt(copies) * rows
}

function tallyNode(node: CompiledNode, counts: FlowCounts): NodeTally {
  const sum = (refs: readonly OutputRef[]): bigint => refs.reduce((total, ref) => total + countOf(counts, ref), 0n)
  const refs = node.outputs.map(({ ref }) => ref)
  return {
    node: node.name,
    rowsIn: sum(node.inputs),
    rowsOut: sum(refs.filter(({ output }) => !node.rejectOutputs.includes(output))),
    rejected: sum(refs.filter(({ output }) => node.rejectOutputs.includes(output))),
  }
}

function countOf(counts: FlowCounts, ref: OutputRef): bigint {
  return counts.outputs.get(relationName(ref)) ?? counts.delivered.get(ref.node) ?? 0n
}

function assertBalanced(totals: Readonly<Record<keyof RowCounts, bigint>>): void {
  const into = totals.read + totals.generated
  const outOf = totals.written + totals.rejected + totals.filtered
  if (into !== outOf) {
    throw new Failure('run.rows_unaccounted', { where: 'the targets', expected: String(into), found: String(outOf) })
  }
}
