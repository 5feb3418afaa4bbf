import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { failureOf } from '../../contract/api/failure-of.ts'
import type { EngineClient } from '../../contract/api.ts'
import { type HttpServer, serveHttp } from '../http/serve-http.ts'
import { openServer, type Server } from '../server/open-server.ts'
import { router } from './router.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-servers-'))
const shop = join(root, 'shop')
const variables = { RUNNEL_KEY: 'key-of-the-test' }
const nightly = { server: 'prod', job: 'nightly' }
let server: Server
let http: HttpServer
let token: string
let engine: EngineClient

beforeAll(async () => {
  for (const folder of ['connections', 'pipelines', 'jobs']) await mkdir(join(shop, folder), { recursive: true })
  await mkdir(join(root, 'out'))
  await writeFile(join(root, 'orders.csv'), 'id,amount\n1,10\n2,20\n')
  await writeFile(join(shop, 'runnel.yaml'), 'version: 1\nname: shop\n')
  const schedule = '{ cron: "0 2 * * *", timeZone: Asia/Shanghai }'
  await writeFile(join(shop, 'jobs/nightly.yaml'), `version: 1\nsteps: [{ pipeline: orders }]\nschedule: ${schedule}\n`)
  for (const [name, kind, folder] of [
    ['files', 'text', root],
    ['lake', 'parquet', join(root, 'out')],
  ]) {
    const text = `version: 1\nkind: ${kind}\nsettings: ${JSON.stringify({ folder })}\n`
    await writeFile(join(shop, `connections/${name}.yaml`), text)
  }
  await writePipeline('amount > 10')
  server = await openServer({
    dataDirectory: join(root, 'data'),
    variables,
    language: 'en',
    onError: (error) => expect.fail(String(error)),
  })
  token = server.firstToken ?? ''
  http = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    authenticate: (text) => server.trust.tokenName(text),
    hasToken: true,
    context: (actor) => server.context(actor),
    metrics: server.metrics,
    isReady: () => server.isReady(),
    version: server.version,
    onError: (_id, error) => expect.fail(String(error)),
  })
  engine = createRouterClient(router, { context: { workspaceDirectory: shop, language: 'en', variables } })
})

afterAll(async () => {
  await http.stop()
  await server.stop()
  await rm(root, { recursive: true, force: true })
})

async function writePipeline(where: string): Promise<void> {
  const nodes = [
    '  orders: { type: source, dataset: files:orders.csv }',
    `  large: { type: filter, input: orders, where: ${where} }`,
    '  load: { type: target, input: large, dataset: lake:orders.parquet, mode: replace }',
  ]
  await writeFile(join(shop, 'pipelines/orders.yaml'), `version: 1\nnodes:\n${nodes.join('\n')}\n`)
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'no failure',
    (error: unknown) => failureOf(error).code,
  )
}

/** What a push would change, without the files that stay as they are. */
async function changes(): Promise<string[]> {
  const { files } = await engine.servers.compare(nightly)
  return files.filter(({ change }) => change !== 'same').map(({ file, change }) => `${change} ${file}`)
}

it('are remembered when they answered, with the token kept apart', async () => {
  const wrong = engine.servers.add({ name: 'prod', url: http.url, token: 'wrong' })
  expect(await codeOf(wrong)).toBe('server.unauthorized')
  expect(await engine.servers.list()).toEqual([])
  await engine.servers.add({ name: 'prod', url: http.url, token })
  expect(await engine.servers.check({ server: 'prod' })).toMatchObject({ version: server.version, jobs: 0 })
  expect(await readFile(join(shop, '.runnel/servers.json'), 'utf8')).not.toContain(token)
  expect(await codeOf(engine.servers.check({ server: 'prd' }))).toBe('server.unknown')
})

it('are not kept from a job by a policy that is wrong, but by a connection that is', async () => {
  await mkdir(join(shop, 'policies'), { recursive: true })
  await writeFile(join(shop, 'policies/wrong.yaml'), 'version: 1\ncolumns: none\n')
  expect(await codeOf(engine.servers.compare(nightly))).toBe('no failure')
  await writeFile(join(shop, 'connections/wrong.yaml'), 'version: 1\n')
  expect(await codeOf(engine.servers.compare(nightly))).toBe('workspace.invalid')
  await rm(join(shop, 'policies'), { recursive: true })
  await rm(join(shop, 'connections/wrong.yaml'))
})

it('say what a push would change, before it, after it and after an edit', async () => {
  const first = await engine.servers.compare(nightly)
  expect(first).not.toHaveProperty('deploymentId')
  expect(new Set(first.files.map(({ change }) => change))).toEqual(new Set(['added']))
  expect(first.files.map(({ file }) => file)).toContain('pipelines/orders.yaml')

  expect(await engine.servers.push(nightly)).toMatchObject({ outcome: 'deployed' })
  expect(await changes()).toEqual([])

  await writePipeline('amount > 15')
  expect(await changes()).toEqual(['changed pipelines/orders.yaml'])
  const [changed] = (await engine.servers.compare(nightly)).files
  expect(changed?.deployed).toContain('amount > 10')
  expect(changed?.wanted).toContain('amount > 15')
})

it('run a job when told to, and tell its next times and what ran', async () => {
  const queued = await engine.servers.trigger(nightly)
  expect(queued).toMatchObject({ job: 'nightly', cause: 'manual' })
  await vi.waitFor(
    async () => {
      const [run] = await engine.servers.runs({ ...nightly, limit: 1 })
      expect(run).toMatchObject({ id: queued.id, state: 'succeeded' })
    },
    { timeout: 60_000, interval: 200 },
  )
  const [deployed] = await engine.servers.jobs({ server: 'prod' })
  expect(deployed).toMatchObject({ job: 'nightly', lastRun: { id: queued.id }, schedule: { cron: '0 2 * * *' } })
  expect(deployed?.nextTimes).toHaveLength(5)
  expect(await codeOf(engine.servers.trigger({ server: 'prod', job: 'nightlyy' }))).toBe('job.unknown')
  expect(await codeOf(engine.servers.cancel({ server: 'prod', jobRunId: 'none' }))).toBe('run.unknown')
}, 90_000)

it('go back to the version before', async () => {
  expect(await codeOf(engine.servers.rollback(nightly))).toBe('job.no_previous')
  await engine.servers.push(nightly)
  const [, before] = await engine.servers.deployments(nightly)
  expect(before?.state).toBe('superseded')
  expect(await engine.servers.rollback(nightly)).toMatchObject({ id: before?.id, state: 'active' })
  expect(await changes()).toEqual(['changed pipelines/orders.yaml'])
  // The version that was left is newer, and nothing to go back to.
  expect(await codeOf(engine.servers.rollback(nightly))).toBe('job.no_previous')
})

it('are forgotten with their token, and go on as they were', async () => {
  expect(await engine.servers.remove({ server: 'prod' })).toEqual({ removed: true })
  expect(await engine.servers.remove({ server: 'prod' })).toEqual({ removed: false })
  expect(await codeOf(engine.servers.jobs({ server: 'prod' }))).toBe('server.unknown')
  await engine.servers.add({ name: 'prod', url: http.url, token })
  expect((await engine.servers.jobs({ server: 'prod' })).map(({ job }) => job)).toEqual(['nightly'])
})
