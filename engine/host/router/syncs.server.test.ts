import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { EngineClient } from '../../contract/api.ts'
import type { SyncStatus } from '../../contract/sync.ts'
import type { PlanEvent } from '../../contract/sync-plan.ts'
import { createTestDatabase } from '../../testing/servers/test-database.ts'
import { serveHttp } from '../http/serve-http.ts'
import { openServer } from '../server/open-server.ts'
import { forkWorker } from '../worker/fork-worker.ts'
import { localWork } from '../worker/local-work.ts'
import type { WorkerProcess } from '../worker/worker-process.ts'
import { codeOf, openTestEngine } from './testing/test-engine.ts'

const SOON = { timeout: 20_000, interval: 100 }
const address = inject('postgres')
const [erp, dw] = [await createTestDatabase(address), await createTestDatabase(address)]
const variables = { ...process.env, PASSWORD: address.password, RUNNEL_KEY: 'key-of-the-test' }
const host = await openTestEngine({
  'connections/erp.yaml': connection(erp.name),
  'connections/dw.yaml': connection(dw.name),
  'syncs/shop.yaml': sync('rename: { prefix: ods_ }\nfailedTable: leave_out'),
  'syncs/pushed.yaml': sync('tables: { include: ["public.orders"] }\nrename: { prefix: pushed_ }'),
})
const workers: WorkerProcess[] = []

function connection(database: string): string {
  const { host: name, port, user } = address
  const settings = { host: name, port, user, database, password: '${env:PASSWORD}', tls: { mode: 'disable' } }
  return JSON.stringify({ version: 1, kind: 'postgresql', settings })
}

function sync(more: string): string {
  return `version: 1\nsource: erp\ntarget: dw\n${more}\n`
}

/** A host of the workspace: a studio, or the terminal. */
function openHost(): EngineClient {
  const work = localWork({
    workspaceDirectory: host.directory,
    language: 'en',
    variables,
    openWorker: (...given) => {
      const worker = forkWorker(...given)
      workers.push(worker)
      return worker
    },
  })
  return host.as({ ...work, variables })
}
const studio = openHost()

beforeAll(async () => {
  await erp.query(`
    CREATE TABLE orders (id int PRIMARY KEY, note text); INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 50) i;
    CREATE TABLE others (id int PRIMARY KEY); ANALYZE`)
})
afterAll(async () => {
  await studio.syncs.stop({ sync: 'shop' }).catch(() => undefined)
  await erp.query(
    `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()`,
  )
  for (const database of [erp, dw]) await database[Symbol.asyncDispose]()
  await host[Symbol.asyncDispose]()
})

async function standing(name = 'shop', engine = studio) {
  return (await engine.syncs.list()).find((one) => one.name === name)
}

const state = async (name?: string): Promise<SyncStatus['state'] | undefined> => (await standing(name))?.status?.state

const ids = async (table: string): Promise<string> =>
  (await dw.query(`SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') FROM ${table} WHERE id > 50`))[0]?.[0] ??
  ''

const kinds = async (): Promise<string[]> =>
  (await studio.syncs.log({ sync: 'shop' })).map(({ kind, state: at = '' }) => `${kind} ${at}`.trim()).toReversed()

describe('a sync in the studio', () => {
  it('is planned without a trace', async () => {
    const { document } = await studio.syncs.get({ sync: 'shop' })
    if (document === undefined) throw new Error('no document')
    expect(await studio.syncs.choose({ document })).toMatchObject([{ target: 'ods_orders' }, { target: 'ods_others' }])
    const events: PlanEvent[] = []
    for await (const event of await studio.syncs.plan({ document })) events.push(event)
    expect(events).toMatchObject([
      {
        kind: 'names',
        source: { changes: true },
        target: { applies: true, promise: 'exactly_once' },
        names: [
          { dataset: 'public.orders', target: 'ods_orders', rowEstimate: '50' },
          { dataset: 'public.others', target: 'ods_others' },
        ],
      },
      { kind: 'table', table: { exists: false, keys: ['id'], statements: [expect.stringContaining('CREATE TABLE')] } },
      { kind: 'table', table: { target: 'ods_others' } },
    ])
    expect(await dw.query(`SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`)).toEqual([['0']])
    expect(await studio.syncs.removal({ sync: 'shop' })).toEqual({
      source: 'erp',
      target: 'dw',
      tables: 0,
      isRun: false,
    })
  })

  it('runs while nobody looks, and goes on after its process was killed', async () => {
    await studio.syncs.start({ sync: 'shop' })
    await vi.waitUntil(async () => (await state()) === 'streaming', SOON)
    await erp.query('INSERT INTO orders VALUES (51)')
    await vi.waitUntil(async () => (await ids('ods_orders')) === '51', SOON)
    expect(await kinds()).toContain('structure')

    workers.at(-1)?.kill()
    await erp.query('INSERT INTO orders VALUES (52); INSERT INTO others VALUES (53)')
    await vi.waitUntil(async () => (await ids('ods_orders')) === '51,52', SOON)
    expect(await ids('ods_others')).toBe('53')
    expect(await kinds()).toContain('restarted')
    expect(workers.length).toBe(2)
  })

  it('has one runner, whom any host can stop', async () => {
    const other = openHost()
    expect(await other.syncs.start({ sync: 'shop' })).toMatchObject({ isWanted: true, isRun: true })
    expect(workers.length).toBe(2)
    expect(await codeOf(drain(other.syncs.run({ sync: 'shop' })))).toBe('sync.busy')
    expect(await other.syncs.stop({ sync: 'shop' })).toMatchObject({
      isWanted: false,
      isRun: false,
      status: { state: 'stopped' },
    })
    expect((await kinds()).at(-1)).toBe('stopped')
  })

  it('leaves a table out that fails, and copies it again when it is asked to', async () => {
    await dw.query('ALTER TABLE ods_orders ADD CHECK (id < 1000)')
    await studio.syncs.start({ sync: 'shop' })
    await erp.query('INSERT INTO orders VALUES (1000); INSERT INTO others VALUES (54)')
    await vi.waitUntil(async () => (await ids('ods_others')) === '53,54', SOON)
    const table = async () => (await standing())?.status?.tables.find(({ dataset }) => dataset === 'public.orders')
    expect(await table()).toMatchObject({ state: 'failed', failure: { code: expect.any(String) } })
    expect(await ids('ods_orders')).toBe('51,52')

    await dw.query('ALTER TABLE ods_orders DROP CONSTRAINT ods_orders_id_check')
    await studio.syncs.resync({ sync: 'shop', tables: ['public.orders'] })
    await vi.waitUntil(async () => (await ids('ods_orders')) === '51,52,1000', SOON)
    await vi.waitUntil(async () => (await state()) === 'streaming', SOON)
    expect(await table()).toMatchObject({ state: 'copied', copiedRows: '53' })
  })

  it('tells how it stands to who watches', async () => {
    const seen: string[] = []
    const noted: string[] = []
    const stop = new AbortController()
    for await (const { standing: now, log } of await studio.syncs.watch({ sync: 'shop' }, { signal: stop.signal })) {
      noted.push(...log.map(({ kind }) => kind))
      seen.push(now.status?.state ?? '')
      if (seen.length === 1) await studio.syncs.stop({ sync: 'shop' })
      if (now.status?.state === 'stopped') break
    }
    stop.abort()
    expect([seen[0], seen.at(-1), noted[0], noted.at(-1)]).toEqual(['streaming', 'stopped', 'started', 'stopped'])
  })

  it('is removed with what the source keeps for it', async () => {
    expect(await studio.syncs.removal({ sync: 'shop' })).toMatchObject({ tables: 2, reader: { isUsable: true } })
    await studio.syncs.remove({ sync: 'shop' })
    expect(await standing()).toBeUndefined()
    expect(await erp.query('SELECT count(*) FROM pg_replication_slots WHERE database = current_database()')).toEqual([
      ['0'],
    ])
    expect(await ids('ods_orders')).toBe('51,52,1000')
  })
})

async function drain(events: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const event of await events) expect.fail(JSON.stringify(event))
}

it('is pushed to a server, which goes on with it when it is started again', async () => {
  const dataDirectory = `${host.outside}/server`
  const open = () =>
    openServer({ dataDirectory, variables, language: 'en', onError: (error) => expect.fail(String(error)) })
  await using stack = new AsyncDisposableStack()
  let server = await open()
  stack.defer(() => server.stop())
  const http = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    authenticate: (text) => server.trust.tokenName(text),
    hasToken: true,
    context: (actor) => server.context(actor),
    metrics: { ...server.metrics, scrape: () => server.metrics.scrape() },
    isReady: () => server.isReady(),
    version: server.version,
    onError: (_id, error) => expect.fail(String(error)),
  })
  stack.defer(() => http.stop())
  const token = server.firstToken ?? ''
  await studio.servers.add({ name: 'prod', url: http.url, token })
  const push = { server: 'prod', kind: 'sync', job: 'pushed' } as const
  expect((await studio.servers.compare(push)).files.map(({ file, change }) => `${change} ${file}`)).toEqual([
    'added connections/dw.yaml',
    'added connections/erp.yaml',
    'added runnel.yaml',
    'added syncs/pushed.yaml',
  ])
  expect(await studio.servers.push(push)).toMatchObject({ outcome: 'deployed', findings: [] })
  expect(await studio.servers.push(push)).toMatchObject({ outcome: 'unchanged' })
  const at = { server: 'prod', sync: 'pushed' }
  await studio.servers.startSync(at)
  const there = async () => (await studio.servers.syncs({ server: 'prod' }))[0]
  await vi.waitUntil(async () => (await there())?.status?.state === 'streaming', SOON)

  await server.stop()
  await erp.query('INSERT INTO orders VALUES (60)')
  server = await open()
  await vi.waitUntil(async () => (await ids('pushed_orders')) === '51,52,60,1000', SOON)
  await vi.waitUntil(async () => (await there())?.status?.state === 'streaming', SOON)
  const figures = await server.metrics.scrape()
  expect(figures).toContain('runnel_sync_state{sync="pushed",state="streaming"} 1')
  expect(figures).toMatch(/runnel_sync_lag_bytes\{sync="pushed"\} \d+/)
  expect(await studio.servers.stopSync(at)).toMatchObject({ isRun: false })
})
