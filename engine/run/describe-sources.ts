import type { Column } from '../contract/column.ts'
import { isFailure } from '../contract/failure.ts'
import type { PipelineFile } from '../contract/pipeline-file.ts'
import { sourcesOf } from './compiler.ts'
import { liveSources } from './live-sources.ts'
import type { RunPorts } from './ports.ts'
import { snapshotSources } from './snapshot-sources.ts'

export interface DescribedSources {
  /** Columns by source node. A source that is not here could not be described. */
  readonly columns: ReadonlyMap<string, readonly Column[]>
  /** Nodes whose columns come from a snapshot, because of `offline` or because the system is away. */
  readonly fromSnapshot: readonly string[]
}

/**
 * Columns of every source node: from the systems, or from snapshots where those are away or `offline` is set.
 * @throws Failure for what is wrong with a dataset or connection itself, such as `source.dataset_missing`.
 */
export async function describeSources(
  file: PipelineFile,
  ports: RunPorts,
  { offline, signal }: { readonly offline: boolean; readonly signal?: AbortSignal },
): Promise<DescribedSources> {
  await using live = liveSources(ports, signal)
  const columns = new Map<string, readonly Column[]>()
  const fromSnapshot: string[] = []
  for (const source of sourcesOf(file)) {
    const described = offline ? undefined : await live.describe([source]).catch(whenAway)
    const found = described?.get(source.node)
    if (found !== undefined) {
      columns.set(source.node, found)
      continue
    }
    await using snapshots = await snapshotSources(ports, [source])
    const kept = await snapshots.describe([source]).catch(whenAway)
    const known = kept?.get(source.node)
    if (known === undefined) continue
    columns.set(source.node, known)
    fromSnapshot.push(source.node)
  }
  return { columns, fromSnapshot }
}

function whenAway(error: unknown): undefined {
  if (isFailure(error, 'source.unavailable', 'run.snapshot_missing')) return undefined
  throw error
}
