import { join } from 'node:path'
import { implement } from '@orpc/server'
import { type Snapshot, snapshotsProcedures } from '../../contract/api/snapshots.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { Failure } from '../../contract/failure.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sourcesOf } from '../../run/compiler.ts'
import { listSnapshots, removeSnapshots, takeSnapshot } from '../../run/snapshot.ts'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { parseOptions, readyConnection } from './open-connection.ts'
import { openWorkspace } from './open-workspace.ts'
import { snapshotFolder } from './snapshot-folder.ts'

const area = implement(snapshotsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

const MEMORY_MB = 1_024

export const snapshotsRouter = {
  take: area.take.handler(({ input, context, signal }) => take(context, input, signal)),
  refresh: area.refresh.handler(async ({ input, context, signal }) => {
    const folder = snapshotFolder(await openWorkspace(context))
    const before = (await listSnapshots(folder)).find(({ dataset }) => dataset === input.dataset)
    if (before === undefined) throw new Failure('run.snapshot_missing', { dataset: input.dataset })
    const { scope, where } = before
    return take(context, { ...input, scope, ...(where === undefined ? {} : { where }) }, signal)
  }),
  remove: area.remove.handler(async ({ input, context }) => ({
    removed: await removeSnapshots(snapshotFolder(await openWorkspace(context)), input.dataset),
  })),
  list: area.list.handler(async ({ context }) =>
    (await listSnapshots(snapshotFolder(await openWorkspace(context)))).map(shown),
  ),
}

interface TakeRequest {
  readonly dataset: string
  readonly options?: Readonly<Record<string, unknown>> | undefined
  readonly scope: Snapshot['scope']
  readonly where?: string | undefined
  readonly environment?: string | undefined
}

async function take(context: HostContext, request: TakeRequest, signal: AbortSignal | undefined): Promise<Snapshot> {
  const { dataset, scope, where } = request
  const source = await connectionSource(context, request.environment)
  const { connection } = parseDatasetRef(dataset)
  const ready = await readyConnection(source, connection, signal)
  const said = request.options ?? optionsInPipelines(source.workspace, dataset)
  const options = parseOptions(ready.connector, connection, 'source', said)
  const directory = snapshotFolder(source.workspace)
  await using session = await ready.connector.open(ready.request)
  await using duck = await openDuck({
    memoryLimitMb: MEMORY_MB,
    allowedDirectories: [directory, ...(session.folders ?? [])],
  })
  const taken = await takeSnapshot({
    session,
    dataset,
    options,
    scope,
    directory,
    duck,
    ...(where === undefined ? {} : { where }),
    ...(signal === undefined ? {} : { signal }),
  })
  return shown(taken)
}

/** What a source node says about the dataset, so that a snapshot has the types its pipelines see; the first one that says anything. */
function optionsInPipelines(workspace: Workspace, dataset: string): unknown {
  return [...workspace.pipelines.values()]
    .flatMap(sourcesOf)
    .find((source) => source.dataset === dataset && source.options !== undefined)?.options
}

function shown(manifest: Awaited<ReturnType<typeof takeSnapshot>>): Snapshot {
  const { dataset, takenAt, scope, where, rows, rejects, columns, file } = manifest
  const path = join(STATE_FOLDER, 'snapshots', file)
  return { dataset, takenAt, scope, ...(where === undefined ? {} : { where }), rows, rejects, columns, file: path }
}
