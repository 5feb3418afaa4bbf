import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDuck } from '../../duck/open-duck.ts'
import { sql } from '../../sql/sql.ts'
import { codeOf, openTestEngine, type TestEngine } from './testing/test-engine.ts'

const PIPELINE = `version: 1
nodes:
  people: { type: source, dataset: "files:people.csv" }
  typed:
    type: map
    input: people
    fields:
      - { to: id, from: id }
      - { to: age, from: age, type: INTEGER }
      - { to: paid, from: paid, type: "DECIMAL(9,3)" }
  out: { type: target, input: typed, dataset: "store:main.people", mode: append }
`

let test: TestEngine
beforeEach(async () => {
  test = await openTestEngine({
    'data/people.csv': 'id,age,paid\n1,30,10.50\n2,300,10.555\n3,70000,9.999\n',
    'pipelines/p.yaml': PIPELINE,
  })
  await using duck = await openDuck({ path: join(test.directory, 'data/store.duckdb') })
  await duck.run(sql`CREATE TABLE people (id BIGINT, age UTINYINT, paid DECIMAL(6,2))`)
})
afterEach(() => test[Symbol.asyncDispose]())

it('finds what the target would refuse or change, with what mends it', async () => {
  const found = await test.engine.pipelines.preflight({ pipeline: 'p' })
  expect(found).toMatchObject({ basis: 'source', targets: [{ node: 'out', exists: true, rows: '3' }] })
  expect(
    found.findings.map(({ column, kind, effect, count, examples }) => [column, kind, effect, count, examples]),
  ).toEqual([
    ['age', 'overflow', 'fails', '2', ['300', '70000']],
    ['paid', 'precision', 'changes', '2', ['10.555', '9.999']],
  ])
  expect(found.findings[0]?.fixes[0]).toEqual({ kind: 'widen', type: 'integer' })
  expect((await test.engine.pipelines.preflight({ pipeline: 'p', limitRows: 1 })).findings).toEqual([])
})

it('is clean once the offered step is put before the target', async () => {
  const { findings } = await test.engine.pipelines.preflight({ pipeline: 'p' })
  let text = PIPELINE.replace('input: typed, dataset', 'input: step1, dataset')
  for (const [i, { fixes }] of findings.entries()) {
    const fix = fixes.find(({ kind }) => kind !== 'widen')
    if (fix === undefined || fix.kind === 'widen') throw new Error('no step is offered')
    text += `  step${i}: ${JSON.stringify({ type: fix.node, input: i === 0 ? 'typed' : `step${i - 1}`, ...fix.config })}\n`
  }
  await test.write('pipelines/p.yaml', text)
  const mended = await test.engine.pipelines.preflight({ pipeline: 'p' })
  expect(mended.findings).toEqual([])
  expect(mended.targets[0]?.rows).toBe('1')
})

it('ends with its caller', async () => {
  const query = 'SELECT sum(a.range % (b.range + 1)) AS id FROM range(10000000) a, range(10000000) b'
  const nodes = {
    counted: { type: 'sql', sql: query },
    out: { type: 'target', input: 'counted', dataset: 'store:main.people' },
  }
  await test.write('pipelines/endless.yaml', JSON.stringify({ version: 1, nodes }))
  const signal = AbortSignal.timeout(300)
  expect(await codeOf(test.engine.pipelines.preflight({ pipeline: 'endless' }, { signal }))).toBe('work.cancelled')
})
