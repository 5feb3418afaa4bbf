import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../contract/failure.ts'
import type { Resync, SyncState, SyncStatus } from '../contract/sync.ts'
import type { Store } from '../store/open-store.ts'
import type { StoredSync, SyncWork } from '../store/syncs.ts'
import { LEASE_MS } from './supervise-run.ts'
import { superviseSync, syncSubject } from './supervise-sync.ts'
import type { StartSyncProcess } from './sync-port.ts'

const POLL_MS = 100
const LOOK_AGAIN_MS = 5_000

/** Whether and how a sync runs. */
export interface SyncStanding {
  /** Somebody wants it to run. */
  readonly isWanted: boolean
  /** Somebody runs it now, here or in another process. */
  readonly isRun: boolean
  readonly status?: SyncStatus
}

/** The syncs of one workspace or server: each in a process of its own, for as long as it is wanted. */
export interface SyncRunner {
  /** Wants it to run, and runs it unless somebody does; one that runs and is to copy again is begun anew. */
  start(sync: string, work: SyncWork, resync?: Resync): Promise<void>
  /** Comes back when it does not run any more, wherever it ran. Nothing happens to one that does not. */
  stop(sync: string): Promise<void>
  standing(sync: string): SyncStanding
  /** Takes up what is wanted and nobody runs, now and from now on: after a start of the host, and when another host is gone. */
  takeUp(): void
  /** Ends the processes; what is wanted stays wanted. */
  close(): Promise<void>
}

export interface SyncRunnerOptions {
  readonly store: Store
  /** This process, in leases. */
  readonly owner: string
  readonly startProcess: StartSyncProcess
  readonly onError: (error: unknown) => void
}

export function openSyncRunner(options: SyncRunnerOptions): SyncRunner {
  const { store, owner, startProcess, onError } = options
  const active = new Map<string, { readonly leave: AbortController; readonly done: Promise<void> }>()
  let isClosed = false
  const begin = (sync: string): void => {
    if (isClosed || active.has(sync)) return
    const lease = store.leases.acquire(syncSubject(sync), owner, LEASE_MS)
    if (lease === undefined) return
    const leave = new AbortController()
    const done = superviseSync({ store, sync, lease, startProcess, signal: leave.signal })
      .catch(onError)
      .finally(() => active.delete(sync))
    active.set(sync, { leave, done })
  }
  const stop = async (sync: string): Promise<void> => {
    store.syncs.stop(sync)
    await active.get(sync)?.done
    // Another process hears of it through the store; after a crash its lease runs out.
    while (store.leases.isHeld(syncSubject(sync))) await sleep(POLL_MS)
  }
  const takeUp = (): void => {
    for (const { sync } of store.syncs.list().filter(isUnfinished)) begin(sync)
  }
  let looking: NodeJS.Timeout | undefined
  return {
    start: async (sync, work, resync) => {
      if (resync !== undefined && store.leases.isHeld(syncSubject(sync))) await stop(sync)
      store.syncs.start(sync, work, resync)
      if (resync !== undefined) {
        store.syncs.note(sync, { kind: 'resync', ...(resync === 'all' ? {} : { lines: [...resync] }) })
      }
      begin(sync)
    },
    stop,
    standing: (sync) => standingOf(store, store.syncs.get(sync), sync),
    takeUp: () => {
      takeUp()
      looking ??= setInterval(takeUp, LOOK_AGAIN_MS).unref()
    },
    close: async () => {
      isClosed = true
      clearInterval(looking)
      const under = [...active.values()]
      for (const { leave } of under) leave.abort()
      await Promise.all(under.map(({ done }) => done))
    },
  }
}

/** What failed for good waits for a person. */
function isUnfinished({ wanted, status }: StoredSync): boolean {
  return wanted === 'running' && status?.state !== 'failed' && status?.state !== 'paused'
}

/** A status whose teller is gone is not true any more: nobody holds the lease of the sync then. */
function standingOf(store: Store, stored: StoredSync | undefined, sync: string): SyncStanding {
  const isRun = store.leases.isHeld(syncSubject(sync))
  const isWanted = stored?.wanted === 'running'
  const status = stored?.status
  if (status === undefined) return { isWanted, isRun }
  if (isRun || AT_REST.has(status.state)) return { isWanted, isRun, status }
  const { reader: _reader, failure: _failure, ...rest } = status
  const failure = isWanted ? { failure: new Failure('sync.not_running', { sync }).toJSON() } : {}
  return { isWanted, isRun, status: { ...rest, state: 'stopped', changesPerSecond: 0, ...failure } }
}

const AT_REST: ReadonlySet<SyncState> = new Set(['stopped', 'failed', 'paused'])
