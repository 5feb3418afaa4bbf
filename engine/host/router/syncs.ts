import { join } from 'node:path'
import { implement } from '@orpc/server'
import { syncsProcedures } from '../../contract/api/syncs.ts'
import type { SyncStatus } from '../../contract/sync.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { openStore } from '../../store/open-store.ts'
import type { SyncPorts, SyncRequest } from '../../sync/ports.ts'
import { runSync } from '../../sync/run-sync.ts'
import { STATE_FOLDER } from '../../workspace/layout.ts'
import { unknownName } from '../../workspace/resolve-connection.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { connectionSource } from './connection-source.ts'
import type { HostContext } from './context.ts'
import { failing, failingEvents } from './failing.ts'
import { openSession } from './open-connection.ts'
import { openWorkspace } from './open-workspace.ts'

const area = implement(syncsProcedures)
  .$context<HostContext>()
  .use(({ next }) => failing(async () => next()))

const MEMORY_MB = 1_024

export const syncsRouter = {
  list: area.list.handler(async ({ context }) => {
    const workspace = await openWorkspace(context)
    using store = openState(workspace)
    return [...workspace.syncs].map(([name, document]) => ({
      name,
      document,
      tables: store.syncTables.list(name).map(({ dataset, target, state, copiedRows }) => ({
        dataset,
        target,
        state,
        copiedRows: String(copiedRows),
      })),
    }))
  }),
  run: area.run.handler(async ({ input, context, signal }) => {
    const source = await connectionSource(context, input.environment)
    const { workspace } = source
    const file = workspace.syncs.get(input.sync) ?? unknownName('sync', input.sync, workspace.syncs)
    const ports: Omit<SyncPorts, 'tables' | 'tell'> = {
      openSession: (connection, ended) => openSession(source, connection, ended),
      kindOf: (connection) => workspace.connections.get(connection)?.kind ?? '',
      openDuck: (folders) => openDuck({ memoryLimitMb: MEMORY_MB, allowedDirectories: folders }),
    }
    const { resync, untilCaughtUp } = input
    const request = { name: input.sync, file, untilCaughtUp, ...(resync === undefined ? {} : { resync }) }
    return failingEvents(statuses(workspace, ports, { ...request, ...(signal === undefined ? {} : { signal }) }))
  }),
}

function openState(workspace: Workspace): ReturnType<typeof openStore> {
  return openStore(join(workspace.directory, STATE_FOLDER, 'state.sqlite'))
}

/** How the sync stands, the newest only; ends and fails with the sync. Whoever stops listening stops it. */
async function* statuses(
  workspace: Workspace,
  ports: Omit<SyncPorts, 'tables' | 'tell'>,
  request: Omit<SyncRequest, 'signal'> & { readonly signal?: AbortSignal },
): AsyncGenerator<SyncStatus> {
  using store = openState(workspace)
  const stop = new AbortController()
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal])
  const box: { newest?: SyncStatus | undefined; isOver: boolean; changed: PromiseWithResolvers<void> } = {
    isOver: false,
    changed: Promise.withResolvers<void>(),
  }
  const tell = (status: SyncStatus): void => {
    box.newest = status
    box.changed.resolve()
  }
  const running = runSync({ ...ports, tables: store.syncTables, tell }, { ...request, signal }).finally(() => {
    box.isOver = true
    box.changed.resolve()
  })
  // Waited for below; until then a failure must not count as unhandled.
  running.catch(() => undefined)
  try {
    for (;;) {
      const status = box.newest
      box.newest = undefined
      if (status !== undefined) yield status
      else if (box.isOver) break
      else {
        await box.changed.promise
        box.changed = Promise.withResolvers<void>()
      }
    }
    await running
  } finally {
    stop.abort()
    await running.catch(() => undefined)
  }
}
