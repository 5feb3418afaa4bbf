import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { withNode } from './edits.ts'
import { type Catalogue, inputsOf, mapInputs, type NodeConfig, nodeOf } from './inputs.ts'

/** Whether `to` reads from `from`, directly or through others. */
export function readsFrom(document: PipelineFile, to: string, from: string, catalogue: Catalogue): boolean {
  const seen = new Set<string>()
  const visit = (name: string): boolean => {
    if (name === from) return true
    if (seen.has(name)) return false
    seen.add(name)
    const config = document.nodes[name]
    return config !== undefined && inputsOf(config, catalogue).some(({ output }) => visit(nodeOf(output)))
  }
  return visit(to)
}

export interface Connection {
  /** `node` or `node.output`. */
  readonly from: string
  readonly to: string
  /** The port; the first with a free place when absent. */
  readonly field?: string
  /** Place in a list, or name in a record; every place of the port when absent. */
  readonly slot?: number | string
}

/** Why two nodes cannot be connected; undefined when they can. */
export function refusal(
  document: PipelineFile,
  { from, to, field }: Connection,
  catalogue: Catalogue,
): 'self' | 'cycle' | 'no_input' | undefined {
  const config = document.nodes[to]
  if (nodeOf(from) === to) return 'self'
  if (config === undefined || portFor(config, field, catalogue) === undefined) return 'no_input'
  return readsFrom(document, nodeOf(from), to, catalogue) ? 'cycle' : undefined
}

/** The node reading from the output: a single input is replaced, a list grows. Refused connections change nothing. */
export function withConnection(document: PipelineFile, connection: Connection, catalogue: Catalogue): PipelineFile {
  const { from, to, field } = connection
  const config = document.nodes[to]
  if (config === undefined || refusal(document, connection, catalogue) !== undefined) return document
  const port = portFor(config, field, catalogue)
  if (port === undefined) return document
  return withNode(document, to, { ...config, [port.field]: grown(config[port.field], from, port.takes) })
}

function grown(value: unknown, from: string, takes: 'one' | 'list' | 'named'): unknown {
  if (takes === 'one') return from
  if (Array.isArray(value)) return value.includes(from) ? value : [...value, from]
  // Names of its own: the new input is called like its node.
  if (typeof value === 'object' && value !== null) return { ...value, [nodeOf(from)]: from }
  return [from]
}

function portFor(config: NodeConfig, field: string | undefined, catalogue: Catalogue) {
  const ports = catalogue.get(config.type)?.inputs ?? []
  if (field !== undefined) return ports.find((port) => port.field === field)
  const isFree = (port: (typeof ports)[number]): boolean =>
    port.takes !== 'one' || config[port.field] === undefined || config[port.field] === ''
  return ports.find(isFree) ?? ports[0]
}

/** The node not reading from the output at that place any more. */
export function withoutConnection(document: PipelineFile, wire: Connection, catalogue: Catalogue): PipelineFile {
  return rewired(document, wire, undefined, catalogue)
}

/** The connection with another end. Where its new ends cannot be connected it stays as it was. */
export function withReconnected(
  document: PipelineFile,
  wire: Connection,
  next: Connection,
  catalogue: Catalogue,
): PipelineFile {
  const cut = withoutConnection(document, wire, catalogue)
  if (cut === document || refusal(cut, next, catalogue) !== undefined) return document
  // At the same port it keeps its place among the others.
  if (next.to === wire.to && next.field === wire.field) return rewired(document, wire, next.from, catalogue)
  return withConnection(cut, next, catalogue)
}

/** A new node between two that are connected: it reads what was read, and is read in its place. */
export function withInserted(
  document: PipelineFile,
  wire: Connection,
  { name, config }: { readonly name: string; readonly config: NodeConfig },
  catalogue: Catalogue,
): PipelineFile {
  return withNode(rewired(document, wire, name, catalogue), name, config)
}

/** The reader of a connection reading `output` at its place; nothing there when that is undefined. */
function rewired(
  document: PipelineFile,
  { from, to, field, slot }: Connection,
  output: string | undefined,
  catalogue: Catalogue,
): PipelineFile {
  const config = document.nodes[to]
  if (config === undefined) return document
  const next = mapInputs(config, catalogue, (read, place) => {
    const isIt = read === from && (field ?? place.field) === place.field && (slot ?? place.slot) === place.slot
    return isIt ? output : read
  })
  return next === config ? document : withNode(document, to, next)
}

/** The connections of `after` that `before` did not have, each as its two ends. */
export function newConnections(
  before: PipelineFile,
  after: PipelineFile,
  catalogue: Catalogue,
): readonly { readonly from: string; readonly to: string }[] {
  return Object.entries(after.nodes).flatMap(([to, config]) => {
    const old = before.nodes[to]
    const read = new Set(old === undefined ? [] : inputsOf(old, catalogue).map(({ output }) => output))
    return inputsOf(config, catalogue).flatMap(({ output }) => (read.has(output) ? [] : [{ from: output, to }]))
  })
}
