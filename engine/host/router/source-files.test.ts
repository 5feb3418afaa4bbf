import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestEngine, type TestEngine } from './testing/test-engine.ts'

let host: TestEngine

beforeEach(async () => {
  host = await openTestEngine({
    'data/people.csv': 'name\nLi\n',
    'data/months/2026-01.csv': 'name\nWu\n',
    'data/months/2026-02.csv': 'name\nHe\n',
    'pipelines/p.yaml': `version: 1
nodes:
  people: { type: source, dataset: files:people.csv }
  months: { type: source, dataset: "files:months/2026-*.csv" }
  years: { type: source, dataset: "files:2026-*.csv" }
  gone: { type: source, dataset: files:gone.csv }
  elsewhere: { type: source, dataset: "nowhere:x" }
  stored: { type: source, dataset: "store:main.t" }
  all: { type: union, inputs: [people, months, years, gone, elsewhere, stored] }
  load: { type: target, input: all, dataset: "store:main.t2", mode: replace }
`,
  })
})
afterEach(() => host[Symbol.asyncDispose]())

it('tells when the files of sources were changed, not of one that the pipeline loads into or that is not there', async () => {
  const before = await host.engine.pipelines.sourceFiles({ pipeline: 'p' })
  expect(before.map(({ node }) => node)).toEqual(['people', 'months'])
  // utimes takes seconds as a float: a millisecond may be lost, a whole second is not.
  const later = new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000)
  await utimes(join(host.directory, 'data/people.csv'), later, later)
  const between = await host.engine.pipelines.sourceFiles({ pipeline: 'p' })
  expect(between.map(({ changedAt }) => Date.parse(changedAt) === later.getTime())).toEqual([true, false])
  await utimes(join(host.directory, 'data/months/2026-02.csv'), later, later)
  const after = await host.engine.pipelines.sourceFiles({ pipeline: 'p' })
  expect(after.map(({ changedAt }) => Date.parse(changedAt))).toEqual([later.getTime(), later.getTime()])
})
