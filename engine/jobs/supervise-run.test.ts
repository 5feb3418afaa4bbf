import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Failure } from '../contract/failure.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { markInterrupted } from './mark-interrupted.ts'
import { LEASE_MS, runSubject, superviseRun } from './supervise-run.ts'
import type { AttemptResult, StartAttempt } from './worker-port.ts'

let directory: string
let store: Store
const RETRY = { attempts: 3, delayMs: 1, maxDelayMs: 2 }
const COUNTS = { read: '1', generated: '0', written: '1', rejected: '0', filtered: '0' }
const OK: AttemptResult = { state: 'succeeded', counts: COUNTS }
const DOWN: AttemptResult = {
  state: 'failed',
  failure: new Failure('source.unavailable', { source: 's', reason: 'down' }),
}
const WRONG: AttemptResult = {
  state: 'failed',
  failure: new Failure('run.lossy_refused', { node: 'n', dataset: 'd', losses: [] }),
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-supervise-'))
  store = openStore(join(directory, 'state.sqlite'))
})
afterEach(() => {
  store[Symbol.dispose]()
  rmSync(directory, { recursive: true })
})

/** Attempts that end as listed, without processes: the port is what is tested here. */
function scripted(results: readonly AttemptResult[]): StartAttempt {
  return (attempt, onEvent) => {
    onEvent({ kind: 'step', step: `attempt ${attempt}` })
    return { result: Promise.resolve(results[attempt - 1] ?? WRONG), cancel: () => undefined, kill: () => undefined }
  }
}

async function supervise(startAttempt: StartAttempt, signal?: AbortSignal) {
  const runId = store.runs.create({ pipeline: 'p', workspace: '/w', request: '{}' })
  const lease = store.leases.acquire(runSubject(runId), 'me', LEASE_MS)
  if (lease === undefined) throw new Error('no lease')
  const state = await superviseRun({
    store,
    runId,
    lease,
    retry: RETRY,
    startAttempt,
    ...(signal === undefined ? {} : { signal }),
  })
  return { state, run: store.runs.get(runId), runId }
}

describe('a supervised run', () => {
  it.each([
    ['succeeds at once', [OK], 'succeeded', 1],
    ['succeeds after what passes', [DOWN, DOWN, OK], 'succeeded', 3],
    ['fails after its last attempt', [DOWN, DOWN, DOWN, OK], 'failed', 3],
    ['does not try again what cannot work', [WRONG, OK], 'failed', 1],
  ] as const)('%s', async (_case, results, state, attempt) => {
    const ended = await supervise(scripted(results))
    expect([ended.state, ended.run?.state, ended.run?.attempt]).toEqual([state, state, attempt])
    expect(store.runEvents.after(ended.runId, 0, 100).at(-1)).toMatchObject({ kind: 'state', state })
    expect(store.leases.isHeld(runSubject(ended.runId))).toBe(false)
  })

  it('is cancelled from this process', async () => {
    const stop = new AbortController()
    const { promise, resolve } = Promise.withResolvers<AttemptResult>()
    const cancel = (): void => resolve({ state: 'failed', failure: new Failure('work.cancelled', { what: 'p' }) })
    const ended = supervise(() => ({ result: promise, cancel, kill: cancel }), stop.signal)
    stop.abort()
    expect((await ended).run?.state).toBe('cancelled')
  })

  it('writes nothing more once another took its lease', async () => {
    const { promise, resolve } = Promise.withResolvers<AttemptResult>()
    let killed = false
    const start: StartAttempt = () => ({
      result: promise,
      cancel: () => undefined,
      kill: () => {
        killed = true
        resolve(OK)
      },
    })
    const ended = supervise(start)
    const runId = store.runs.list({ limit: 1 })[0]?.runId ?? ''
    // Another process takes over, as if this one had been paused for longer than its lease.
    const late = openStore(join(directory, 'state.sqlite'), { now: () => Date.now() + LEASE_MS * 10 })
    expect(late.leases.acquire(runSubject(runId), 'other', LEASE_MS)).toBeDefined()
    late[Symbol.dispose]()
    expect((await ended).state).toBeUndefined()
    expect(killed).toBe(true)
    expect(store.runs.get(runId)?.state).toBe('running')
  })

  it('that slept past its lease says nothing about how its worker ended, however soon after waking', async () => {
    const { promise, resolve } = Promise.withResolvers<AttemptResult>()
    const ended = supervise(() => ({ result: promise, cancel: () => undefined, kill: () => undefined }))
    const runId = store.runs.list({ limit: 1 })[0]?.runId ?? ''
    // Another process took over while this one slept; the worker's word arrives before the next heartbeat does.
    const late = openStore(join(directory, 'state.sqlite'), { now: () => Date.now() + LEASE_MS * 10 })
    expect(late.leases.acquire(runSubject(runId), 'other', LEASE_MS)).toBeDefined()
    const events = store.runEvents.after(runId, 0, 100).length
    resolve(OK)
    expect((await ended).state).toBeUndefined()
    expect(store.runs.get(runId)?.state).toBe('running')
    expect(store.runEvents.after(runId, 0, 100)).toHaveLength(events)
    expect(late.leases.isHeld(runSubject(runId))).toBe(true)
    late[Symbol.dispose]()
  })

  it('that lost its process is said to be interrupted', () => {
    const runId = store.runs.create({ pipeline: 'p', workspace: '/w', request: '{}' })
    store.runs.begin(runId, 1)
    expect(markInterrupted(store)).toEqual([runId])
    expect(store.runs.get(runId)?.state).toBe('interrupted')
  })
})
