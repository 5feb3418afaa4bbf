import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pipelineFileSchema } from '../contract/pipeline-file.ts'
import { openDuck } from '../duck/open-duck.ts'
import { literal, sql, trusted } from '../sql/sql.ts'
import type { ChildRun } from '../testing/run-child.ts'
import { testPorts } from '../testing/run-ports.ts'
import { executeRun } from './execute.ts'
import type { KillPoint } from './kill-point.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-kill-'))
  await writeFile(
    join(folder, 'orders.csv'),
    `id,amount\n${Array.from({ length: 3_000 }, (_, i) => `${i},${i % 7 === 0 ? '' : i}`).join('\n')}\n`,
  )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const POINTS = [
  'after-open',
  'after-part',
  'after-stage',
  'before-commit',
  'after-first-commit',
  'after-commit',
  'after-receipt',
] as const satisfies readonly KillPoint[]

function childRun(mode: string): ChildRun {
  const keys = mode === 'upsert' ? ['id'] : []
  return {
    baseDirectory: folder,
    connections: {
      text: { kind: 'text', settings: { folder } },
      one: { kind: 'duckdb', settings: { file: 'one.duckdb' } },
      two: { kind: 'duckdb', settings: { file: 'two.duckdb' } },
    },
    request: {
      runId: 'run1',
      attempt: 1,
      pipelineName: 'kill',
      file: pipelineFileSchema.parse({
        version: 1,
        nodes: {
          orders: { type: 'source', dataset: 'text:orders.csv' },
          checked: { type: 'validate', input: 'orders', rules: [{ column: 'amount', check: 'not_null' }] },
          even: { type: 'filter', input: 'checked', where: 'id % 2 = 0' },
          all: { type: 'target', input: 'checked', dataset: 'one:orders', mode, keys },
          some: { type: 'target', input: 'even', dataset: 'two:even', mode, keys },
        },
      }),
      parameters: {},
      limits: { memoryMb: 256, threads: 1 },
      runDirectory: join(folder, 'run'),
    },
  }
}

/** Runs in a process of its own; gives the signal it died of, or its exit code. */
async function runInChild(run: ChildRun, killAt?: KillPoint): Promise<string | number | null> {
  const path = join(folder, 'child.json')
  await writeFile(path, JSON.stringify(run))
  const child = spawn(process.execPath, [join(import.meta.dirname, '../testing/run-child.ts'), path], {
    // A killed process leaves its temporary files: here they go with the test's folder.
    env: { ...process.env, TMPDIR: folder, ...(killAt === undefined ? {} : { RUNNEL_KILL_AT: killAt }) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code, signal]: unknown[] = await once(child, 'exit')
  return typeof signal === 'string' ? signal : Number(code)
}

async function rowsOf(file: string, table: string): Promise<unknown[]> {
  await using duck = await openDuck({ path: join(folder, file), memoryLimitMb: 256, threads: 1 })
  const { rows } = await duck.rows(
    sql`SELECT count(*), count(DISTINCT id), sum(id::BIGINT), sum(amount::BIGINT) FROM ${trusted(table)}`,
  )
  const { rows: left } = await duck.rows(
    sql`SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, ${literal('_runnel_stage')})`,
  )
  return [...rows, ...left]
}

/** What any undisturbed run leaves, computed apart from the product's code. */
const amounts = Array.from({ length: 3_000 }, (_, i) => i).filter((i) => i % 7 !== 0)
const summary = (ids: readonly number[]): unknown[] => {
  const sum = String(ids.reduce((a, b) => a + b, 0))
  return [[String(ids.length), String(ids.length), sum, sum]]
}

describe.each(['append', 'replace', 'upsert'])('a run in mode %s', (mode) => {
  it.each(POINTS)('killed %s and run again leaves what an undisturbed run leaves', async (point) => {
    const run = childRun(mode)
    expect(await runInChild(run, point)).toBe('SIGKILL')
    const ports = await testPorts(folder, run.connections)
    const receipt = await executeRun({ ...run.request, attempt: 2 }, ports)
    expect(receipt.counts).toMatchObject({ read: '3000', rejected: '429' })
    expect(await rowsOf('one.duckdb', 'orders')).toEqual(summary(amounts))
    expect(await rowsOf('two.duckdb', 'even')).toEqual(summary(amounts.filter((i) => i % 2 === 0)))
    expect((await readdir(join(folder, 'run'))).toSorted()).toEqual([
      'prepared.json',
      'receipt.json',
      'rejects.parquet',
    ])
  })
})
