import { setTimeout as sleep } from 'node:timers/promises'
import type { Failure } from '../contract/failure.ts'
import type { SyncState, SyncStatus } from '../contract/sync.ts'
import type { Lease } from '../store/leases.ts'
import type { Store } from '../store/open-store.ts'
import { LEASE_MS } from './supervise-run.ts'
import type { StartSyncProcess, SyncEnd, SyncProcess } from './sync-port.ts'

const HEARTBEAT_MS = 1_000
const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
/** A process that lived so long has recovered: the next death is waited out as the first one. */
const HEALTHY_MS = 60_000

export interface SyncSupervision {
  readonly store: Store
  readonly sync: string
  /** On `syncSubject`; without it another supervisor may be at work. */
  readonly lease: Lease
  readonly startProcess: StartSyncProcess
  /** Leaves the sync as it is wanted, for the next process of the host. */
  readonly signal: AbortSignal
  /** Of waits, for tests. */
  readonly firstDelayMs?: number
}

/** The subject of the lease that protects a sync. */
export function syncSubject(sync: string): string {
  return `sync:${sync}`
}

/**
 * Keeps one sync running for as long as it is wanted: starts its process, and starts it again with growing pauses when it dies. Ends
 * when nobody wants it any more, when it failed in a way that does not pass by itself, or when the lease was lost; then nothing
 * more is written.
 */
export async function superviseSync(supervision: SyncSupervision): Promise<void> {
  const { store, sync, lease, firstDelayMs = FIRST_DELAY_MS } = supervision
  const heart = startHeart(supervision)
  try {
    heart.write(() => store.syncs.note(sync, { kind: 'started' }))
    for (let deaths = 0; heart.goesOn(); ) {
      const startedAt = performance.now()
      const end = await heart.run()
      if (end.kind !== 'lost' || !heart.goesOn()) return settle(supervision, heart, end)
      deaths = performance.now() - startedAt > HEALTHY_MS ? 1 : deaths + 1
      const failure = end.failure.toJSON()
      heart.write(() => {
        store.syncs.note(sync, { kind: 'restarted', failure })
        tellState(store, sync, { state: 'waiting', failure: end.failure })
      })
      const waitMs = Math.min(LONGEST_DELAY_MS, firstDelayMs * 2 ** Math.min(deaths - 1, 10))
      await sleep(waitMs, undefined, { signal: heart.ended }).catch(() => undefined)
    }
    settle(supervision, heart, { kind: 'stopped' })
  } finally {
    heart.stop()
    store.leases.release(lease)
  }
}

function settle({ store, sync, signal }: SyncSupervision, heart: Heart, end: SyncEnd): void {
  // A host that ends lets the sync stand as it is wanted; that it does not run now is told by the lease.
  if (signal.aborted) return
  heart.write(() => {
    if (end.kind !== 'refused') {
      // One that came to its end by itself, after a load, is not begun again before somebody asks.
      store.syncs.stop(sync)
      tellState(store, sync, { state: 'stopped' })
      return store.syncs.note(sync, { kind: 'stopped' })
    }
    const told = store.syncs.get(sync)?.status?.state
    if (told === 'failed' || told === 'paused') return
    tellState(store, sync, { state: 'failed', failure: end.failure })
    store.syncs.note(sync, { kind: 'state', state: 'failed', failure: end.failure.toJSON() })
  })
}

/** What a dead process cannot tell any more. */
function tellState(
  store: Store,
  sync: string,
  { state, failure }: { readonly state: SyncState; readonly failure?: Failure },
): void {
  const before = store.syncs.get(sync)?.status
  const { failure: _old, reader: _reader, ...rest } = before ?? EMPTY
  store.syncs.tell(sync, {
    ...rest,
    name: sync,
    state,
    changesPerSecond: 0,
    updatedAt: new Date().toISOString(),
    ...(failure === undefined ? {} : { failure: failure.toJSON() }),
  })
}

const EMPTY: SyncStatus = {
  name: '',
  state: 'stopped',
  lagBytes: 0,
  changesPerSecond: 0,
  transactions: '0',
  tables: [],
  updatedAt: '',
}

interface Heart {
  /** One life of the process. */
  run(): Promise<SyncEnd>
  /** Whether the lease is held and the sync is wanted. */
  goesOn(): boolean
  /** Writes under the lease; nothing when another has taken over. */
  write(work: () => void): void
  readonly ended: AbortSignal
  stop(): void
}

/** Renews the lease, and hears from the store that the sync is not wanted any more, whoever said so. */
function startHeart({ store, sync, lease, startProcess, signal }: SyncSupervision): Heart {
  const ended = new AbortController()
  let process: SyncProcess | undefined
  let holds = true
  const write = (work: () => void): void => {
    holds &&= store.leases.whileHeld(lease, LEASE_MS, work)
    if (holds) return
    process?.kill()
    ended.abort()
  }
  const end = (): void => {
    if (ended.signal.aborted) return
    ended.abort()
    process?.stop()
  }
  const beat = (): void => {
    write(() => undefined)
    const stored = holds ? store.syncs.get(sync) : undefined
    if (holds && stored?.wanted !== 'running') end()
  }
  const timer = setInterval(beat, HEARTBEAT_MS)
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  return {
    run: () => {
      const stored = store.syncs.get(sync)
      if (stored === undefined) return Promise.resolve({ kind: 'stopped' })
      process = startProcess({ ...stored, ...listeners(store, sync, write) })
      return process.end
    },
    goesOn: () => holds && !ended.signal.aborted,
    write,
    ended: ended.signal,
    stop: () => {
      clearInterval(timer)
      signal.removeEventListener('abort', end)
    },
  }
}

function listeners(
  store: Store,
  sync: string,
  write: (work: () => void) => void,
): Pick<Parameters<StartSyncProcess>[0], 'onStatus' | 'onAct'> {
  let last: SyncState | undefined
  return {
    onStatus: (status) =>
      write(() => {
        store.syncs.tell(sync, status)
        if (status.state === last) return
        last = status.state
        if (status.state === 'copying' || status.state === 'catching_up') store.syncs.resyncBegun(sync)
        // Ends are noted by who knows why.
        if (status.state === 'stopped') return
        const { state, failure } = status
        store.syncs.note(sync, { kind: 'state', state, ...(failure === undefined ? {} : { failure }) })
      }),
    onAct: (act) => write(() => store.syncs.note(sync, act)),
  }
}
