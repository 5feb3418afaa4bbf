import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileFolder } from '../connectors/shared/file-folder.ts'
import { folderInbox } from '../connectors/shared/folder-inbox.ts'
import { Failure } from '../contract/failure.ts'
import { type JobFile, jobFileSchema } from '../contract/job-file.ts'
import type { Deployment } from '../store/deployments.ts'
import type { JobRun } from '../store/job-runs.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { datasetsOfRun, fileOfRun } from './file-run.ts'
import { type FileWatch, openFileWatch } from './watch-files.ts'

let directory: string
let folder: string
let store: Store
let now: number
let watch: FileWatch
let isReachable: boolean
let deployment: Deployment

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'runnel-watch-'))
  folder = mkdtempSync(join(directory, 'inbox-'))
  now = 1_000
  isReachable = true
  store = openStore(join(directory, 'state.sqlite'), { now: () => now })
  deployment = store.deployments.activate({ id: 'd', job: 'j', digest: 'd', directory, keyId: 'k' })
  watch = restarted()
})
afterEach(() => {
  store[Symbol.dispose]()
  rmSync(directory, { recursive: true })
})

function restarted(): FileWatch {
  return openFileWatch({
    store,
    clock: { now: () => now },
    openInbox: async () => {
      if (!isReachable) throw new Failure('source.unavailable', { source: 'inbox', reason: 'gone' })
      const inbox = folderInbox(fileFolder('inbox', folder, '/'), ['.csv'])
      return { ...inbox, [Symbol.asyncDispose]: () => Promise.resolve() }
    },
  })
}

const jobOf = (more: object = {}): JobFile =>
  jobFileSchema.parse({
    version: 1,
    steps: [{ pipeline: 'p' }],
    watch: { dataset: 'inbox:**/*.csv', every: '1s', settled: '10s', archive: 'done', errors: 'bad', ...more },
  })
const drop = (name: string, text: string): void => writeFileSync(join(folder, name), text)
const everything = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
const queued = (): string[] => runs().map((run) => fileOfRun(run) ?? '?')
const runs = (): JobRun[] => store.jobRuns.list('j', 50).toReversed()

async function lookAfter(seconds: number, job = jobOf()): Promise<void> {
  now += seconds * 1_000
  await watch.look(deployment, job)
}

function end(state: 'succeeded' | 'failed'): void {
  for (const run of store.jobRuns.waiting()) store.jobRuns.end(run.id, state)
}

describe('a job that waits for files', () => {
  it('takes each once it is settled, one run for each, and puts it away after its run', async () => {
    drop('b.csv', '2')
    drop('a.csv', '1')
    await lookAfter(0)
    await lookAfter(9)
    expect(queued()).toEqual([])
    await lookAfter(1)
    await lookAfter(60)
    expect(queued().toSorted()).toEqual(['a.csv', 'b.csv'])
    expect(runs().map(datasetsOfRun)).toContainEqual({ 'inbox:**/*.csv': 'inbox:a.csv' })
    expect(everything()).toEqual(['a.csv', 'b.csv'])
    end('succeeded')
    await lookAfter(1)
    expect(everything()).toEqual(['done', 'done/a.csv', 'done/b.csv'])
    await lookAfter(60)
    expect(runs()).toHaveLength(2)
    expect(store.takenFiles.count('j')).toEqual({ taken: 2, failed: 0 })
  })

  it('waits on for a file that still grows', async () => {
    drop('a.csv', '1')
    await lookAfter(0)
    await lookAfter(9)
    appendFileSync(join(folder, 'a.csv'), '2')
    await lookAfter(9)
    expect(queued()).toEqual([])
    await lookAfter(10)
    expect(queued()).toEqual(['a.csv'])
  })

  it('takes a file at once when its marker stands beside it, and puts both away', async () => {
    const job = jobOf({ marker: '.done' })
    drop('a.csv', '1')
    await lookAfter(60, job)
    await lookAfter(60, job)
    expect(queued()).toEqual([])
    drop('a.csv.done', '')
    await lookAfter(1, job)
    expect(queued()).toEqual(['a.csv'])
    end('succeeded')
    await lookAfter(1, job)
    expect(everything()).toEqual(['done', 'done/a.csv', 'done/a.csv.done'])
  })

  it('does not run for the same content under the same name again, but keeps the copy', async () => {
    for (const [copy, text] of ['one', 'one', 'other'].entries()) {
      drop('a.csv', text)
      utimesSync(join(folder, 'a.csv'), copy + 1, copy + 1)
      await lookAfter(1)
      await lookAfter(10)
      end('succeeded')
      await lookAfter(1)
    }
    expect(queued()).toEqual(['a.csv', 'a.csv'])
    expect(everything()).toEqual(['done', 'done/a-2.csv', 'done/a-3.csv', 'done/a.csv'])
    expect(readFileSync(join(folder, 'done/a-3.csv'), 'utf8')).toBe('other')
  })

  it.each([
    ['moves a file whose run failed to the errors, and takes it again from there', 'bad', 'bad/a.csv'],
    ['leaves a file whose run failed where it is, and takes it again only when it was changed', undefined, 'a.csv'],
  ])('%s', async (_case, errors, place) => {
    const job = jobOf({ errors })
    drop('a.csv', '1')
    await lookAfter(0, job)
    await lookAfter(10, job)
    end('failed')
    await lookAfter(1, job)
    await lookAfter(60, job)
    expect(everything()).toContain(place)
    expect(queued()).toEqual(['a.csv'])
    drop('a.csv', '1')
    utimesSync(join(folder, 'a.csv'), 7, 7)
    await lookAfter(1, job)
    await lookAfter(10, job)
    expect(queued()).toEqual(['a.csv', 'a.csv'])
    expect(store.takenFiles.count('j')).toEqual({ taken: 0, failed: 1 })
  })

  it('puts away after a restart what ended while nobody looked', async () => {
    drop('a.csv', '1')
    await lookAfter(0)
    await lookAfter(10)
    end('succeeded')
    watch = restarted()
    await lookAfter(0)
    expect(everything()).toEqual(['done', 'done/a.csv'])
  })

  it('tells why it cannot look, and goes on once it can', async () => {
    isReachable = false
    await lookAfter(0)
    expect(watch.failureOf('j')).toMatchObject({ code: 'source.unavailable' })
    isReachable = true
    drop('a.csv', '1')
    await lookAfter(1)
    await lookAfter(10)
    expect([watch.failureOf('j'), queued()]).toEqual([undefined, ['a.csv']])
  })

  it('looks no more often than it is to', async () => {
    const job = jobOf({ every: '1m', settled: '1s' })
    await lookAfter(0, job)
    drop('a.csv', '1')
    await lookAfter(59, job)
    expect(queued()).toEqual([])
    await lookAfter(1, job)
    await lookAfter(60, job)
    expect(queued()).toEqual(['a.csv'])
  })
})

it.each(['../up', '/absolute', 'a/../../b', 'a//b', 'a\\b', ''])('a folder %j is refused', (archive) => {
  const job = { version: 1, steps: [{ pipeline: 'p' }], watch: { dataset: 'inbox:*.csv', archive } }
  expect(jobFileSchema.safeParse(job).success).toBe(false)
})
