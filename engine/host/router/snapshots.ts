import { join } from 'node:path'
import { implement } from '@orpc/server'
import { type Snapshot, snapshotsProcedures } from '../../contract/api/snapshots.ts'
import { parseDatasetRef } from '../../contract/dataset.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { sourcesOf } from '../../run/compiler.ts'
import { listSnapshots, takeSnapshot } from '../../run/snapshot.ts'
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
  take: area.take.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const { connection } = parseDatasetRef(input.dataset)
    const { connector, request } = await readyConnection(source, connection, signal)
    const said = input.options ?? optionsInPipelines(source.workspace, input.dataset)
    const options = parseOptions(connector, connection, 'source', said)
    const directory = snapshotFolder(source.workspace)
    await using session = await connector.open(request)
    await using duck = await openDuck({
      memoryLimitMb: MEMORY_MB,
      allowedDirectories: [directory, ...(session.folders ?? [])],
    })
    const taken = await takeSnapshot({
      session,
      dataset: input.dataset,
      options,
      scope: input.scope,
      directory,
      duck,
      ...(input.where === undefined ? {} : { where: input.where }),
      ...(signal === undefined ? {} : { signal }),
    })
    return shown(taken)
  }),
  list: area.list.handler(async ({ context }) =>
    (await listSnapshots(snapshotFolder(await openWorkspace(context)))).map(shown),
  ),
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
