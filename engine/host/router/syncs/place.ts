import { Failure } from '../../../contract/failure.ts'
import type { SyncFile } from '../../../contract/sync-file.ts'
import { environmentOf, unknownName } from '../../../workspace/resolve-connection.ts'
import type { Workspace } from '../../../workspace/workspace.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import type { ConnectionSource } from '../open-connection.ts'
import { openWorkspace } from '../open-workspace.ts'
import type { SyncService } from '../sync-service.ts'

/** @throws Failure `workspace.missing` where an engine has nothing to sync */
export async function syncsOf({ syncs }: HostContext): Promise<SyncService> {
  if (syncs === undefined) throw new Failure('workspace.missing', { directory: process.cwd() })
  return syncs()
}

/** A sync with the workspace or deployment that has its file. */
export interface PlacedSync {
  readonly context: HostContext
  readonly workspace: Workspace
  readonly file: SyncFile
}

/** @throws Failure `workspace.name_unknown` */
export async function placeOf(context: HostContext, sync: string): Promise<PlacedSync> {
  const inner = await innerContext(context, sync)
  const workspace = await openWorkspace(inner)
  return { context: inner, workspace, file: workspace.syncs.get(sync) ?? unknownName('sync', sync, workspace.syncs) }
}

/** The connections that a sync has where it runs. */
export async function placedSource({ context, workspace, file }: PlacedSync): Promise<ConnectionSource> {
  return connectionSource(context, environmentOf(workspace, file.environment))
}

async function innerContext(context: HostContext, sync: string): Promise<HostContext> {
  const deployed = (await context.syncs?.())?.deployed
  if (deployed === undefined) return context
  const found = deployed.list().find((one) => one.sync === sync)
  const names = new Map(deployed.list().map((one) => [one.sync, one]))
  return deployedContext(context, deployed, (found ?? unknownName('sync', sync, names)).directory)
}

/** What the files of a version that was pushed are opened with. */
export function deployedContext(
  context: HostContext,
  { secrets }: NonNullable<SyncService['deployed']>,
  directory: string,
): HostContext {
  return { ...context, workspaceDirectory: directory, secrets }
}
