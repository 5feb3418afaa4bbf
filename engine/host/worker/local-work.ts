import { join } from 'node:path'
import { newId } from '../../base/ids.ts'
import type { LocalJobs } from '../../jobs/local-jobs.ts'
import type { CheckResultStore } from '../../store/check-results.ts'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import type { RunService } from '../router/run-service.ts'
import type { RunServiceOptions } from './run-service.ts'

/** What a workspace runs here: pipelines and whole jobs, over one store. */
export interface LocalWork {
  readonly runs: () => Promise<RunService>
  readonly jobRuns: () => Promise<LocalJobs>
  readonly checkResults: () => Promise<CheckResultStore>
}

type LocalOptions = Omit<RunServiceOptions, 'store' | 'runsDirectory'>

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
  }
}

async function open(
  options: LocalOptions,
): Promise<{ readonly runs: RunService; readonly jobRuns: LocalJobs; readonly checkResults: CheckResultStore }> {
  const [{ openStore }, { openRunService }, { openLocalJobs }, { stepStarter }] = await Promise.all([
    import('../../store/open-store.ts'),
    import('./run-service.ts'),
    import('../../jobs/local-jobs.ts'),
    import('./step-starter.ts'),
  ])
  const state = join(options.workspaceDirectory, STATE_FOLDER)
  const store = openStore(join(state, 'state.sqlite'))
  const runs = openRunService({ ...options, store, runsDirectory: join(state, 'runs') })
  return {
    runs,
    jobRuns: openLocalJobs({ store, owner: newId(), startStep: stepStarter(runs, options.limits) }),
    checkResults: store.checkResults,
  }
}
