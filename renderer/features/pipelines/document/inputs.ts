import type { NodeCatalogueEntry } from '../../../../engine/contract/node-catalogue.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'

export type NodeConfig = PipelineFile['nodes'][string]
export type Catalogue = ReadonlyMap<string, NodeCatalogueEntry>

/** One input of a node as its config has it. */
export interface Input {
  /** The field of the config. */
  readonly field: string
  /** Place in a list, or name in a record; absent for a single input. */
  readonly slot?: number | string
  /** `node` or `node.output`. */
  readonly output: string
}

/** The node that an output belongs to. */
export function nodeOf(output: string): string {
  const dot = output.indexOf('.')
  return dot < 0 ? output : output.slice(0, dot)
}

/** Every input that a config names, in the order of the ports. */
export function inputsOf(config: NodeConfig, catalogue: Catalogue): Input[] {
  const ports = catalogue.get(config.type)?.inputs ?? []
  return ports.flatMap(({ field }): Input[] => {
    const value = config[field]
    if (typeof value === 'string') return value === '' ? [] : [{ field, output: value }]
    if (Array.isArray(value)) {
      return value.flatMap((output: unknown, slot) => (typeof output === 'string' ? [{ field, slot, output }] : []))
    }
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([slot, output]) =>
      typeof output === 'string' ? [{ field, slot, output }] : [],
    )
  })
}

/** What an input is to read instead; undefined takes it out. */
export type Rename = (
  output: string,
  place: { readonly field: string; readonly slot?: number | string },
) => string | undefined

/** The config with each input renamed by `rename`; inputs for which that is undefined are taken out. */
export function mapInputs(config: NodeConfig, catalogue: Catalogue, rename: Rename): NodeConfig {
  const ports = catalogue.get(config.type)?.inputs ?? []
  let next = config
  for (const { field } of ports) {
    const value = config[field]
    if (value === undefined) continue
    const renamed = renameValue(value, field, rename)
    if (renamed === value) continue
    const { [field]: _, ...others } = next
    next = renamed === undefined ? { ...others, type: config.type } : { ...next, [field]: renamed }
  }
  return next
}

/** The same value when nothing in it was renamed: what did not change keeps its identity. */
function renameValue(value: unknown, field: string, rename: Rename): unknown {
  if (typeof value === 'string') return rename(value, { field })
  if (Array.isArray(value)) {
    const renamed = value.flatMap((output: unknown, slot) => {
      const next = typeof output === 'string' ? rename(output, { field, slot }) : output
      return next === undefined ? [] : [next]
    })
    return renamed.length === value.length && renamed.every((output, index) => output === value[index])
      ? value
      : renamed
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([slot, output]: [string, unknown]): [string, unknown][] => {
    const next = typeof output === 'string' ? rename(output, { field, slot }) : output
    return next === undefined ? [] : [[slot, next]]
  })
  const isSame =
    entries.length === Object.keys(value).length &&
    entries.every(([name, output]) => Object.entries(value).some(([n, o]) => n === name && o === output))
  return isSame ? value : Object.fromEntries(entries)
}
