import { type Column, LOCATOR_COLUMN } from '../../contract/column.ts'
import type { ParameterValues, PipelineFile } from '../../contract/pipeline-file.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { compileNode } from '../../pipeline/compile-node.ts'
import {
  type Binder,
  type CompiledPipeline,
  type OutputLineage,
  type OutputRef,
  relationName,
} from '../../pipeline/compiled.ts'
import { type LinkedNode, linkDocument } from '../../pipeline/document.ts'
import type { ParameterLiterals } from '../../pipeline/expression/expression.ts'
import { visible } from '../../pipeline/names.ts'
import { inputRelation } from '../../pipeline/node-context.ts'
import { parameterLiterals } from '../../pipeline/parameter-literals.ts'
import { names } from '../../pipeline/select-list.ts'
import { id, literal, sql } from '../../sql/sql.ts'
import { fileFor, openCompiler } from '../compiler.ts'
import { findOutput } from '../output-ref.ts'
import type { RunPorts } from '../ports.ts'
import { rowFunctionsOf } from '../row-functions.ts'
import type { NamedSource, SampleSource } from '../sample-source.ts'

export interface TraceRequest {
  readonly pipelineName: string
  readonly file: PipelineFile
  readonly ref: OutputRef
  readonly parameters: ParameterValues
  readonly bind: Binder
  /** Rows of each source to look at; at most, and when absent, as many as a trace can keep. */
  readonly sampleRows?: number
}

/** One output with every row numbered, and the number of the row of the first input it was made of where a node keeps that. */
export interface TracedOutput {
  readonly ref: OutputRef
  /** Without the hidden ones. */
  readonly columns: readonly Column[]
  readonly hasLocator: boolean
  readonly hasOrigin: boolean
  readonly lineage?: OutputLineage | undefined
}

export interface TracedNode {
  readonly node: LinkedNode
  readonly outputs: readonly TracedOutput[]
}

/** A pipeline whose every output is kept, so that rows can be followed. */
export interface Trace {
  readonly duck: Duck
  readonly call: DuckCall
  /** Sources too, in topological order. */
  readonly nodes: readonly TracedNode[]
  readonly parameters: ParameterLiterals
  /** The output that is asked about; of a target its input. */
  readonly ref: OutputRef
  readonly isWhole: boolean
  readonly takenAt?: string | undefined
  readonly warnings: readonly string[]
}

/** Number of a row in its own output, and of the row it was made of. Carried through nodes like the locator. */
export const OWN = '_runnel_own'
export const ORIGIN = '_runnel_row'

const TRACED_ROWS = 200_000
const MEMORY_MB = 512

/** Where `origin` of a trace must also know the sources as: they are read under these names. */
function readName(node: string): string {
  return `_runnel_read_${node}`
}

/** The table of an output with its numbers. */
export function traceTable(ref: OutputRef): string {
  return `_runnel_trace_${relationName(ref)}`
}

interface TraceScope {
  readonly stack: AsyncDisposableStack
  readonly signal: AbortSignal | undefined
  readonly keys: RunPorts['keys']
}

/**
 * Computes every output on the way to the asked one over the first rows of the sources and keeps them.
 * @throws what compiling and reading throw
 */
export async function openTrace(
  request: TraceRequest,
  openOrigin: (sources: readonly NamedSource[]) => Promise<SampleSource>,
  { stack, signal, keys }: TraceScope,
): Promise<Trace> {
  const file = fileFor(request.file, request.ref)
  const compiler = stack.use(await openCompiler({ ...request, file }))
  const renamed = compiler.sources.map((source) => ({ ...source, node: readName(source.node) }))
  const origin = stack.use(await openOrigin([...compiler.sources, ...renamed]))
  const compiled = await compiler.compile(await origin.describe(compiler.sources))
  const functions = await rowFunctionsOf(file, keys)
  const duck = stack.use(
    await openDuck({ memoryLimitMb: MEMORY_MB, allowedDirectories: origin.folders(), ...functions }),
  )
  const call: DuckCall = signal === undefined ? {} : { signal }
  const parameters = parameterLiterals(file.parameters ?? {}, request.parameters).literals
  const linked = linkDocument(file).nodes.filter(({ parsed }) => parsed.group !== 'target')
  const rows = Math.min(request.sampleRows ?? TRACED_ROWS, TRACED_ROWS)
  const read = { duck, call, origin, compiled, rows }
  const nodes: TracedNode[] = []
  let isWhole = true
  const taken: string[] = []
  const warnings: string[] = []
  for (const node of linked) {
    if (node.type !== 'source') {
      nodes.push(await traceNode({ duck, call, parameters, bind: request.bind }, node, nodes))
      continue
    }
    const loaded = await traceSource(read, node)
    nodes.push({ node, outputs: [loaded.output] })
    isWhole &&= loaded.isWhole
    if (loaded.takenAt !== undefined) taken.push(loaded.takenAt)
    warnings.push(...loaded.warnings)
  }
  const ref = findOutput(compiled, request.ref)
  return { duck, call, nodes, parameters, ref, isWhole, takenAt: taken.toSorted()[0], warnings }
}

interface Read {
  readonly duck: Duck
  readonly call: DuckCall
  readonly origin: SampleSource
  readonly compiled: CompiledPipeline
  readonly rows: number
}

async function traceSource({ duck, call, origin, compiled, rows }: Read, { name }: LinkedNode) {
  const source = compiled.sources.find(({ node }) => node === name)
  const columns = visible(source?.columns ?? [])
  const locator: Column = { name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }
  const read = readName(name)
  const { dataset = '', options } = source ?? {}
  const wanted = { node: read, dataset, options, columns: [...columns, locator], withLocator: true }
  const loaded = await origin.load(duck, wanted, rows)
  const output: TracedOutput = { ref: { node: name, output: 'out' }, columns, hasLocator: true, hasOrigin: false }
  await keep({ duck, call }, output, sql`SELECT * FROM ${id(read)} LIMIT ${literal(rows)}`)
  return { ...loaded, output }
}

interface NodeTracing {
  readonly duck: Duck
  readonly call: DuckCall
  readonly parameters: ParameterLiterals
  readonly bind: Binder
}

/** The node compiled once more over inputs whose rows carry their number, which it passes on with the hidden columns. */
async function traceNode(
  { duck, call, parameters, bind }: NodeTracing,
  node: LinkedNode,
  before: readonly TracedNode[],
): Promise<TracedNode> {
  const inputs = node.inputs.map((ref) => inputRelation(ref, numbered(outputOf(before, ref))))
  const { outputs } = await compileNode({ node, inputs, parameters, bind })
  const traced: TracedOutput[] = []
  for (const { ref, columns, relation, lineage } of outputs) {
    const output: TracedOutput = {
      ref,
      columns: visible(columns),
      hasLocator: columns.some(({ name, hidden }) => hidden === true && name === LOCATOR_COLUMN),
      hasOrigin: columns.some(({ name, hidden }) => hidden === true && name === ORIGIN),
      lineage,
    }
    await keep({ duck, call }, output, relation)
    traced.push(output)
  }
  return { node, outputs: traced }
}

function numbered(output: TracedOutput | undefined): Column[] {
  const locator: Column[] = output?.hasLocator === true ? [{ name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }] : []
  return [...(output?.columns ?? []), ...locator, { name: ORIGIN, type: 'BIGINT', hidden: true }]
}

export function outputOf(nodes: readonly TracedNode[], ref: OutputRef): TracedOutput | undefined {
  const name = relationName(ref)
  return nodes.flatMap(({ outputs }) => outputs).find((output) => relationName(output.ref) === name)
}

async function keep(
  { duck, call }: Pick<Trace, 'duck' | 'call'>,
  { ref, columns, hasLocator }: TracedOutput,
  relation: ReturnType<typeof sql>,
): Promise<void> {
  const table = id(traceTable(ref))
  await duck.run(sql`CREATE TABLE ${table} AS SELECT row_number() OVER () AS ${id(OWN)}, * FROM (${relation})`, call)
  const list = names([...columns, ...(hasLocator ? [LOCATOR_COLUMN] : [])])
  await duck.run(
    sql`CREATE VIEW ${id(relationName(ref))} AS SELECT ${list}, ${id(OWN)} AS ${id(ORIGIN)} FROM ${table}`,
    call,
  )
}
