import { configDigest } from '../../../../engine/contract/config-digest.ts'
import type { PipelineFile } from '../../../../engine/contract/pipeline-file.ts'
import type { NodeCounts, Receipt } from '../../../../engine/contract/run.ts'
import { type Catalogue, inputsOf, nodeOf } from '../document/inputs.ts'

/** What runs say of one node. */
export interface NodeFacts {
  /** Of the run that goes on, else of the last one with a receipt; text, as they may exceed 2^53. */
  readonly counts: Pick<NodeCounts, 'rowsIn' | 'rowsOut' | 'rejected'> | undefined
  /** Rejected rows of the last runs, oldest first. */
  readonly rejects: readonly number[]
  /** Edited since that run, or its file was changed, or it reads from such a node: its counts are not those of what stands here. */
  readonly isStale: boolean
  /** A run goes on. */
  readonly isLive: boolean
}

export interface RunFacts {
  readonly document: PipelineFile
  readonly catalogue: Catalogue
  /** Newest first. */
  readonly receipts: readonly Receipt[]
  /** When the files of source nodes were changed last, by node; ISO 8601. */
  readonly changed?: ReadonlyMap<string, string>
  /** Of the run that goes on; undefined when none does. */
  readonly live: readonly NodeCounts[] | undefined
}

/** By node name. Nodes that no run knows of are not in it while none goes on; with a run before, they are stale. */
export function nodeFacts({ document, catalogue, receipts, live, changed }: RunFacts): ReadonlyMap<string, NodeFacts> {
  const [last] = receipts
  if (last === undefined && live === undefined) return new Map()
  const counted = new Map((live ?? last?.nodes ?? []).map((one) => [one.node, one]))
  const stale =
    last === undefined || live !== undefined ? new Set<string>() : staleNodes(document, last, catalogue, changed)
  const history = receipts.map(({ nodes }) => new Map(nodes.map((one) => [one.node, one]))).toReversed()
  return new Map(
    Object.keys(document.nodes).map((name) => [
      name,
      {
        counts: countsOf(counted.get(name)),
        rejects: history.flatMap((nodes) => {
          const one = nodes.get(name)
          return one === undefined ? [] : [Number(one.rejected)]
        }),
        isStale: stale.has(name),
        isLive: live !== undefined,
      },
    ]),
  )
}

function countsOf(counts: NodeCounts | undefined): NodeFacts['counts'] {
  if (counts === undefined) return undefined
  const { rowsIn, rowsOut, rejected } = counts
  return { rowsIn, rowsOut, rejected }
}

/**
 * Nodes whose settings are not those of the run or whose file was changed since, and all that read from them. A receipt without
 * digests tells of none.
 */
export function staleNodes(
  document: PipelineFile,
  { configs, finishedAt }: Receipt,
  catalogue: Catalogue,
  changed: ReadonlyMap<string, string> = new Map(),
): ReadonlySet<string> {
  if (configs === undefined) return new Set()
  const known = new Map<string, boolean>()
  const isStale = (name: string): boolean => {
    const before = known.get(name)
    const config = document.nodes[name]
    if (before !== undefined || config === undefined) return before ?? true
    // Of a circle, which no run has had, its settings decide.
    known.set(name, false)
    const own = configs[name] !== configDigest(config) || Date.parse(changed.get(name) ?? '') > Date.parse(finishedAt)
    const stale = own || inputsOf(config, catalogue).some(({ output }) => isStale(nodeOf(output)))
    known.set(name, stale)
    return stale
  }
  return new Set(Object.keys(document.nodes).filter(isStale))
}

/** The same objects where nothing differs, so that what shows them is not drawn again. */
export function keptFacts(
  before: ReadonlyMap<string, NodeFacts>,
  after: ReadonlyMap<string, NodeFacts>,
): ReadonlyMap<string, NodeFacts> {
  return new Map(
    [...after].map(([name, facts]) => {
      const old = before.get(name)
      return [name, old !== undefined && JSON.stringify(old) === JSON.stringify(facts) ? old : facts]
    }),
  )
}
