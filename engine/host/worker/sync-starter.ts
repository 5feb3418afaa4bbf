import { join } from 'node:path'
import type { Language } from '../../contract/localized.ts'
import type { StartSyncProcess } from '../../jobs/sync-port.ts'
import type { AskKey } from '../../workspace/secrets/secret-store.ts'
import { forkWorker } from './fork-worker.ts'
import { spawnSync } from './spawn-sync.ts'
import type { OpenWorkerProcess } from './worker-process.ts'

export interface SyncStarterOptions {
  readonly statePath: string
  /** One folder per sync below it, for what is needed only while it runs. */
  readonly syncsDirectory: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly language: Language
  readonly allowedFolders?: readonly string[]
  readonly askKey?: AskKey
  readonly secrets?: { readonly directory: string; readonly scope: string }
  readonly openWorker?: OpenWorkerProcess
}

/** Starts the processes of syncs as a host is set up. */
export function syncStarter(options: SyncStarterOptions): StartSyncProcess {
  const { statePath, syncsDirectory, variables, language, allowedFolders, askKey, secrets } = options
  return ({ sync, work, resync, onStatus, onAct }) =>
    spawnSync({
      request: {
        sync,
        workspaceDirectory: work.directory,
        statePath,
        temporaryDirectory: join(syncsDirectory, encodeURIComponent(sync), 'tmp'),
        language,
        ...(work.environment === undefined ? {} : { environment: work.environment }),
        ...(resync === undefined ? {} : { resync: resync === 'all' ? resync : [...resync] }),
        ...(secrets === undefined ? {} : { secrets: { ...secrets } }),
        ...(allowedFolders === undefined ? {} : { allowedFolders: [...allowedFolders] }),
      },
      onStatus,
      onAct,
      variables,
      openWorker: options.openWorker ?? forkWorker,
      ...(askKey === undefined ? {} : { askKey }),
    })
}
