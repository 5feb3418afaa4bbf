import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type JobFile, jobFileSchema } from '../contract/job-file.ts'
import type { Deployment } from '../store/deployments.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { printFileRequest } from './file-run.ts'
import { type Scheduler, startScheduler } from './scheduler.ts'
import type { AttemptResult } from './worker-port.ts'

const COUNTS = { read: '1', generated: '0', written: '1', rejected: '0', filtered: '0' }
const START = Date.parse('2026-03-01T00:00:00Z')

let directory: string
let store: Store
let schedulers: Scheduler[]
let now: number
/** How often the scheduler looked at the clock. */
let looks: number
let jobs: Map<string, JobFile>
/** Steps that were started, in order, and what ends the one under way. */
let started: string[]
let running: Map<string, (result: AttemptResult) => void>
/** Jobs whose files were looked for. */
let looked: string[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runnel-scheduler-'))
  now = START
  looks = 0
  store = openStore(join(directory, 'state.sqlite'), { now: () => now })
  schedulers = []
  jobs = new Map()
  started = []
  looked = []
  running = new Map()
})
afterEach(async () => {
  const stops = schedulers.map((scheduler) => scheduler.stop())
  for (const finish of running.values()) finish({ state: 'succeeded', counts: COUNTS })
  await Promise.all(stops)
  store[Symbol.dispose]()
  rmSync(directory, { recursive: true })
})

function deploy(name: string, file: Record<string, unknown>): Deployment {
  jobs.set(name, jobFileSchema.parse({ version: 1, steps: [{ pipeline: `${name}-1` }], ...file }))
  return store.deployments.activate({ id: `d-${name}`, job: name, digest: name, directory: '/d', keyId: 'k' })
}

function schedule(owner = 'me'): Scheduler {
  const scheduler = startScheduler({
    store,
    clock: {
      now: () => {
        looks++
        return now
      },
    },
    owner,
    concurrency: 4,
    watch: { look: async (deployment) => void looked.push(deployment.job), failureOf: () => undefined },
    onError: (error) => expect.fail(String(error)),
    jobFile: async ({ job }) => {
      const file = jobs.get(job)
      if (file === undefined) throw new Error(job)
      return file
    },
    startStep: (run) => () => {
      started.push(run.pipeline)
      const { promise, resolve } = Promise.withResolvers<AttemptResult>()
      running.set(run.runId, resolve)
      const end = (): void => resolve({ state: 'succeeded', counts: COUNTS })
      return { result: promise, cancel: end, kill: end }
    },
  })
  schedulers.push(scheduler)
  return scheduler
}

/** Resolves when the scheduler has looked for work from beginning to end at the time it is now. */
async function ticks(): Promise<void> {
  const before = looks
  await expect.poll(() => looks).toBeGreaterThan(before + 2)
}

function finishAll(): void {
  for (const finish of running.values()) finish({ state: 'succeeded', counts: COUNTS })
  running.clear()
}

const states = (job: string): string[] =>
  store.jobRuns
    .list(job, 10)
    .map(({ state }) => state)
    .toReversed()

describe('the scheduler', () => {
  it('runs what is due, once for each time, also after the clock went back', async () => {
    deploy('j', { schedule: { cron: '*/10 * * * *', timeZone: 'UTC' } })
    schedule()
    now = START + 10 * 60_000 + 500
    await expect.poll(() => started).toEqual(['j-1'])
    finishAll()
    await expect.poll(() => states('j')).toEqual(['succeeded'])
    now = START + 5 * 60_000
    await ticks()
    now = START + 11 * 60_000
    await ticks()
    expect(states('j')).toEqual(['succeeded'])
  })

  it.each([
    ['skip', ['running', 'skipped'], 1],
    ['queue', ['running', 'queued'], 1],
    ['allow', ['running', 'running'], 2],
  ])('with overlap %s', async (overlap, expected, begun) => {
    const deployment = deploy('j', { overlap })
    const scheduler = schedule()
    const file = jobs.get('j')
    if (file === undefined) throw new Error('no job')
    scheduler.trigger(deployment, file)
    await expect.poll(() => started.length).toBe(1)
    now += 1
    scheduler.trigger(deployment, file)
    await expect.poll(() => states('j')).toEqual(expected)
    expect(started).toHaveLength(begun)
  })

  it('looks for files of jobs that wait for them, and passes over no file where overlapping runs are', async () => {
    const { id: deploymentId } = deploy('j', { overlap: 'skip', watch: { dataset: 'inbox:*.csv' } })
    deploy('other', {})
    schedule()
    await expect.poll(() => new Set(looked)).toEqual(new Set(['j']))
    for (const name of ['a.csv', 'b.csv']) {
      const request = printFileRequest('inbox:*.csv', name)
      store.jobRuns.enqueue({ job: 'j', deploymentId, cause: 'file', priority: 0, request })
      now += 1
    }
    await expect.poll(() => started).toEqual(['j-1'])
    await ticks()
    expect(states('j')).toEqual(['running', 'queued'])
    finishAll()
    await expect.poll(() => started).toEqual(['j-1', 'j-1'])
  })

  it('starts a job after all those it waits for succeeded', async () => {
    const [a, b] = [deploy('a', {}), deploy('b', {})]
    deploy('c', { after: ['a', 'b'] })
    const scheduler = schedule()
    for (const deployment of [a, b]) {
      now += 1
      const file = jobs.get(deployment.job)
      if (file !== undefined) scheduler.trigger(deployment, file)
    }
    await expect.poll(() => started.toSorted()).toEqual(['a-1', 'b-1'])
    now += 1
    finishAll()
    await expect.poll(() => started).toContain('c-1')
    expect(store.jobRuns.list('c', 5).map(({ cause }) => cause)).toEqual(['dependency'])
  })

  it('goes on after a crash from the step that had not succeeded, under the same run id', async () => {
    const deployment = deploy('j', { steps: [{ pipeline: 'one' }, { pipeline: 'two' }] })
    const crashed = store.jobRuns.enqueue({ job: 'j', deploymentId: deployment.id, cause: 'manual', priority: 0 })
    if (crashed === undefined) throw new Error('not queued')
    // What the process that died had written: the first step done, the second begun.
    store.jobRuns.begin(crashed.id)
    for (const [step, pipeline] of ['one', 'two'].entries()) {
      const runId = store.runs.create({
        runId: `${crashed.id}-${step + 1}`,
        pipeline,
        job: 'j',
        workspace: '/d',
        request: '{}',
      })
      store.runs.begin(runId, 1)
      if (pipeline === 'one') store.runs.end(runId, { state: 'succeeded', counts: COUNTS })
    }
    schedule('next')
    await expect.poll(() => started).toEqual(['two'])
    expect(store.runs.get(`${crashed.id}-2`)?.attempt).toBe(2)
    finishAll()
    await expect.poll(() => states('j')).toEqual(['succeeded'])
  })
})
