import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../../base/ids.ts'
import { Failure } from '../../../contract/failure.ts'
import type { SyncStatus } from '../../../contract/sync.ts'
import { keepLease } from '../../../jobs/keep-lease.ts'
import { LEASE_MS } from '../../../jobs/supervise-run.ts'
import { syncSubject } from '../../../jobs/supervise-sync.ts'
import { openStore, type Store } from '../../../store/open-store.ts'
import type { SyncPorts, SyncRequest } from '../../../sync/ports.ts'
import { runSync } from '../../../sync/run-sync.ts'
import { STATE_FOLDER } from '../../../workspace/layout.ts'
import type { Workspace } from '../../../workspace/workspace.ts'

const POLL_MS = 200

/** How the sync stands, the newest only; ends and fails with the sync. Whoever stops listening stops it. */
export async function* runHere(
  workspace: Workspace,
  ports: Omit<SyncPorts, 'tables' | 'tell'>,
  request: Omit<SyncRequest, 'signal'> & { readonly signal?: AbortSignal },
): AsyncGenerator<SyncStatus> {
  using store = openStore(join(workspace.directory, STATE_FOLDER, 'state.sqlite'))
  const stop = new AbortController()
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal])
  const lease = await leaseOf(store, request.name, signal)
  const kept = keepLease(store.leases, lease, { forMs: LEASE_MS, onLost: () => stop.abort() })
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
    kept.release()
  }
}

/** After a crash the old lease has to run out first; one that a host keeps does not. @throws Failure `sync.busy` */
async function leaseOf({ leases, syncs }: Store, sync: string, signal: AbortSignal) {
  const giveUpAt = performance.now() + LEASE_MS + 1_000
  for (const owner = newId(); ; await sleep(POLL_MS, undefined, { signal })) {
    const lease = leases.acquire(syncSubject(sync), owner, LEASE_MS)
    if (lease !== undefined) return lease
    const isKept = syncs.get(sync)?.wanted === 'running'
    if (isKept || performance.now() > giveUpAt) throw new Failure('sync.busy', { sync })
  }
}
