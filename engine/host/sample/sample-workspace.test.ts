import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRecorded } from '../cli/testing/recording-terminal.ts'
import { writeSampleWorkspace } from './sample-workspace.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-sample-'))
const directory = join(root, 'sample')
const ORDERS = 600

beforeAll(async () => {
  await writeSampleWorkspace(directory, { orders: ORDERS, seed: 3, dirtyShare: 0.1 })
})
afterAll(() => rm(root, { recursive: true }))

async function json(...args: string[]) {
  const { exit, out, error } = await runRecorded([...args, '--json'], { directory })
  expect([error, out.trimEnd().split('\n').length]).toEqual(['', 1])
  return { exit, document: JSON.parse(out) }
}

it('is sound and its tests pass', async () => {
  expect(await json('check')).toMatchObject({ exit: 0, document: { problems: [] } })
  expect(await json('test')).toMatchObject({ exit: 0, document: { passed: 1, failed: 0 } })
})

it('keeps what runs leave and what it generates out of git', async () => {
  expect(await readFile(join(directory, '.gitignore'), 'utf8')).toBe('.runnel/\ndata/\nout/\n')
})

it('exits with 1 when a test fails and says why', async () => {
  const path = join(directory, 'pipelines/orders.tests.yaml')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace('count: 2', 'count: 3'))
  const { exit, document } = await json('test', 'orders')
  await writeFile(path, text)
  expect([exit, document.failed]).toEqual([1, 1])
  expect(document.results[0].reasons[0]).toContain('fact')
})

it.each([
  ['crm', ['customers']],
  ['files', ['orders.csv']],
  ['catalogue', ['products.json']],
  ['history', ['flights-3m.parquet']],
])('lists the datasets of %s', async (connection, names) => {
  const { document } = await json('datasets', connection)
  expect(document.datasets.map(({ name }: { name: string }) => name)).toEqual(names)
})

it('shows a dataset of every kind with exact counts', async () => {
  const { document: orders } = await json('show', 'files:orders.csv', '--limit', '3')
  expect(orders.encoding).toBe('gb18030')
  expect(orders.rows).toHaveLength(3)
  expect(orders.rowCount + orders.rejects.length).toBe(ORDERS)
  const { document: flights } = await json('show', 'history:flights-3m.parquet', '--limit', '1')
  expect(flights.rowCount).toBe(3_000_000)
  const { document: file } = await json('show', 'data/customers.sqlite', '--limit', '2')
  expect(file.columns.map(({ name }: { name: string }) => name)).toContain('phone')
})

describe('previews', () => {
  it('shows rejects with rule, value and the line they stand on', async () => {
    const { document } = await json('preview', 'orders', 'checked.rejects')
    const rules = new Set(document.rows.map((row: string[]) => row[0]))
    expect(rules).toEqual(new Set(['订单号重复', '金额为负']))
    expect(document.rows[0][4]).toMatch(/^orders\.csv:\d+$/)
  })

  it('works from snapshots when offline, and says so', async () => {
    const missing = await json('preview', 'orders', 'fact', '--offline')
    expect([missing.exit, missing.document.error.code]).toEqual([2, 'run.snapshot_missing'])
    for (const dataset of ['files:orders.csv', 'crm:customers', 'catalogue:products.json']) {
      expect((await json('snapshot', dataset)).exit).toBe(0)
    }
    const { exit, document } = await json('preview', 'orders', 'fact', '--offline')
    expect([exit, document.basis, typeof document.snapshotTakenAt]).toEqual([0, 'snapshot', 'string'])
    expect((await json('snapshot')).document.snapshots).toHaveLength(3)
  })

  it('finds unknown columns offline once a snapshot tells the schema, at their place', async () => {
    const path = join(directory, 'pipelines/orders.yaml')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('column: 金额, min', 'column: 金額, min'))
    const { exit, document } = await json('check')
    await writeFile(path, text)
    const line = text.split('\n').findIndex((each) => each.includes('column: 金额, min')) + 1
    expect([exit, document.problems]).toMatchObject([
      2,
      [{ file: 'pipelines/orders.yaml', line, path: 'nodes.checked.rules.1.column' }],
    ])
  })
})

it('traces a column back to its sources', async () => {
  const { document } = await json('lineage', 'orders', 'monthly', 'amount')
  const [amount] = document.lineage
  expect(amount.sources).toContainEqual(
    expect.objectContaining({ dataset: 'files:orders.csv', column: '金额', kind: 'expression' }),
  )
})
