import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configDigest } from '../contract/config-digest.ts'
import { type PipelineFile, pipelineFileSchema } from '../contract/pipeline-file.ts'
import type { Receipt } from '../contract/run.ts'
import { openDuck } from '../duck/open-duck.ts'
import { literal, sql, trusted } from '../sql/sql.ts'
import { type TestPorts, testPorts } from '../testing/run-ports.ts'
import { executeRun } from './execute.ts'
import { readRejects } from './kept-rejects.ts'
import { readReceipt } from './receipt-file.ts'
import type { RunRequest } from './run-request.ts'

let folder: string
let ports: TestPorts

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-execute-'))
  ports = await testPorts(folder, {
    files: { kind: 'parquet', settings: { folder } },
    text: { kind: 'text', settings: { folder } },
    dw: { kind: 'duckdb', settings: { file: 'dw.duckdb' } },
    dw2: { kind: 'duckdb', settings: { file: 'dw2.duckdb' } },
  })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const CSV = 'id,customer,amount\n1,Ann,10.50\n2,Bob,\n3,Cy,7\n4,Dee,-3\n5,Eva,100\n'

function pipeline(nodes: Record<string, unknown>): PipelineFile {
  return pipelineFileSchema.parse({ version: 1, nodes })
}

function run(file: PipelineFile, more: Partial<RunRequest> = {}): Promise<Receipt> {
  return executeRun(
    {
      runId: 'r1',
      attempt: 1,
      pipelineName: 'test',
      file,
      parameters: {},
      limits: { memoryMb: 512 },
      runDirectory: join(folder, 'runs', more.runId ?? 'r1'),
      ...more,
    },
    ports,
  )
}

async function parquet(name: string, query: string): Promise<void> {
  await using duck = await openDuck()
  await duck.run(sql`COPY (${trusted(query)}) TO ${literal(join(folder, name))} (FORMAT parquet)`)
}

async function rowsOf(file: string, query: string): Promise<unknown[][]> {
  await using duck = await openDuck({ path: join(folder, file) })
  return (await duck.rows(sql`${trusted(query)}`)).rows
}

describe('executeRun', () => {
  it('streams text through row nodes into a table and keeps the rejects', async () => {
    await writeFile(join(folder, 'orders.csv'), CSV)
    const receipt = await run(
      pipeline({
        orders: { type: 'source', dataset: 'text:orders.csv' },
        checked: { type: 'validate', input: 'orders', rules: [{ column: 'amount', check: 'not_null' }] },
        positive: { type: 'filter', input: 'checked', where: 'amount > 0' },
        named: {
          type: 'map',
          input: 'positive',
          fields: [
            { to: 'order_id', from: 'id' },
            { to: 'amount', from: 'amount' },
          ],
        },
        load: { type: 'target', input: 'named', dataset: 'dw:orders' },
      }),
    )
    expect(receipt.counts).toEqual({ read: '5', generated: '0', written: '3', rejected: '1', filtered: '1' })
    expect(receipt.targets[0]).toMatchObject({ staged: '3', inserted: '3', verified: 'checksum' })
    expect(receipt.targets[0]?.sourceChecksums).toEqual(receipt.targets[0]?.targetChecksums)
    expect(await rowsOf('dw.duckdb', 'SELECT order_id::INT, amount::DOUBLE FROM orders ORDER BY 1')).toEqual([
      [1, 10.5],
      [3, 7],
      [5, 100],
    ])
    const rejects = await readRejects(join(folder, 'runs/r1'), { offset: 0, limit: 10 })
    expect(rejects.total).toBe('1')
    expect(rejects.rejects[0]).toMatchObject({ node: 'checked', column: 'amount', locator: 'orders.csv:3' })
    expect(await readReceipt(join(folder, 'runs/r1'))).toEqual(receipt)
    expect(ports.events.filter(({ kind }) => kind === 'log')).toEqual([
      { kind: 'log', step: 'strategy', message: 'streamed' },
    ])
    expect(ports.events.findLast(({ kind }) => kind === 'counts')?.nodes).toEqual(receipt.nodes)
    expect(receipt.nodes.map(({ node, rowsIn, rowsOut, rejected }) => [node, rowsIn, rowsOut, rejected])).toEqual([
      ['orders', '5', '5', '0'],
      ['checked', '5', '4', '1'],
      ['positive', '4', '3', '0'],
      ['named', '3', '3', '0'],
      ['load', '3', '3', '0'],
    ])
    expect(receipt.configs?.['positive']).toBe(configDigest({ where: 'amount > 0', type: 'filter', input: 'checked' }))
  })

  it('joins and aggregates as a set, into two targets', async () => {
    await parquet(
      'orders.parquet',
      'SELECT range AS id, range % 10 AS customer, range * 1.5 AS amount FROM range(1000)',
    )
    await parquet('customers.parquet', "SELECT range AS id, 'c' || range AS name FROM range(8)")
    const receipt = await run(
      pipeline({
        orders: { type: 'source', dataset: 'files:orders.parquet' },
        customers: { type: 'source', dataset: 'files:customers.parquet' },
        joined: {
          type: 'sql',
          sql: 'SELECT c.name, o.amount FROM orders o JOIN customers c ON o.customer = c.id',
          inputs: ['orders', 'customers'],
        },
        summed: {
          type: 'sql',
          sql: 'SELECT name, count(*) AS orders, sum(amount) AS amount FROM joined GROUP BY name',
          inputs: ['joined'],
        },
        detail: { type: 'target', input: 'joined', dataset: 'dw:detail' },
        summary: { type: 'target', input: 'summed', dataset: 'dw2:summary', mode: 'replace' },
      }),
    )
    const { read, generated, written, rejected, filtered } = receipt.counts
    expect({ read, written, rejected }).toEqual({ read: '1008', written: '808', rejected: '0' })
    expect(BigInt(read) + BigInt(generated)).toBe(BigInt(written) + BigInt(rejected) + BigInt(filtered))
    expect(await rowsOf('dw2.duckdb', 'SELECT count(*)::INT, sum(orders)::INT FROM summary')).toEqual([[8, 800]])
    expect(await rowsOf('dw.duckdb', 'SELECT count(*)::INT FROM detail')).toEqual([[800]])
  })

  it('gives the receipt of a finished run without loading again', async () => {
    await parquet('a.parquet', 'SELECT 1 AS id')
    const file = pipeline({
      a: { type: 'source', dataset: 'files:a.parquet' },
      load: { type: 'target', input: 'a', dataset: 'dw:a' },
    })
    const first = await run(file)
    expect(await run(file)).toEqual(first)
    expect(await rowsOf('dw.duckdb', 'SELECT count(*)::INT FROM a')).toEqual([[1]])
  })
})
