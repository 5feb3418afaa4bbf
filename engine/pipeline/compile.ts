import { type Column, LOCATOR_COLUMN } from '../contract/column.ts'
import { Failure, type FailureCode, type FailureData, failureFromData } from '../contract/failure.ts'
import type { ParameterValues, PipelineFile } from '../contract/pipeline-file.ts'
import { compileNode, type NodeResult } from './compile-node.ts'
import {
  type Binder,
  type CompiledNode,
  type CompiledPipeline,
  type CompiledSource,
  type CompiledTarget,
  type OutputRef,
  relationName,
} from './compiled.ts'
import { type LinkedNode, linkDocument, type PlacedProblem } from './document.ts'
import type { ParameterLiterals } from './expression/expression.ts'
import { findColumn, visible } from './names.ts'
import { neededColumns } from './needed-columns.ts'
import { inputRelation } from './node-context.ts'
import { sourceConfig } from './nodes/source/config.ts'
import { targetConfig } from './nodes/target/config.ts'
import { parameterLiterals } from './parameter-literals.ts'

export interface CompileRequest {
  readonly name: string
  readonly file: PipelineFile
  /** Columns of the dataset of each source node, by node name. */
  readonly schemas: ReadonlyMap<string, readonly Column[]>
  readonly parameters: ParameterValues
  readonly bind: Binder
}

export interface CheckedPipeline {
  /** Codes `node.…` and `pipeline.…`, in the order of the nodes; empty when the pipeline can run. */
  readonly problems: readonly FailureData[]
  readonly warnings: CompiledPipeline['warnings']
  /** What could be compiled: everything when there are no problems, else the nodes that do not depend on a wrong one. */
  readonly compiled: CompiledPipeline
}

/**
 * Compiles a pipeline, or says everything that is wrong with it. Same request, same result.
 * @throws Failure `pipeline.invalid` with all problems.
 */
export async function compilePipeline(request: CompileRequest): Promise<CompiledPipeline> {
  const { problems, compiled } = await checkPipeline(request)
  if (problems.length === 0) return compiled
  throw new Failure('pipeline.invalid', {
    pipeline: request.name,
    count: problems.length,
    places: problems.map(({ detail }) =>
      [detail['node'], detail['field'], detail['parameter']].filter(Boolean).join('.'),
    ),
    problems: problems.map(({ code, detail }) => ({ code, detail })),
  })
}

/** Every problem of a pipeline as data, with what could be compiled all the same. */
export async function checkPipeline(request: CompileRequest): Promise<CheckedPipeline> {
  const { nodes, problems } = linkDocument(request.file)
  const parameters = parameterLiterals(request.file.parameters ?? {}, request.parameters)
  const state: State = {
    request,
    parameters: parameters.literals,
    located: upstreamOf(nodes, (node) => node.parsed.rejectOutputs.length > 0),
    columns: new Map(),
    problems: [...problems],
    sources: [],
    nodes: [],
    targets: [],
  }
  for (const node of nodes) await compileOne(state, node)
  const warnings = unusedNodes(nodes).map((node) => {
    const failure = new Failure('node.unused', { node, field: 'input' })
    return { node, message: failure.message, failure: failure.toJSON() }
  })
  const compiled: CompiledPipeline = {
    name: request.name,
    sources: state.sources.map((source) => ({ ...source, needed: neededColumns(state, source) })),
    nodes: state.nodes,
    targets: state.targets,
    needsLocator: nodes.some(({ parsed }) => parsed.rejectOutputs.length > 0),
    warnings,
  }
  const order = Object.keys(request.file.nodes)
  const placed = state.problems.toSorted((a, b) => order.indexOf(a.node) - order.indexOf(b.node)).map(toData)
  return { problems: [...parameters.problems, ...placed], warnings, compiled }
}

interface State {
  readonly request: CompileRequest
  readonly parameters: ParameterLiterals
  /** Nodes whose rows may be rejected further on. */
  readonly located: ReadonlySet<string>
  /** Columns of every output compiled so far, by relation name. */
  readonly columns: Map<string, readonly Column[]>
  readonly problems: PlacedProblem[]
  readonly sources: CompiledSource[]
  readonly nodes: CompiledNode[]
  readonly targets: CompiledTarget[]
}

async function compileOne(state: State, node: LinkedNode): Promise<void> {
  if (node.type === 'source') return compileSourceNode(state, node)
  const inputs = node.inputs.map((ref) => ({ ref, columns: state.columns.get(relationName(ref)) }))
  if (inputs.some(({ columns }) => columns === undefined)) return
  const result = await compileNode({
    node,
    inputs: inputs.map(({ ref, columns }) => inputRelation(ref, columns ?? [])),
    parameters: state.parameters,
    bind: state.request.bind,
  })
  state.problems.push(...result.problems.map((problem) => ({ ...problem, node: node.name })))
  keep(state, node, result)
}

function keep(state: State, node: LinkedNode, result: NodeResult): void {
  const { name, type, inputs, parsed } = node
  if (result.problems.length > 0) {
    const first = state.columns.get(inputs[0] === undefined ? '' : relationName(inputs[0]))
    if (parsed.keepsColumns && first !== undefined) state.columns.set(name, first)
    return
  }
  if (type === 'target') {
    state.targets.push(compiledTarget(node))
    return
  }
  for (const { ref, columns } of result.outputs) state.columns.set(relationName(ref), columns)
  const { scope, rejectOutputs } = parsed
  state.nodes.push({ name, type, inputs, outputs: result.outputs, scope, rejectOutputs })
}

async function compileSourceNode(state: State, node: LinkedNode): Promise<void> {
  const { dataset, options, columns: chosen } = sourceConfig.parse(node.parsed.config)
  const schema = state.request.schemas.get(node.name)
  if (schema === undefined || schema.length === 0) {
    state.problems.push({ node: node.name, code: 'node.schema_unknown', detail: { field: 'dataset', dataset } })
    return
  }
  const input = inputRelation({ node: node.name, output: 'out' }, schema)
  const { problems } = await compileNode({
    node,
    inputs: [input],
    parameters: state.parameters,
    bind: state.request.bind,
  })
  state.problems.push(...problems.map((problem) => ({ ...problem, node: node.name })))
  if (problems.length > 0) return
  const shown = visible(schema)
  const picked = chosen === undefined ? shown : chosen.flatMap((name) => findColumn(shown, name) ?? [])
  const withLocator = state.located.has(node.name)
  const locator: Column = { name: LOCATOR_COLUMN, type: 'VARCHAR', hidden: true }
  const columns = withLocator ? [...picked, locator] : picked
  state.columns.set(node.name, columns)
  state.sources.push({ node: node.name, dataset, options, columns, withLocator })
}

function compiledTarget({ name, parsed, inputs }: LinkedNode): CompiledTarget {
  const { dataset, mode, keys, ddl, verify, options } = targetConfig.parse(parsed.config)
  const input: OutputRef = inputs[0] ?? { node: '', output: 'out' }
  return { node: name, input, dataset, mode, keys, ddl, verify, options }
}

/** Names of the nodes for which `isWanted` holds and of all that feed them. */
function upstreamOf(nodes: readonly LinkedNode[], isWanted: (node: LinkedNode) => boolean): Set<string> {
  const found = new Set<string>()
  for (const node of nodes.toReversed()) {
    if (!found.has(node.name) && !isWanted(node)) continue
    found.add(node.name)
    for (const { node: feeder } of node.inputs) found.add(feeder)
  }
  return found
}

function unusedNodes(nodes: readonly LinkedNode[]): string[] {
  const used = upstreamOf(nodes, ({ parsed }) => parsed.group === 'target')
  return nodes.filter(({ name }) => !used.has(name)).map(({ name }) => name)
}

/** Problems are checked against the catalogue here, where their types meet. */
function toData({ node, code, detail }: PlacedProblem): FailureData {
  return failureFromData({ code: code satisfies FailureCode, detail: { node, ...detail } }).toJSON()
}
