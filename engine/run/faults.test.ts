import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PipelineFile, pipelineFileSchema } from '../contract/pipeline-file.ts'
import type { Receipt } from '../contract/run.ts'
import { openDuck } from '../duck/open-duck.ts'
import { literal, sql, trusted } from '../sql/sql.ts'
import { type TestPorts, testPorts } from '../testing/run-ports.ts'
import { executeRun } from './execute.ts'
import { readRejects } from './kept-rejects.ts'
import { rehearseRun } from './rehearse.ts'
import type { RunRequest } from './run-request.ts'

let folder: string
let ports: TestPorts
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-faults-'))
  ports = await testPorts(folder, {
    files: { kind: 'parquet', settings: { folder } },
    text: { kind: 'text', settings: { folder } },
    dw: { kind: 'duckdb', settings: { file: 'dw.duckdb' } },
  })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function run(nodes: Record<string, unknown>, more: Partial<RunRequest> = {}, signal?: AbortSignal): Promise<Receipt> {
  const file: PipelineFile = pipelineFileSchema.parse({ version: 1, nodes })
  const request = { runId: 'r1', attempt: 1, pipelineName: 'test', file, parameters: {}, limits: { memoryMb: 256 } }
  return executeRun({ ...request, runDirectory: join(folder, 'run'), ...more }, ports, signal)
}

async function parquet(name: string, query: string): Promise<void> {
  await using duck = await openDuck({ memoryLimitMb: 256 })
  await duck.run(sql`COPY (${trusted(query)}) TO ${literal(join(folder, name))} (FORMAT parquet)`)
}

async function tables(): Promise<unknown[]> {
  const path = join(folder, 'dw.duckdb')
  if (!(await exists(path))) return []
  await using duck = await openDuck({ path, memoryLimitMb: 256 })
  const { rows } = await duck.rows(
    sql`SELECT table_name FROM duckdb_tables() WHERE NOT starts_with(table_name, '_runnel_state')`,
  )
  return rows
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const DIRTY = {
  a: { type: 'source', dataset: 'text:a.csv' },
  checked: { type: 'validate', input: 'a', rules: [{ column: 'v', check: 'not_null' }] },
  load: { type: 'target', input: 'checked', dataset: 'dw:a' },
}

const HEAVY = {
  n: { type: 'source', dataset: 'files:n.parquet' },
  pairs: { type: 'sql', inputs: ['n'], sql: 'SELECT sum(hash(a.n, b.n, c.n)) AS s FROM n a, n b, n c' },
  load: { type: 'target', input: 'pairs', dataset: 'dw:pairs' },
}

describe('a run that may not go on', () => {
  it.each([
    ['too many rejects', { maxRejects: 1 }],
    ['too large a share of rejects', { maxRejectShare: 0.3 }],
  ])('commits nothing for %s, and keeps them', async (_case, limits) => {
    await writeFile(join(folder, 'a.csv'), 'id,v\n1,x\n2,\n3,\n4,y\n')
    await expect(run(DIRTY, { limits })).rejects.toMatchObject({
      code: 'run.too_many_rejects',
      detail: { rejected: '2' },
    })
    expect(await tables()).toEqual([])
    expect((await readRejects(join(folder, 'run'), { offset: 1, limit: 5 })).rejects).toHaveLength(1)
  })

  it('goes on at the limit', async () => {
    await writeFile(join(folder, 'a.csv'), 'id,v\n1,x\n2,\n3,\n4,y\n')
    const limits = { maxRejects: 2, maxRejectShare: 0.5 }
    expect((await run(DIRTY, { limits })).counts).toMatchObject({ rejected: '2', written: '2' })
  })

  it('stops at its time limit', async () => {
    await parquet('n.parquet', 'SELECT range AS n FROM range(5000)')
    await expect(run(HEAVY, { limits: { timeout: '300ms' } })).rejects.toMatchObject({ code: 'run.timeout' })
    expect(await tables()).toEqual([])
  })

  it('stops when it is cancelled and leaves nothing to clean up', async () => {
    await parquet('n.parquet', 'SELECT range AS n FROM range(5000)')
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 300)
    await expect(run(HEAVY, {}, stop.signal)).rejects.toMatchObject({ code: 'work.cancelled' })
    expect(await tables()).toEqual([])
    expect(await exists(join(folder, 'run/work'))).toBe(false)
  })

  it('says that the disk is full and leaves the old table as it was', async () => {
    await parquet('n.parquet', 'SELECT range AS n, sha256(range::VARCHAR) AS t FROM range(300000)')
    const source = { n: { type: 'source', dataset: 'files:n.parquet' } }
    const load = { type: 'target', dataset: 'dw:kept', mode: 'replace' }
    await run({ ...source, load: { ...load, input: 'n' } }, { limits: {} })
    // Hashes do not compress, so that the spill is as large as it looks.
    const wide =
      "SELECT n, sha256(t || 'a') || sha256(t || 'b') || sha256(t || 'c') || sha256(t || 'd') AS t FROM n ORDER BY 2"
    const nodes = { ...source, wide: { type: 'sql', inputs: ['n'], sql: wide }, load: { ...load, input: 'wide' } }
    const limits = { memoryMb: 64, threads: 1 }
    const full = { runId: 'r2', runDirectory: join(folder, 'run2'), limits, spillLimitMb: 5 }
    await expect(run(nodes, full)).rejects.toMatchObject({
      code: expect.stringMatching(/^run\.(disk_full|out_of_memory)$/),
    })
    await using duck = await openDuck({ path: join(folder, 'dw.duckdb') })
    expect(await duck.value(sql`SELECT count(*) FROM kept`)).toBe('300000')
  })

  it('commits nothing when its own record cannot be written, and everything when it can again', async () => {
    await writeFile(join(folder, 'a.csv'), 'id,v\n1,x\n')
    // A folder where the record belongs: writing it fails for root too, which ignores permissions.
    await mkdir(join(folder, 'run/prepared.json'), { recursive: true })
    await expect(run(DIRTY)).rejects.toMatchObject({ code: 'run.disk_failed' })
    expect(await tables()).toEqual([])
    await rm(join(folder, 'run/prepared.json'), { recursive: true })
    expect((await run(DIRTY, { attempt: 2 })).counts).toMatchObject({ written: '1' })
  })

  it('refuses a file that is not there before anything is made', async () => {
    await expect(run(DIRTY)).rejects.toMatchObject({ code: 'source.dataset_missing' })
    expect(await exists(join(folder, 'dw.duckdb'))).toBe(false)
  })
})

describe('rehearseRun', () => {
  it('says what would be made and makes nothing', async () => {
    await writeFile(join(folder, 'a.csv'), 'id,v\n1,x\n')
    const file = pipelineFileSchema.parse({ version: 1, nodes: DIRTY })
    const [target] = await rehearseRun({ pipelineName: 'test', file, parameters: {} }, ports)
    expect(target).toMatchObject({ node: 'load', exists: false, statements: [expect.stringContaining('CREATE TABLE')] })
    expect(target?.mappings.map(({ column }) => column)).toEqual(['id', 'v'])
    expect(await exists(join(folder, 'dw.duckdb'))).toBe(false)
  })
})
