import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestResult } from '../contract/api/tests.ts'
import { pipelineFileSchema } from '../contract/pipeline-file.ts'
import { testsFileSchema } from '../contract/tests-file.ts'
import { runPipelineTests } from './tests.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-tests-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const FILE = pipelineFileSchema.parse({
  version: 1,
  parameters: { least: { type: 'INTEGER', default: 0 } },
  nodes: {
    orders: { type: 'source', dataset: 'nowhere:orders' },
    checked: { type: 'validate', input: 'orders', rules: [{ column: 'amount', check: 'not_null' }] },
    large: { type: 'filter', input: 'checked', where: 'amount > $least' },
    load: { type: 'target', input: 'large', dataset: 'nowhere:out', mode: 'upsert', keys: ['id'] },
  },
})

const ORDERS = {
  types: { amount: 'DECIMAL(10,2)' },
  rows: [
    { id: 1, amount: '10.50' },
    { id: 2, amount: null },
    { id: 3, amount: 5 },
    { id: 4, amount: '-1' },
  ],
}

async function run(expectations: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<TestResult> {
  const tests = testsFileSchema.parse({
    version: 1,
    tests: { one: { inputs: { orders: ORDERS }, expect: expectations, ...more } },
  })
  const results = runPipelineTests({ pipelineName: 'p', file: FILE, tests, testsDirectory: folder })
  const [result] = await Array.fromAsync(results)
  if (result === undefined) throw new Error('no result')
  return result
}

describe('runPipelineTests', () => {
  it.each([
    [
      'rows in any order',
      {
        load: {
          rows: [
            { id: 3, amount: '5' },
            { id: 1, amount: 10.5 },
          ],
        },
      },
    ],
    ['rows over some columns', { large: { rows: [{ id: 1 }, { id: 3 }] } }],
    ['counts', { large: { count: 2 }, 'checked.rejects': { count: { min: 1, max: 1 } } }],
    [
      'columns',
      {
        checked: {
          columns: {
            amount: { type: 'decimal(10,2)', notNull: true, unique: true, range: { min: -1, max: '10.50' } },
            id: { regex: '^[0-9]+$', oneOf: [1, 3, 4] },
          },
        },
      },
    ],
  ])('passes %s', async (_case, expectations) => {
    expect(await run(expectations)).toMatchObject({ passed: true, reasons: [] })
  })

  it.each([
    [
      'a missing and a surplus row',
      { load: { rows: [{ id: 1 }, { id: 9 }] } },
      ['load misses: id=9', 'load has too much: id=3'],
    ],
    [
      'another order',
      { load: { rows: [{ id: 3 }, { id: 1 }], ordered: true } },
      ['load, row 1: expected id=3; found id=1'],
    ],
    ['a count', { load: { count: 7 } }, ['load has 2 rows, expected 7']],
    ['NULL', { orders: { columns: { amount: { notNull: true } } } }, ['orders.amount is NULL in 1 rows']],
    [
      'a range',
      { orders: { columns: { id: { range: { max: 3 } } } } },
      ['orders.id is out of range in 1 rows, for example 4'],
    ],
    ['a type', { orders: { columns: { id: { type: 'DATE' } } } }, ['orders.id has the type BIGINT, expected DATE']],
    [
      'a pattern',
      { orders: { columns: { id: { regex: '[12]' } } } },
      ['orders.id does not match [12] in 2 rows, for example 3'],
    ],
    [
      'an absent column',
      { load: { columns: { nope: { notNull: true } } } },
      ['load has no column nope; it has id, amount'],
    ],
    ['an unknown output', { lod: { count: 1 } }, ['The pipeline has no output lod.']],
  ])('names %s', async (_case, expectations, reasons) => {
    expect(await run(expectations)).toMatchObject({ passed: false, reasons })
  })

  it('takes parameters and rows from a file beside it', async () => {
    await writeFile(join(folder, 'orders.csv'), 'id,amount\n1,10\n2,20\n')
    const inputs = { orders: { file: 'orders.csv' } }
    expect(await run({ load: { rows: [{ id: 2, amount: 20 }] } }, { inputs, parameters: { least: 15 } })).toMatchObject(
      {
        passed: true,
      },
    )
  })

  it.each([
    ['a file elsewhere', { orders: { file: '/etc/passwd' } }],
    ['a path that leaves', { orders: { file: '../../etc/passwd' } }],
    ['a source without rows', {}],
    ['rows for what is no source', { orders: ORDERS, large: ORDERS }],
  ])('fails for %s', async (_case, inputs) => {
    expect(await run({ load: { count: 0 } }, { inputs })).toMatchObject({
      passed: false,
      reasons: [expect.any(String)],
    })
  })
})
