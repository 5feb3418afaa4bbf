import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../base/clock.ts'
import { openStore, type Store } from './open-store.ts'

let directory: string
let store: Store
let now = 1_000_000

const clock: Clock = { now: () => now }
const path = (): string => join(directory, 'state.sqlite')
const RUN = { pipeline: 'orders', workspace: '/w', request: '{"a":1}' }

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-store-'))
  store = openStore(path(), clock)
})
afterEach(() => {
  store[Symbol.dispose]()
  rmSync(directory, { recursive: true })
})

describe('runs', () => {
  it('keeps a run through its life', () => {
    const runId = store.runs.create(RUN)
    expect(store.runs.get(runId)).toMatchObject({ state: 'queued', attempt: 0, pipeline: 'orders' })
    store.runs.begin(runId, 1)
    now += 5
    const counts = { read: '3', generated: '0', written: '2', rejected: '1', filtered: '0' }
    store.runs.end(runId, { state: 'succeeded', counts })
    expect(store.runs.get(runId)).toMatchObject({ state: 'succeeded', attempt: 1, counts })
  })

  it('finds the same work again, and only the same', () => {
    const first = store.runs.create(RUN)
    now += 1
    const second = store.runs.create(RUN)
    expect(second).not.toBe(first)
    expect(store.runs.latest(RUN)?.runId).toBe(second)
    expect(store.runs.latest({ ...RUN, request: '{"a":2}' })).toBeUndefined()
  })

  it('numbers events without gaps and gives those after a number', () => {
    const runId = store.runs.create(RUN)
    for (const message of ['a', 'b', 'c']) store.runEvents.add(runId, { kind: 'log', message })
    expect(store.runEvents.after(runId, 1, 10).map(({ sequence, message }) => [sequence, message])).toEqual([
      [2, 'b'],
      [3, 'c'],
    ])
  })

  it('gives only the kinds asked for', () => {
    const runId = store.runs.create(RUN)
    for (const kind of ['step', 'progress', 'log', 'state'] as const) store.runEvents.add(runId, { kind, step: 'a' })
    const kinds = store.runEvents.after(runId, 1, 10, ['progress', 'state']).map(({ kind }) => kind)
    expect(kinds).toEqual(['progress', 'state'])
  })
})

describe('loads of syncs', () => {
  it('are kept by table and forgotten with it', () => {
    const half = { copy: 'c1', chunks: [{ upTo: ['7'], rows: '7' }, { after: ['7'] }], nextCursor: '2026-01-01' }
    store.syncTables.putLoad('s', 'a', { cursor: '1' })
    store.syncTables.putLoad('s', 'a', half)
    store.syncTables.putLoad('s', 'b', { cursor: '2' })
    expect(store.syncTables.load('s', 'a')).toEqual(half)
    store.syncTables.forget('s', 'a')
    expect([store.syncTables.load('s', 'a'), store.syncTables.load('s', 'b')]).toEqual([{}, { cursor: '2' }])
    const refused = ['1', '2', '3'].map((n) => ({ dataset: 'd', locator: `d[0]@${n}`, reason: 'odd', raw: n }))
    store.syncTables.keepRefused('s', refused)
    store.syncTables.keepRefused('s', [{ dataset: 'd', locator: 'd[0]@1', reason: 'still odd', raw: '1' }])
    expect(store.syncTables.listRefused('s', { most: 2, skip: 0 }).map(({ reason }) => reason)).toEqual([
      'still odd',
      'odd',
    ])
    store.syncTables.forgetRefused('s', { locators: ['d[0]@1', 'd[0]@3'] })
    expect(store.syncTables.listRefused('s', { most: 9, skip: 0 })).toEqual([refused[1]])
    store.syncTables.forget('s', 'd')
    expect(store.syncTables.countRefused('s')).toBe(0)
  })
})

describe('the log of a run', () => {
  const failure = { code: 'source.unavailable', detail: { source: 'ERP', reason: 'gone' } } as const

  function logged(): string {
    const runId = store.runs.create(RUN)
    store.runEvents.add(runId, { kind: 'state', state: 'running' })
    store.runEvents.add(runId, { kind: 'step', step: 'open' })
    store.runEvents.add(runId, { kind: 'progress', step: 'orders', rows: '5', message: 'no line' })
    store.runEvents.add(runId, { kind: 'log', step: 'Orders', message: '100% read' })
    store.runEvents.add(runId, { kind: 'warning', step: 'orders', message: '编码不确定' })
    store.runEvents.add(runId, { kind: 'log', message: 'attempt 1 failed', failure })
    store.runEvents.add(runId, { kind: 'state', state: 'failed', failure })
    return runId
  }

  it.each<
    [
      string,
      {
        level?: 'info' | 'warning' | 'error'
        search?: string
        language?: 'en' | 'zh'
        limit?: number
        offset?: number
      },
      number[],
      number,
    ]
  >([
    ['has every line but steps and progress', {}, [1, 4, 5, 6, 7], 5],
    ['from a level on', { level: 'warning' }, [5, 6, 7], 3],
    ['of errors', { level: 'error' }, [6, 7], 2],
    ['with a text in any case', { search: 'ORDERS' }, [4, 5], 2],
    ['with Chinese text', { search: '编码' }, [5], 1],
    ['with what would be a pattern', { search: '0%' }, [4], 1],
    ['with what a failure says', { search: 'erp' }, [6, 7], 2],
    ['with words of Chinese lines', { search: '运行中', language: 'zh' }, [1], 1],
    ['with Chinese words of a failure', { search: '无法', language: 'zh' }, [6, 7], 2],
    ['without words of another language', { search: '运行中', language: 'en' }, [], 0],
    ['by page', { limit: 2, offset: 1 }, [4, 5], 5],
    ['of a page behind its end', { offset: 9 }, [], 5],
    ['counted only', { limit: 0 }, [], 5],
  ])('%s', (_case, page, sequences, total) => {
    const found = store.runEvents.log(logged(), { level: 'info', limit: 100, offset: 0, ...page })
    expect(found.lines.map(({ sequence }) => sequence)).toEqual(sequences)
    expect(found.total).toBe(total)
  })

  it('tells the level of each line', () => {
    const { lines } = store.runEvents.log(logged(), { level: 'info', limit: 100, offset: 0 })
    expect(lines.map(({ level }) => level)).toEqual(['info', 'info', 'warning', 'error', 'error'])
  })
})

describe('leases', () => {
  it('belong to one owner until their time is over, and the fence rises', () => {
    const first = store.leases.acquire('x', 'a', 100)
    expect(first?.fence).toBe(1)
    expect(store.leases.acquire('x', 'b', 100)).toBeUndefined()
    now += 101
    const second = store.leases.acquire('x', 'b', 100)
    expect(second?.fence).toBe(2)
    if (first === undefined) throw new Error('no lease')
    // The paused owner wakes up: it can neither prolong nor write under its old number.
    expect(store.leases.renew(first, 100)).toBe(false)
    let isWritten = false
    const write = (): void => void (isWritten = true)
    expect(store.leases.whileHeld(first, 100, write)).toBe(false)
    expect(isWritten).toBe(false)
    store.leases.release(first)
    expect(store.leases.isHeld('x')).toBe(true)
  })
})

describe('job runs', () => {
  it('has one run for a job and a time, whoever asks', () => {
    const due = { job: 'j', deploymentId: 'd', cause: 'schedule', dueAt: 5, priority: 0 } as const
    expect(store.jobRuns.enqueue(due)).toBeDefined()
    expect(store.jobRuns.enqueue(due)).toBeUndefined()
    expect(store.jobRuns.enqueue({ ...due, cause: 'manual', dueAt: 6 })).toBeDefined()
  })

  it('waits in order of priority, then of age', () => {
    const make = (job: string, priority: number): void =>
      void store.jobRuns.enqueue({ job, deploymentId: 'd', cause: 'manual', priority })
    make('low', 0)
    now += 1
    make('high', 5)
    now += 1
    make('later', 5)
    expect(store.jobRuns.waiting().map(({ job }) => job)).toEqual(['high', 'later', 'low'])
  })
})

const version = (id: string) => ({ id, job: 'j', digest: id, directory: `/d/${id}`, keyId: 'k' })

describe('deployments', () => {
  it('go forward and back, one active at a time', () => {
    for (const id of ['v1', 'v2', 'v3']) {
      now += 1
      store.deployments.activate(version(id))
    }
    expect(store.deployments.active('j')?.id).toBe('v3')
    expect(store.deployments.rollback('j')?.id).toBe('v2')
    expect(store.deployments.rollback('j')?.id).toBe('v1')
    expect(store.deployments.rollback('j')).toBeUndefined()
    expect(store.deployments.list('j').filter(({ state }) => state === 'active')).toHaveLength(1)
  })
})

describe('trust and audit', () => {
  it('knows tokens only by their hash, and a nonce once', () => {
    store.trust.addToken('canary-token', 'erika')
    expect(store.trust.tokenName('canary-token')).toBe('erika')
    expect(store.trust.tokenName('other')).toBeUndefined()
    expect([store.trust.useNonce('n'), store.trust.useNonce('n')]).toEqual([true, false])
    store[Symbol.dispose]()
    expect(readFileSync(path()).includes('canary-token')).toBe(false)
    store = openStore(path(), clock)
  })

  it.each([
    ['changed', `UPDATE audit SET subject = 'other' WHERE sequence = 2`, 2],
    ['removed', 'DELETE FROM audit WHERE sequence = 2', 2],
    ['removed first', 'DELETE FROM audit WHERE sequence = 1', 1],
    ['untouched', 'SELECT 1', undefined],
  ])('names the first entry that was %s', (_case, tampering, broken) => {
    for (const subject of ['a', 'b', 'c']) store.audit.add({ actor: 'me', action: 'push', subject })
    const raw = new Database(path())
    raw.exec(tampering)
    raw.close()
    expect(store.audit.firstBroken()).toBe(broken)
  })
})

describe('the file', () => {
  it('is durable on every commit', () => {
    const raw = new Database(path())
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    raw.close()
  })

  it('is never replaced when damaged', () => {
    store.runs.create(RUN)
    store[Symbol.dispose]()
    const bytes = readFileSync(path())
    bytes.fill(0xa5, 4_096, 12_288)
    writeFileSync(path(), bytes)
    expect(() => openStore(path())).toThrow(expect.objectContaining({ code: 'store.damaged' }))
    expect(readFileSync(path()).equals(bytes)).toBe(true)
    rmSync(path())
    store = openStore(path(), clock)
  })

  it('of a newer Runnel is left alone', () => {
    store[Symbol.dispose]()
    const raw = new Database(path())
    raw.pragma('user_version = 99')
    raw.close()
    expect(() => openStore(path())).toThrow(expect.objectContaining({ code: 'store.too_new' }))
    rmSync(path())
    store = openStore(path(), clock)
  })
})
