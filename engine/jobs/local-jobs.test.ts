import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobRunSummary } from '../contract/api/jobs.ts'
import { Failure } from '../contract/failure.ts'
import { type JobFile, jobFileSchema } from '../contract/job-file.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { type LocalJobs, openLocalJobs } from './local-jobs.ts'
import { LEASE_MS } from './supervise-run.ts'
import type { AttemptResult } from './worker-port.ts'

const COUNTS = { read: '1', generated: '0', written: '1', rejected: '0', filtered: '0' }
const DONE: AttemptResult = { state: 'succeeded', counts: COUNTS }
const BROKEN: AttemptResult = { state: 'failed', failure: new Failure('run.read_only', { connection: 'c' }) }

let directory: string
let store: Store
let now: number
/** Steps in the order in which they began, with the values they got. */
let started: string[]
let endOf: Map<string, (result: AttemptResult) => void>
/** At the end of a test: every step ends at once. */
let closing: PromiseWithResolvers<AttemptResult>

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-local-jobs-'))
  now = Date.parse('2026-03-01T00:00:00Z')
  store = openStore(join(directory, 'state.sqlite'), { now: () => now })
  started = []
  endOf = new Map()
  closing = Promise.withResolvers()
})
afterEach(async () => {
  closing.resolve(DONE)
  await expect.poll(() => [...store.jobRuns.waiting(), ...store.jobRuns.running()]).toEqual([])
  store[Symbol.dispose]()
  rmSync(directory, { recursive: true })
})

/** What one process has of the store. */
function process(owner: string): LocalJobs {
  return openLocalJobs({
    store,
    owner,
    startStep: (run, step) => () => {
      started.push([run.pipeline, ...Object.values(('pipeline' in step && step.parameters) || {})].join(' '))
      const { promise, resolve } = Promise.withResolvers<AttemptResult>()
      endOf.set(run.pipeline, resolve)
      const cancel = (): void =>
        resolve({ state: 'failed', failure: new Failure('work.cancelled', { what: run.pipeline }) })
      return { result: Promise.race([promise, closing.promise]), cancel, kill: cancel }
    },
  })
}

function work(file: Record<string, unknown> = {}): { job: JobFile; workspace: string } {
  const steps = [{ pipeline: 'a', parameters: { since: 7 } }, { pipeline: 'b' }]
  return { job: jobFileSchema.parse({ version: 1, steps, ...file }), workspace: '/w' }
}

async function end(pipeline: string, result: AttemptResult = DONE): Promise<void> {
  await expect.poll(() => endOf.has(pipeline)).toBe(true)
  endOf.get(pipeline)?.(result)
  endOf.delete(pipeline)
}

const stepsOf = ({ steps }: JobRunSummary): (string | undefined)[] => (steps ?? []).map(({ run }) => run?.state)
const stateOf = (jobs: LocalJobs, id: string): (() => string) => {
  return () => jobs.get(id).state
}

describe('a job run from its workspace', () => {
  it('works its steps off in order, with their parameters', async () => {
    const jobs = process('me')
    const { id, state } = jobs.start('j', work())
    expect(state).toBe('running')
    await end('a')
    await end('b')
    await expect.poll(stateOf(jobs, id)).toBe('succeeded')
    expect(started).toEqual(['a 7', 'b'])
    expect(stepsOf(jobs.get(id))).toEqual(['succeeded', 'succeeded'])
  })

  it('stops at a step that fails, and goes on from there when it is resumed', async () => {
    const jobs = process('me')
    const { id } = jobs.start('j', work())
    await end('a')
    await end('b', BROKEN)
    await expect.poll(stateOf(jobs, id)).toBe('failed')
    expect(jobs.get(id).failure?.code).toBe('run.read_only')
    expect(jobs.resume(id)).toMatchObject({ state: 'running' })
    await end('b')
    await expect.poll(stateOf(jobs, id)).toBe('succeeded')
    expect(started).toEqual(['a 7', 'b', 'b'])
    expect(jobs.get(id)).not.toHaveProperty('failure')
    expect(jobs.resume(id).state).toBe('succeeded')
  })

  it.each([
    ['the process that runs it', 'me'],
    ['another process', 'other'],
  ])('is cancelled by %s; no later step begins', async (_case, by) => {
    const jobs = process('me')
    const { id } = jobs.start('j', work())
    await expect.poll(() => started).toEqual(['a 7'])
    const asked = by === 'me' ? jobs : process(by)
    asked.cancel(id)
    await expect.poll(stateOf(jobs, id), { timeout: 10_000 }).toBe('cancelled')
    expect(stepsOf(jobs.get(id))).toEqual(['cancelled', undefined])
  })

  it('keeps what it began with when its file changes', async () => {
    const jobs = process('me')
    const first = work()
    const { id } = jobs.start('j', first)
    Object.assign(first, { job: work({ steps: [{ pipeline: 'x' }] }).job })
    await end('a')
    await end('b')
    await expect.poll(stateOf(jobs, id)).toBe('succeeded')
  })

  it.each([
    ['skip', 'skipped', ['a 7']],
    ['allow', 'running', ['a 7', 'a 7']],
    ['queue', 'queued', ['a 7']],
  ])('overlap %s: a second run is %s', async (overlap, state, expected) => {
    const jobs = process('me')
    jobs.start('j', work({ overlap }))
    await expect.poll(() => started).toHaveLength(1)
    expect(jobs.start('j', work({ overlap })).state).toBe(state)
    await expect.poll(() => started).toEqual(expected)
  })

  it('a queued run begins when the one before is over', async () => {
    const jobs = process('me')
    const file = { overlap: 'queue', steps: [{ pipeline: 'a' }] }
    jobs.start('j', work(file))
    const second = jobs.start('j', work(file))
    await end('a')
    await expect.poll(stateOf(jobs, second.id)).toBe('running')
    expect(started).toEqual(['a', 'a'])
  })

  it('is interrupted when its process is gone, and another one can resume it', async () => {
    const id = 'left-behind'
    const left = { job: 'j', deploymentId: 'workspace', cause: 'manual', priority: 0 } as const
    store.jobRuns.enqueue({ ...left, id, request: JSON.stringify(work()) })
    store.leases.acquire(`job-run:${id}`, 'gone', LEASE_MS)
    store.jobRuns.begin(id)
    const jobs = process('me')
    expect(jobs.get(id).state).toBe('running')
    now += LEASE_MS + 1
    expect(jobs.get(id).state).toBe('interrupted')
    jobs.resume(id)
    await end('a')
    await end('b')
    await expect.poll(stateOf(jobs, id)).toBe('succeeded')
  })

  it('another process cannot take up what is held', async () => {
    const { id } = process('me').start('j', work())
    await expect.poll(() => started).toHaveLength(1)
    expect(process('other').resume(id).state).toBe('running')
    expect(started).toHaveLength(1)
  })
})
