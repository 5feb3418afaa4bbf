import type { Language } from '../../contract/localized.ts'
import type { SyncStatus } from '../../contract/sync.ts'
import { openSyncRunner } from '../../jobs/sync-runner.ts'
import type { Deployment } from '../../store/deployments.ts'
import type { Store } from '../../store/open-store.ts'
import type { DeployedSync, SyncService } from '../router/sync-service.ts'
import { syncStarter } from '../worker/sync-starter.ts'
import type { ServerFiles } from './server-files.ts'

export interface ServerSyncOptions {
  readonly store: Store
  readonly owner: string
  readonly files: ServerFiles
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly language: Language
  readonly secrets: { readonly directory: string; readonly scope: string }
  readonly onError: (error: unknown) => void
}

/** The syncs that were pushed to a server; those that are wanted run from now on. */
export function openServerSyncs(options: ServerSyncOptions): SyncService {
  const { store, owner, files, onError, ...context } = options
  const startProcess = syncStarter({ ...context, statePath: files.store, syncsDirectory: files.syncs })
  const runner = openSyncRunner({ store, owner, startProcess, onError })
  runner.takeUp()
  return {
    runner,
    store: store.syncs,
    tables: store.syncTables,
    deployed: {
      list: () => store.syncDeployments.allActive().map(printDeployed),
      secrets: context.secrets,
      remove: (sync) => store.syncDeployments.withdraw(sync),
    },
  }
}

/**
 * Goes on with a sync that was running, from the files of its new version: how far its tables are is kept.
 * @param deployment the version that is active now
 */
export async function switchSync({ runner, store }: SyncService, { job: sync, directory }: Deployment): Promise<void> {
  const before = store.get(sync)
  if (before?.wanted !== 'running') return
  await runner.stop(sync)
  await runner.start(sync, { ...before.work, directory })
}

/** How all syncs stand that were started at least once. */
export function* syncFigures({ runner, store }: SyncService): Generator<[string, SyncStatus]> {
  for (const { sync } of store.list()) {
    const { status } = runner.standing(sync)
    if (status !== undefined) yield [sync, status]
  }
}

function printDeployed({ job, directory, deployedAt }: Deployment): DeployedSync {
  return { sync: job, directory, deployedAt }
}
