import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { type Catalogue, inputsOf, mapInputs, type NodeConfig, nodeOf } from './inputs.ts'

/** Every edit is pure, gives back the same document when nothing changes, and leaves nodes it does not concern as they are. */
type Edited = PipelineFile

/** A name that no node has: the wish itself, or with the next free number. */
export function freeName(document: PipelineFile, wish: string): string {
  const base = wish.replace(/[^\p{L}\w-]/gu, '_').replace(/^[^\p{L}_]+/u, '') || 'node'
  if (!(base in document.nodes)) return base
  for (let number = 2; ; number++) if (!(`${base}_${number}` in document.nodes)) return `${base}_${number}`
}

export function withNode(document: PipelineFile, name: string, config: NodeConfig): Edited {
  return { ...document, nodes: { ...document.nodes, [name]: config } }
}

/** A new node of a kind; its first input reads `from` where it takes one. */
export function newNode(entry: NodeCatalogueEntry, from: string | undefined): NodeConfig {
  const config: NodeConfig = { ...entry.initial, type: entry.kind }
  const [port] = entry.inputs
  if (port === undefined || from === undefined) return config
  return { ...config, [port.field]: port.takes === 'one' ? from : [from] }
}

/** Without the nodes; what read from one of them reads nothing there. */
export function withoutNodes(document: PipelineFile, names: readonly string[], catalogue: Catalogue): Edited {
  const gone = new Set(names)
  const kept = Object.entries(document.nodes).filter(([name]) => !gone.has(name))
  if (kept.length === Object.keys(document.nodes).length) return document
  const rename = (output: string): string | undefined => (gone.has(nodeOf(output)) ? undefined : output)
  return {
    ...document,
    nodes: Object.fromEntries(kept.map(([name, config]) => [name, mapInputs(config, catalogue, rename)])),
  }
}

/** The node under another name, in its place; everything that reads from it follows. */
export function withRenamed(document: PipelineFile, from: string, to: string, catalogue: Catalogue): Edited {
  if (from === to || !(from in document.nodes) || to in document.nodes) return document
  const rename = (output: string): string => (nodeOf(output) === from ? `${to}${output.slice(from.length)}` : output)
  const nodes = Object.entries(document.nodes).map(([name, config]): [string, NodeConfig] => [
    name === from ? to : name,
    mapInputs(config, catalogue, rename),
  ])
  return { ...document, nodes: Object.fromEntries(nodes) }
}

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
export function withConnection(document: PipelineFile, connection: Connection, catalogue: Catalogue): Edited {
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

/** The node not reading from the output at that port any more. */
export function withoutConnection(
  document: PipelineFile,
  { from, to, field }: Connection,
  catalogue: Catalogue,
): Edited {
  const config = document.nodes[to]
  const ports = config === undefined ? [] : (catalogue.get(config.type)?.inputs ?? [])
  if (config === undefined) return document
  const here = new Map(
    [...catalogue].map(([kind, entry]) => [
      kind,
      kind === config.type
        ? { ...entry, inputs: ports.filter((port) => field === undefined || port.field === field) }
        : entry,
    ]),
  )
  const next = mapInputs(config, here, (output) => (output === from ? undefined : output))
  return next === config ? document : withNode(document, to, next)
}

/** A new node between two that are connected. */
export function withInserted(
  document: PipelineFile,
  { from, to }: Connection,
  { name, config }: { readonly name: string; readonly config: NodeConfig },
  catalogue: Catalogue,
): Edited {
  const reader = document.nodes[to]
  if (reader === undefined) return document
  const rewired = mapInputs(reader, catalogue, (output) => (output === from ? name : output))
  return withNode(withNode(document, name, config), to, rewired)
}

/** Nodes of another document with names that are free here; inputs among them follow, others are kept where they exist. */
export function withPasted(
  document: PipelineFile,
  pasted: PipelineFile['nodes'],
  catalogue: Catalogue,
): { readonly document: Edited; readonly names: readonly string[] } {
  const names = new Map<string, string>()
  let next = document
  for (const name of Object.keys(pasted)) {
    names.set(name, freeName(next, name))
    next = withNode(next, names.get(name) ?? name, { type: '' })
  }
  for (const [name, config] of Object.entries(pasted)) {
    const rename = (output: string): string | undefined => {
      const own = names.get(nodeOf(output))
      if (own !== undefined) return `${own}${output.slice(nodeOf(output).length)}`
      return nodeOf(output) in document.nodes ? output : undefined
    }
    next = withNode(next, names.get(name) ?? name, mapInputs(config, catalogue, rename))
  }
  return { document: next, names: [...names.values()] }
}
