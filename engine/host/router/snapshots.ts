import { join } from 'node:path'
import { implement } from '@orpc/server'
import { type Snapshot, snapshotsProcedures } from '../../contract/api/snapshots.ts'
import { Failure } from '../../contract/failure.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { listSnapshots, removeSnapshots, takeSnapshot } from '../../run/snapshot.ts'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import { environmentOf } from '../../workspace/resolve-connection.ts'
import type { HostContext } from './context.ts'
import { failing } from './failing.ts'
import { openMasking, policyNamed } from './masking/policies.ts'
import { openSourceDataset } from './open-source-dataset.ts'
import { openWorkspace } from './open-workspace.ts'
import { snapshotFolder } from './snapshot-folder.ts'
import { settingLimits } from './studio/settings.ts'

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
    const { scope, where, policy } = before
    const environment = input.environment ?? before.environment
    return take(context, { ...input, scope, where, policy: policy?.name, environment }, signal)
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
  readonly policy?: string | undefined
  readonly environment?: string | undefined
}

async function take(context: HostContext, request: TakeRequest, signal: AbortSignal | undefined): Promise<Snapshot> {
  const { dataset, scope, where } = request
  await using source = await openSourceDataset(context, request, signal)
  const { session, options } = source
  const policy = request.policy === undefined ? undefined : policyNamed(source.workspace, request.policy)
  const masking = policy === undefined ? {} : await openMasking(source.source, policy.file)
  const directory = snapshotFolder(source.workspace)
  const environment = environmentOf(source.workspace, request.environment)
  await using duck = await openDuck({
    ...masking,
    memoryLimitMb: MEMORY_MB,
    ...(await settingLimits(context)),
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
    ...(environment === undefined ? {} : { environment }),
    ...(policy === undefined ? {} : { policy }),
    ...(signal === undefined ? {} : { signal }),
  })
  return shown(taken)
}

function shown(manifest: Awaited<ReturnType<typeof takeSnapshot>>): Snapshot {
  const { version: _version, sha256: _sha256, file, ...told } = manifest
  return { ...told, file: join(STATE_FOLDER, 'snapshots', file) }
}
