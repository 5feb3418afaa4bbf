import { join } from 'node:path'
import { newId } from '../../base/ids.ts'
import type { LocalJobs } from '../../jobs/local-jobs.ts'
import type { CheckResultStore } from '../../store/check-results.ts'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import type { RunService } from '../router/run-service.ts'
import type { SyncService } from '../router/sync-service.ts'
import type { RunServiceOptions } from './run-service.ts'

/** What a workspace runs here: pipelines, whole jobs and syncs, over one store. */
export interface LocalWork {
  readonly runs: () => Promise<RunService>
  readonly jobRuns: () => Promise<LocalJobs>
  readonly checkResults: () => Promise<CheckResultStore>
  readonly syncs: () => Promise<SyncService>
}

type LocalOptions = Omit<RunServiceOptions, 'store' | 'statePath' | 'runsDirectory'>

/** Kept in the workspace's `.runnel`. The store is opened when the first run is asked for, and stays open. */
export function localWork(options: LocalOptions): LocalWork {
  let opening: ReturnType<typeof open> | undefined
  const opened = (): ReturnType<typeof open> => {
    opening ??= open(options)
    return opening
  }
  return {
    runs: async () => (await opened()).runs,
    jobRuns: async () => (await opened()).jobRuns,
    checkResults: async () => (await opened()).checkResults,
    syncs: async () => (await opened()).syncs,
  }
}

interface Opened {
  readonly runs: RunService
  readonly jobRuns: LocalJobs
  readonly checkResults: CheckResultStore
  readonly syncs: SyncService
}

async function open(options: LocalOptions): Promise<Opened> {
  const [{ openStore }, { openRunService }, { openLocalJobs }, { stepStarter }, { openSyncRunner }, { syncStarter }] =
    await Promise.all([
      import('../../store/open-store.ts'),
      import('./run-service.ts'),
      import('../../jobs/local-jobs.ts'),
      import('./step-starter.ts'),
      import('../../jobs/sync-runner.ts'),
      import('./sync-starter.ts'),
    ])
  const state = join(options.workspaceDirectory, STATE_FOLDER)
  const statePath = join(state, 'state.sqlite')
  const store = openStore(statePath)
  const owner = newId()
  const runs = openRunService({ ...options, store, statePath, runsDirectory: join(state, 'runs') })
  const startProcess = syncStarter({ ...options, statePath, syncsDirectory: join(state, 'syncs') })
  return {
    runs,
    jobRuns: openLocalJobs({ store, owner, startStep: stepStarter(runs, options.limits) }),
    checkResults: store.checkResults,
    // What goes wrong with a sync is told by its status; its host has nobody to tell.
    syncs: {
      runner: openSyncRunner({ store, owner, startProcess, onError: () => undefined }),
      store: store.syncs,
      tables: store.syncTables,
    },
  }
}
