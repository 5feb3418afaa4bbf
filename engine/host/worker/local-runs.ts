import { join } from 'node:path'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import type { RunService } from '../router/run-service.ts'
import type { RunServiceOptions } from './run-service.ts'

/** The runs of a workspace, kept in its `.runnel`. The store is opened when the first run is asked for, and stays open. */
export function localRuns(options: Omit<RunServiceOptions, 'store' | 'runsDirectory'>): () => Promise<RunService> {
  let opening: Promise<RunService> | undefined
  return () => {
    opening ??= open(options)
    return opening
  }
}

async function open(options: Omit<RunServiceOptions, 'store' | 'runsDirectory'>): Promise<RunService> {
  const [{ openStore }, { openRunService }] = await Promise.all([
    import('../../store/open-store.ts'),
    import('./run-service.ts'),
  ])
  const state = join(options.workspaceDirectory, STATE_FOLDER)
  const store = openStore(join(state, 'state.sqlite'))
  return openRunService({ ...options, store, runsDirectory: join(state, 'runs') })
}
