import type { NodeState, NodeStateProblem, PipelineState } from '../../../contract/api/authoring.ts'
import { describeFailure, type FailureData, failureFromData } from '../../../contract/failure.ts'
import type { Language } from '../../../contract/localized.ts'
import type { ParameterValues, PipelineFile } from '../../../contract/pipeline-file.ts'
import { type CheckedPipeline, checkPipeline } from '../../../pipeline/compile.ts'
import { relationName } from '../../../pipeline/compiled.ts'
import { parseOutputRef, visible } from '../../../pipeline/names.ts'
import type { ParsedNode } from '../../../pipeline/node-kind.ts'
import { nodeKind } from '../../../pipeline/nodes/all.ts'
import { printProblem } from '../../../workspace/load.ts'
import type { AskedDocument } from './asked-document.ts'
import type { AuthoringDesk } from './desk.ts'
import type { SourceSchemas } from './source-schemas.ts'

export interface StateRequest {
  readonly name: string
  readonly document: AskedDocument
  readonly known: SourceSchemas
  readonly parameters: ParameterValues
  readonly desk: AuthoringDesk
  readonly language: Language
}

/** Not wrong in the file: a schema is learned when the source is first seen, a value is given when the pipeline runs. */
const LATER = new Set(['node.schema_unknown', 'pipeline.parameter_missing'])

/** What is known about every node of a document that may be half written. */
export async function pipelineState(request: StateRequest): Promise<PipelineState> {
  const { name, document, known, parameters, desk, language } = request
  const { file } = document
  const checked = await checkPipeline({ name, file, schemas: known.schemas, parameters, bind: desk.bind })
  const failures = failuresByNode(checked, known)
  const unsure = new Set<string>()
  const states = new Map<string, NodeState>()
  const link = { file, checked, failures, unsure, language }
  // An output is asked for before or after the node that has it: states settle when no round adds an unsure node.
  for (let before = -1; before !== unsure.size; ) {
    before = unsure.size
    for (const node of Object.keys(file.nodes)) states.set(node, stateOf(link, node))
  }
  return {
    nodes: document.names.map((node) => states.get(node) ?? misshapen(document, node)),
    problems: [
      ...document.syntax.map((problem) => ({ severity: 'error' as const, message: printProblem(problem) })),
      ...document.problems.filter(({ node }) => node === undefined).map(formProblem),
      ...checked.problems.filter(({ detail }) => typeof detail['node'] !== 'string').map((one) => said(one, language)),
    ],
  }
}

interface Link {
  readonly file: PipelineFile
  readonly checked: CheckedPipeline
  readonly failures: ReadonlyMap<string, readonly FailureData[]>
  /** Nodes that are wrong or depend on one that is. */
  readonly unsure: Set<string>
  readonly language: Language
}

function stateOf(link: Link, node: string): NodeState {
  const { file, failures, unsure, checked, language } = link
  const raw = file.nodes[node]
  const type = raw?.type ?? ''
  const parsed = nodeKind(type)?.parse(raw)
  const sound = parsed === undefined || Array.isArray(parsed) ? undefined : parsed
  const problems = (failures.get(node) ?? []).map((failure) => said(failure, language))
  const inputs = (sound?.inputs ?? []).map(({ field, text }) => ({ field, output: text }))
  const isWrong = problems.some(({ severity }) => severity === 'error')
  const isReached = inputs.every(({ output }) => !unsure.has(parseOutputRef(output).node))
  const isKnown = !problems.some(({ code }) => code === 'node.schema_unknown') && isCompiled(checked, node)
  const isUnsure = isWrong || !isReached || !isKnown
  if (isUnsure) unsure.add(node)
  return {
    node,
    type,
    state: isWrong ? 'error' : isUnsure ? 'unknown' : problems.length > 0 ? 'warning' : 'ok',
    outputs: outputsOf(checked, node, sound),
    inputs,
    problems,
  }
}

function isCompiled({ compiled }: CheckedPipeline, node: string): boolean {
  return (
    compiled.sources.some((source) => source.node === node) ||
    compiled.nodes.some(({ name }) => name === node) ||
    compiled.targets.some((target) => target.node === node)
  )
}

function outputsOf({ compiled }: CheckedPipeline, node: string, parsed: ParsedNode | undefined): NodeState['outputs'] {
  const source = compiled.sources.find((candidate) => candidate.node === node)?.columns
  const computed = compiled.nodes.find(({ name }) => name === node)?.outputs ?? []
  return (parsed?.outputs ?? []).map((output) => {
    const columns = source ?? computed.find(({ ref }) => ref.output === output)?.columns
    return {
      output: relationName({ node, output }),
      isReject: parsed?.rejectOutputs.includes(output) === true,
      ...(columns === undefined ? {} : { columns: visible(columns) }),
    }
  })
}

/** Problems of the compiler, warnings, and why a source is not known in place of that it is not. */
function failuresByNode({ problems, warnings }: CheckedPipeline, known: SourceSchemas): Map<string, FailureData[]> {
  const found = new Map<string, FailureData[]>()
  const add = (node: unknown, failure: FailureData): void => {
    if (typeof node === 'string') found.set(node, [...(found.get(node) ?? []), failure])
  }
  for (const problem of problems) {
    const node = problem.detail['node']
    const cause = typeof node === 'string' ? known.failures.get(node) : undefined
    if (problem.code === 'node.schema_unknown' && cause !== undefined) add(node, cause.toJSON())
    else add(node, problem)
  }
  for (const { node, failure } of warnings) {
    if (failure !== undefined) add(node, failure)
  }
  return found
}

function said(data: FailureData, language: Language): NodeStateProblem {
  const failure = failureFromData(data)
  const { message, next } = describeFailure(failure, language)
  const { field, suggestion } = data.detail
  const isWarning = LATER.has(data.code) || data.code === 'node.unused'
  return {
    severity: isWarning ? 'warning' : 'error',
    message,
    ...(next === '' ? {} : { nextStep: next }),
    ...(typeof field === 'string' && field !== '' ? { field } : {}),
    code: data.code,
    ...(typeof suggestion === 'string' ? { suggestion } : {}),
  }
}

function misshapen({ problems }: AskedDocument, node: string): NodeState {
  const own = problems.filter((problem) => problem.node === node).map(formProblem)
  return { node, state: 'error', outputs: [], inputs: [], problems: own }
}

function formProblem({ field, message }: AskedDocument['problems'][number]): NodeStateProblem {
  return { severity: 'error', message, ...(field === undefined ? {} : { field }) }
}
