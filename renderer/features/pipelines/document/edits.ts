import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { type Catalogue, inputsOf, mapInputs, type NodeConfig, nodeOf, type Rename } from './inputs.ts'

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

/**
 * Without the nodes. What read the main output of one that had a single input reads that input instead, so that a line of nodes
 * stays a line; what read anything else of it reads nothing there.
 */
export function withoutNodes(document: PipelineFile, names: readonly string[], catalogue: Catalogue): Edited {
  const gone = new Set(names)
  const kept = Object.entries(document.nodes).filter(([name]) => !gone.has(name))
  if (kept.length === Object.keys(document.nodes).length) return document
  const before = (output: string, seen: readonly string[] = []): string | undefined => {
    const config = gone.has(output) ? document.nodes[output] : undefined
    if (!gone.has(nodeOf(output))) return output
    if (config === undefined || seen.includes(output)) return undefined
    const [only, ...others] = inputsOf(config, catalogue)
    return only === undefined || others.length > 0 ? undefined : before(only.output, [...seen, output])
  }
  const nodes = kept.map(([name, config]): [string, NodeConfig] => {
    const read = new Set(inputsOf(config, catalogue).map(({ output }) => output))
    // A list that would then have the same output twice has it once.
    const rename: Rename = (output, { slot }) => {
      const next = before(output)
      return next !== output && next !== undefined && typeof slot === 'number' && read.has(next) ? undefined : next
    }
    return [name, mapInputs(config, catalogue, rename)]
  })
  return { ...document, nodes: Object.fromEntries(nodes) }
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
