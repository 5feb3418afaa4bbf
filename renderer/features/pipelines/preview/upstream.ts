import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import { type Catalogue, inputsOf, type NodeConfig, nodeOf } from '../document/inputs.ts'

/**
 * The document with only the nodes that an output depends on, in the file's order.
 *
 * Questions about rows carry this: what is edited elsewhere neither changes their answer nor asks again.
 */
export function upstream(document: PipelineFile, output: string, catalogue: Catalogue): PipelineFile {
  const wanted = new Set<string>()
  const open = [nodeOf(output)]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const config = document.nodes[name]
    if (config === undefined || wanted.has(name)) continue
    wanted.add(name)
    open.push(...inputsOf(config, catalogue).map((input) => nodeOf(input.output)))
  }
  return { ...document, nodes: Object.fromEntries(Object.entries(document.nodes).filter(([name]) => wanted.has(name))) }
}

/** The output that a node reads first; undefined for a source and for a node not connected yet. */
export function firstInput(config: NodeConfig | undefined, catalogue: Catalogue): string | undefined {
  return config === undefined ? undefined : inputsOf(config, catalogue)[0]?.output
}
