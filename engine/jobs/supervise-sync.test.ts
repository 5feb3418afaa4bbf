import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '../contract/failure.ts'
import type { SyncStatus } from '../contract/sync.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { LEASE_MS } from './supervise-run.ts'
import { superviseSync, syncSubject } from './supervise-sync.ts'
import type { SyncEnd, SyncProcessRequest } from './sync-port.ts'
import { openSyncRunner, type SyncRunner } from './sync-runner.ts'

const LOST: SyncEnd = { kind: 'lost', failure: new Failure('sync.process_lost', { sync: 's', reason: 'SIGKILL' }) }
const REFUSED: SyncEnd = { kind: 'refused', failure: new Failure('sync.no_tables', { sync: 's', source: 'erp' }) }
const SOON = { timeout: 5_000, interval: 20 }

let directory: string
let store: Store
let runner: SyncRunner
/** Processes that were started, newest last. */
let lives: { readonly request: SyncProcessRequest; readonly end: (how: SyncEnd) => void }[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-supervise-sync-'))
  store = openStore(join(directory, 'state.sqlite'))
  lives = []
  runner = openRunner('me')
})
afterEach(async () => {
  await runner.close()
  store[Symbol.dispose]()
  rmSync(directory, { recursive: true })
})

/** Processes that live until they are told to end: the port is what is tested here. */
function startProcess(request: SyncProcessRequest) {
  const { promise, resolve } = Promise.withResolvers<SyncEnd>()
  lives.push({ request, end: resolve })
  const stop = (): void => resolve({ kind: 'stopped' })
  return { end: promise, stop, kill: () => resolve(LOST) }
}

function openRunner(owner: string): SyncRunner {
  return openSyncRunner({ store, owner, startProcess, onError: (error) => expect.fail(String(error)) })
}

function status(state: SyncStatus['state']): SyncStatus {
  const updatedAt = new Date().toISOString()
  return { name: 's', state, lagBytes: 9, changesPerSecond: 7, transactions: '3', tables: [], updatedAt }
}

const live = (index: number) => vi.waitUntil(() => lives[index], SOON)
const noted = (): string[] =>
  store.syncs
    .log('s', { limit: 100 })
    .map(({ kind, state, failure }) => [kind, state, failure?.code].filter((part) => part !== undefined).join(' '))
    .toReversed()

describe('a sync that is wanted', () => {
  it('is started again when its process dies, and says so meanwhile', async () => {
    await runner.start('s', { directory })
    const first = await live(0)
    first.request.onStatus(status('streaming'))
    expect(runner.standing('s')).toMatchObject({ isWanted: true, isRun: true, status: { state: 'streaming' } })
    first.end(LOST)
    await vi.waitUntil(() => runner.standing('s').status?.state === 'waiting', SOON)
    expect(runner.standing('s').status).toMatchObject({ failure: { code: 'sync.process_lost' }, changesPerSecond: 0 })
    ;(await live(1)).request.onStatus(status('streaming'))
    expect(runner.standing('s').status?.failure).toBeUndefined()
    expect(noted()).toEqual(['started', 'state streaming', 'restarted sync.process_lost', 'state streaming'])
    await runner.stop('s')
    expect(runner.standing('s')).toMatchObject({ isWanted: false, isRun: false, status: { state: 'stopped' } })
  })

  it('waits for a person when it cannot work, until it is started again', async () => {
    await runner.start('s', { directory })
    ;(await live(0)).end(REFUSED)
    await vi.waitUntil(() => !runner.standing('s').isRun, SOON)
    expect(runner.standing('s').status).toMatchObject({ state: 'failed', failure: { code: 'sync.no_tables' } })
    runner.takeUp()
    expect(lives).toHaveLength(1)
    await runner.start('s', { directory })
    await live(1)
  })

  it('is not begun again when it came to its end by itself', async () => {
    await runner.start('s', { directory })
    ;(await live(0)).end({ kind: 'stopped' })
    await vi.waitUntil(() => !runner.standing('s').isRun, SOON)
    expect(runner.standing('s')).toMatchObject({ isWanted: false, status: { state: 'stopped' } })
    runner.takeUp()
    expect(lives).toHaveLength(1)
  })

  it('is told to have stopped when its host died, and is taken up by the next', async () => {
    // A host that dies releases nothing.
    store.syncs.start('s', { directory, environment: 'prod' })
    const lease = store.leases.acquire(syncSubject('s'), 'dead', 30)
    store.syncs.tell('s', status('streaming'))
    expect(runner.standing('s').status?.state).toBe('streaming')
    await vi.waitUntil(() => runner.standing('s').status?.state === 'stopped', SOON)
    expect(runner.standing('s')).toMatchObject({ isWanted: true, status: { failure: { code: 'sync.not_running' } } })
    runner.takeUp()
    expect((await live(0)).request.work).toEqual({ directory, environment: 'prod' })
    expect(lease === undefined ? undefined : store.leases.renew(lease, LEASE_MS)).toBe(false)
  })

  it('stays wanted when its host ends', async () => {
    await runner.start('s', { directory })
    await live(0)
    await runner.close()
    expect(store.leases.isHeld(syncSubject('s'))).toBe(false)
    const next = openRunner('next')
    next.takeUp()
    await live(1)
    await next.close()
  })

  it('has a resync begun once, whatever dies before that', async () => {
    await runner.start('s', { directory })
    await live(0)
    await runner.start('s', { directory }, ['public.orders'])
    const second = await live(1)
    expect(second.request.resync).toEqual(['public.orders'])
    second.end(LOST)
    const third = await live(2)
    expect(third.request.resync).toEqual(['public.orders'])
    third.request.onStatus(status('copying'))
    third.end(LOST)
    expect((await live(3)).request.resync).toBeUndefined()
  })

  it('is written about by nobody who lost the lease', async () => {
    store.syncs.start('s', { directory })
    const lease = store.leases.acquire(syncSubject('s'), 'slow', 1)
    if (lease === undefined) throw new Error('no lease')
    const leave = new AbortController()
    const done = superviseSync({ store, sync: 's', lease, startProcess, signal: leave.signal })
    const first = await live(0)
    store.leases.release(lease)
    expect(store.leases.acquire(syncSubject('s'), 'new', LEASE_MS)).toBeDefined()
    first.request.onStatus(status('streaming'))
    await done
    expect(store.syncs.get('s')?.status).toBeUndefined()
  })
})
