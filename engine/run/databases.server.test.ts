import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { newId } from '../base/ids.ts'
import { Secret } from '../base/secret.ts'
import { pipelineFileSchema } from '../contract/pipeline-file.ts'
import type { Receipt } from '../contract/run.ts'
import { type TestPorts, testPorts } from '../testing/run-ports.ts'
import { startProxy, type TestProxy } from '../testing/servers/proxy.ts'
import { createTestDatabase } from '../testing/servers/test-database.ts'
import { executeRun } from './execute.ts'

const server = inject('postgres')
const database = await createTestDatabase(server)
afterAll(() => database[Symbol.asyncDispose]())

let folder: string
let proxy: TestProxy
let ports: TestPorts
let runId: string
beforeEach(async () => {
  runId = newId()
  folder = await mkdtemp(join(tmpdir(), 'runnel-databases-'))
  proxy = await startProxy(server)
  const settings = (port: number): unknown => ({
    host: server.host,
    port,
    user: server.user,
    database: database.name,
    tls: { mode: 'disable' },
  })
  ports = await testPorts(
    folder,
    {
      from: { kind: 'postgresql', settings: settings(server.port) },
      to: { kind: 'postgresql', settings: settings(proxy.port) },
      away: { kind: 'postgresql', settings: settings(proxy.port) },
    },
    { secret: () => Promise.resolve(new Secret(server.password)) },
  )
  await database.query(
    `DROP TABLE IF EXISTS source, target; CREATE TABLE source (id bigint, name text, amount numeric(10,2), at timestamptz);
     INSERT INTO source SELECT i, 'name ' || i, i / 100.0, '2026-01-01Z'::timestamptz + i * interval '1 second' FROM generate_series(1, 50000) i;
     INSERT INTO source VALUES (NULL, NULL, NULL, NULL)`,
  )
})
afterEach(async () => {
  await proxy[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

function run(nodes: Record<string, unknown>, attempt = 1): Promise<Receipt> {
  const file = pipelineFileSchema.parse({ version: 1, nodes })
  const request = { runId, attempt, pipelineName: 'test', file, parameters: {}, limits: { memoryMb: 256 } }
  return executeRun({ ...request, runDirectory: join(folder, 'run') }, ports)
}

const copy = (verify: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  rows: { type: 'source', dataset: 'from:public.source' },
  load: { type: 'target', input: 'rows', dataset: 'to:public.target', verify, ...more },
})

const strategies = (): unknown[] => ports.events.filter(({ step }) => step === 'strategy').map(({ message }) => message)

async function differences(): Promise<unknown> {
  const [row] = await database.query(
    `SELECT count(*) FROM ((TABLE source EXCEPT ALL TABLE target) UNION ALL (TABLE target EXCEPT ALL TABLE source)) d`,
  )
  return row?.[0]
}

describe('PostgreSQL to PostgreSQL', () => {
  it.each([
    ['counts', 'bytes'],
    ['checksum', 'streamed'],
  ])('verified by %s moves as %s and is the same', async (verify, strategy) => {
    const receipt = await run(copy(verify))
    expect(strategies()).toEqual([strategy])
    expect(receipt.counts).toEqual({ read: '50001', generated: '0', written: '50001', rejected: '0', filtered: '0' })
    expect(receipt.targets[0]?.sourceChecksums).toEqual(receipt.targets[0]?.targetChecksums)
    expect(await differences()).toBe('0')
  })

  it('does not pass bytes between types that differ', async () => {
    await database.query('CREATE TABLE target (id numeric, name text, amount numeric(12,2), at timestamptz)')
    await run(copy('counts'))
    expect(strategies()).toEqual(['streamed'])
    expect(await differences()).toBe('0')
  })
})

describe.each(['counts', 'checksum'])('a connection that breaks, verified by %s', (verify) => {
  it('in the middle of the load: nothing is visible, and the next attempt loads everything once', async () => {
    let sentBytes = 0
    proxy.watch((direction, bytes) => {
      if (direction === 'toServer') sentBytes += bytes.length
      return sentBytes > 300_000 ? 'cut' : 'pass'
    })
    await expect(run(copy(verify))).rejects.toMatchObject({ spec: { retryable: true } })
    expect((await database.query(`SELECT to_regclass('public.target')`))[0]?.[0]).toBeNull()
    proxy.watch(undefined)
    await run(copy(verify), 2)
    expect(await differences()).toBe('0')
  })

  it('while the reply to COMMIT is on its way: the outcome is looked up', async () => {
    let isSent = false
    proxy.watch((direction, bytes) => {
      if (direction === 'toServer' && bytes.includes('COMMIT')) isSent = true
      if (direction !== 'toClient' || !isSent) return 'pass'
      proxy.watch(undefined)
      return 'cut'
    })
    expect(await run(copy(verify))).toMatchObject({ targets: [{ inserted: '50001' }] })
    expect(isSent).toBe(true)
    expect(await differences()).toBe('0')
  })

  it('because the target server ended every session and the network went silent: nothing is left half, the next attempt loads once', async () => {
    let isKilled = false
    let sentBytes = 0
    let killing: Promise<unknown> = Promise.resolve()
    proxy.watch((direction, bytes) => {
      if (direction === 'toServer') sentBytes += bytes.length
      if (sentBytes > 300_000 && !isKilled) {
        isKilled = true
        killing = database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        )
      }
      return isKilled ? 'swallow' : 'pass'
    })
    await expect(run(copy(verify))).rejects.toMatchObject({ spec: { retryable: true } })
    await killing
    expect((await database.query(`SELECT to_regclass('public.target')`))[0]?.[0]).toBeNull()
    proxy.watch(undefined)
    await run(copy(verify), 2)
    expect(await differences()).toBe('0')
  })
})
