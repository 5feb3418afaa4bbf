import type { z } from 'zod'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import type { OutputRef } from './compiled.ts'
import { alternatives, foldName, parseOutputRef } from './names.ts'
import type { NodeProblem, ParsedNode } from './node-kind.ts'
import { NODES, nodeKind } from './nodes/all.ts'

/** A problem with the node it belongs to. */
export type PlacedProblem = NodeProblem & { readonly node: string }

export interface LinkedNode {
  readonly name: string
  readonly type: string
  readonly parsed: ParsedNode
  readonly inputs: readonly OutputRef[]
}

export interface LinkedDocument {
  /** Inputs before those who use them; else in the file's order. Without nodes that cannot be compiled. */
  readonly nodes: readonly LinkedNode[]
  readonly problems: readonly PlacedProblem[]
}

/** Parses every node, resolves its inputs and puts them in order. Everything that needs no columns is checked here. */
export function linkDocument(file: PipelineFile): LinkedDocument {
  const problems: PlacedProblem[] = [...duplicateNodes(Object.keys(file.nodes))]
  const parsed = new Map<string, LinkedNode>()
  for (const [name, raw] of Object.entries(file.nodes)) {
    const kind = nodeKind(raw.type)
    if (kind === undefined) {
      const detail = { field: 'type', name: raw.type, ...alternatives(raw.type, Object.keys(NODES)) }
      problems.push({ node: name, code: 'node.unknown_type', detail })
      continue
    }
    const result = kind.parse(raw)
    if (Array.isArray(result)) problems.push(...result.map((issue) => configProblem(name, raw, issue)))
    else parsed.set(name, { name, type: raw.type, parsed: result, inputs: [] })
  }
  const linked = new Map<string, LinkedNode>()
  for (const node of parsed.values()) {
    const found = linkInputs(node, { parsed, declared: Object.keys(file.nodes) })
    problems.push(...found.problems)
    if (found.problems.length === 0) linked.set(node.name, { ...node, inputs: found.inputs })
  }
  const ordered = inOrder(linked)
  return { nodes: ordered.nodes, problems: [...problems, ...ordered.problems] }
}

function* duplicateNodes(names: readonly string[]): Generator<PlacedProblem> {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(foldName(name))) yield { node: name, code: 'node.duplicate_name', detail: { field: 'nodes', name } }
    seen.add(foldName(name))
  }
}

function configProblem(node: string, config: unknown, issue: z.core.$ZodIssue): PlacedProblem {
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  const field = keys.map(String).join('.')
  if (isMissing(config, issue)) return { node, code: 'node.setting_missing', detail: { field } }
  return { node, code: 'node.config_invalid', detail: { field, reason: issue.message } }
}

/** Not there, or empty where something must be. */
function isMissing(config: unknown, { code, path }: z.core.$ZodIssue): boolean {
  if (code !== 'invalid_type' && code !== 'too_small' && code !== 'invalid_union') return false
  const value = path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), config)
  return value === undefined || value === '' || (code === 'too_small' && Array.isArray(value) && value.length === 0)
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}

interface Known {
  readonly parsed: ReadonlyMap<string, LinkedNode>
  readonly declared: readonly string[]
}

function linkInputs(node: LinkedNode, known: Known): { inputs: OutputRef[]; problems: PlacedProblem[] } {
  const problems: PlacedProblem[] = []
  const inputs = node.parsed.inputs.map(({ field, text }) => {
    const ref = parseOutputRef(text)
    const from = known.parsed.get(ref.node)
    // A node that exists but could not be parsed has its own problem already.
    if (from === undefined && known.declared.includes(ref.node)) return ref
    if (from?.parsed.outputs.includes(ref.output) !== true) {
      const names = from === undefined ? allOutputs(known.parsed, node.name) : outputNames(from)
      problems.push({
        node: node.name,
        code: 'node.unknown_input',
        detail: { field, name: text, ...alternatives(text, names) },
      })
    }
    return ref
  })
  return { inputs, problems }
}

function allOutputs(nodes: ReadonlyMap<string, LinkedNode>, except: string): string[] {
  return [...nodes.values()].filter(({ name }) => name !== except).flatMap(outputNames)
}

function outputNames({ name, parsed }: LinkedNode): string[] {
  return parsed.outputs.map((output) => (output === 'out' ? name : `${name}.${output}`))
}

/** Depth first in the file's order. A node on a cycle is reported once and left out, as is all that needs it. */
function inOrder(nodes: ReadonlyMap<string, LinkedNode>): LinkedDocument {
  const done = new Map<string, boolean>()
  const ordered: LinkedNode[] = []
  const problems: PlacedProblem[] = []
  const visit = (name: string, path: readonly string[]): boolean => {
    const known = done.get(name)
    if (known !== undefined) return known
    const node = nodes.get(name)
    if (node === undefined) return false
    const start = path.indexOf(name)
    if (start >= 0) {
      const cycle = [...path.slice(start), name]
      problems.push({ node: name, code: 'node.cycle', detail: { field: 'input', path: cycle } })
      return false
    }
    const isComplete = node.inputs.map((ref) => visit(ref.node, [...path, name])).every(Boolean)
    done.set(name, isComplete)
    if (isComplete) ordered.push(node)
    return isComplete
  }
  for (const name of nodes.keys()) visit(name, [])
  return { nodes: ordered, problems }
}
