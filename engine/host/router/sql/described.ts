import type { Column } from '../../../contract/column.ts'
import { parseDatasetRef } from '../../../contract/dataset.ts'
import { Failure } from '../../../contract/failure.ts'
import type { Duck } from '../../../duck/duck.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { findSnapshot } from '../../../run/snapshot.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import { fileState } from '../file-state.ts'
import { type ConnectionSource, parseOptions, readyConnection } from '../open-connection.ts'
import { resourcesOf } from '../resources.ts'
import { snapshotFolder } from '../snapshot-folder.ts'
import type { NamedDataset } from './datasets.ts'
import { emptyRows, makePlaces, makeView } from './views.ts'

export interface SqlScope {
  readonly environment?: string | undefined
  readonly offline?: boolean | undefined
}

/** Columns of datasets without their rows. */
export async function describeDatasets(
  context: HostContext,
  datasets: readonly NamedDataset[],
  { environment, offline }: SqlScope,
  signal?: AbortSignal,
): Promise<Map<NamedDataset, readonly Column[]>> {
  const source = await connectionSource(context, environment)
  const found = await Promise.all(
    datasets.map(async (dataset) => {
      const columns =
        offline === true ? snapshotColumns(source, dataset.ref) : liveColumns(context, source, dataset, signal)
      return [dataset, await columns] as const
    }),
  )
  return new Map(found)
}

/** A DuckDB that knows the columns of datasets and nothing else, to check statements with. */
export async function openChecker(described: ReadonlyMap<NamedDataset, readonly Column[]>): Promise<Duck> {
  const duck = await openDuck({ memoryLimitMb: 256, threads: 1, allowedDirectories: [], errorsAsJson: true })
  try {
    await makePlaces(duck, [...described.keys()])
    for (const [dataset, columns] of described) await makeView(duck, dataset, emptyRows(columns))
    return duck
  } catch (error) {
    await duck[Symbol.asyncDispose]()
    throw error
  }
}

async function liveColumns(
  context: HostContext,
  source: ConnectionSource,
  { connection, name, ref }: NamedDataset,
  signal: AbortSignal | undefined,
): Promise<readonly Column[]> {
  const { workspace, environment } = source
  const file = await fileState(source, connection, name)
  const key = JSON.stringify([workspace.directory, ref, environment, workspace.connections.get(connection), file])
  return resourcesOf(context).columns.of(key, file.kind === 'unseen', async () => {
    const { connector, request } = await readyConnection(source, connection, signal)
    await using session = await connector.open(request)
    const { columns } = await session.describe(name, parseOptions(connector, connection, 'source', undefined), signal)
    return columns
  })
}

async function snapshotColumns({ workspace }: ConnectionSource, ref: string): Promise<readonly Column[]> {
  const snapshot = await findSnapshot(snapshotFolder(workspace), parseDatasetRef(ref))
  if (snapshot === undefined) throw new Failure('run.snapshot_missing', { dataset: ref })
  return snapshot.columns
}
