import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type Recorded, runRecorded } from './testing/recording-terminal.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-server-'))
const shop = join(root, 'shop')
const data = join(root, 'data')
const RUNNEL_KEY = 'key-of-the-test'
const servingSchema = z.object({ url: z.string(), token: z.string().optional() })
type Serving = z.infer<typeof servingSchema> & { readonly child: ChildProcess }

let serving: Serving
let token: string

beforeAll(async () => {
  await runnel(['init', shop], '')
  await writeFile(join(root, 'orders.csv'), 'id,amount\n1,10\n2,20\n3,30\n')
  await mkdir(join(root, 'out'))
  await writeFile(
    join(shop, 'connections/files.yaml'),
    `version: 1\nkind: text\nsettings: { folder: ${JSON.stringify(root)} }\n`,
  )
  await writeFile(
    join(shop, 'connections/store.yaml'),
    `version: 1\nkind: duckdb\nsettings: { file: ${JSON.stringify(join(root, 'out/store.duckdb'))} }\n`,
  )
  await writePipeline('amount > 10')
  await writeFile(
    join(shop, 'jobs/nightly.yaml'),
    'version: 1\nsteps: [{ pipeline: orders }]\nschedule: { cron: "0 2 1 1 *", timeZone: Asia/Shanghai }\n',
  )
  serving = await serve()
  token = serving.token ?? ''
})

afterAll(async () => {
  await stop(serving)
  await rm(root, { recursive: true, force: true })
})

async function writePipeline(where: string): Promise<void> {
  const text = [
    'version: 1',
    'nodes:',
    '  orders: { type: source, dataset: files:orders.csv }',
    `  large: { type: filter, input: orders, where: ${where} }`,
    '  load: { type: target, input: large, dataset: "store:main.orders", mode: replace }',
  ]
  await writeFile(join(shop, 'pipelines/orders.yaml'), `${text.join('\n')}\n`)
}

function runnel(args: readonly string[], input: string): Promise<Recorded> {
  return runRecorded(args, { directory: root, variables: { RUNNEL_KEY }, input })
}

const inShop = (...args: string[]): Promise<Recorded> => runnel([...args, '-w', shop, '--json'], '')

/** The server in a process of its own; ready when it has printed where it listens. */
async function serve(): Promise<Serving> {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main, 'serve', '--data', data, '--port', '0', '--json'], {
    env: { PATH: process.env['PATH'], HOME: root, RUNNEL_KEY },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let line = ''
  for await (const piece of child.stdout.setEncoding('utf8')) {
    line += String(piece)
    if (line.includes('\n')) break
  }
  return { child, ...servingSchema.parse(JSON.parse(line)) }
}

async function stop({ child }: Serving): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  return child.exitCode
}

it('carries a job from the workspace to the server and runs it there', async () => {
  expect(await runnel(['server', 'add', 'prod', serving.url, '-w', shop], 'wrong')).toMatchObject({ exit: 3 })
  expect(await inShop('jobs', '--on', 'prod')).toMatchObject({ exit: 2 })
  const added = await runnel(['server', 'add', 'prod', serving.url, '-w', shop, '--json'], `${token}\n`)
  expect(added).toMatchObject({ exit: 0 })
  expect(await readFile(join(shop, '.runnel/servers.json'), 'utf8')).not.toContain(token)

  expect(await push()).toEqual([0, 'deployed'])
  expect(await push()).toEqual([0, 'unchanged'])
  const jobs = await inShop('jobs', '--on', 'prod')
  expect(JSON.parse(jobs.out)).toMatchObject({ jobs: [{ job: 'nightly', schedule: { timeZone: 'Asia/Shanghai' } }] })

  const ran = await inShop('trigger', 'nightly', '--on', 'prod', '--wait')
  expect(JSON.parse(ran.out)).toMatchObject({ job: 'nightly', state: 'succeeded' })
  const receipt = await inShop('receipt', 'last', '--on', 'prod')
  expect(JSON.parse(receipt.out)).toMatchObject({ counts: { read: '3', written: '2', filtered: '1' } })
  const runs = await inShop('runs', '--on', 'prod')
  expect(JSON.parse(runs.out)).toMatchObject({ runs: [{ pipeline: 'orders', state: 'succeeded' }] })
  const rejects = await inShop('rejects', 'last', '--on', 'prod')
  expect(JSON.parse(rejects.out)).toEqual({ total: '0', rejects: [] })
})

it('goes back to the version before, once there is one', async () => {
  expect((await inShop('rollback', 'nightly', '--on', 'prod')).out).toContain('job.no_previous')
  await writePipeline('amount > 20')
  expect(await push()).toEqual([0, 'deployed'])
  expect(await inShop('rollback', 'nightly', '--on', 'prod')).toMatchObject({ exit: 0 })
  await inShop('trigger', 'nightly', '--on', 'prod', '--wait')
  expect(JSON.parse((await inShop('receipt', 'last', '--on', 'prod')).out)).toMatchObject({ counts: { written: '2' } })
})

it('runs a job for each file that comes, with that file alone, and puts it away', async () => {
  await mkdir(join(root, 'in'))
  await writeFile(join(root, 'in/day-0.csv'), 'id,amount\n0,5\n')
  const nodes = [
    '  days: { type: source, dataset: "files:in/day-*.csv" }',
    '  load: { type: target, input: days, dataset: "store:main.days", mode: append }',
  ]
  await writeFile(join(shop, 'pipelines/days.yaml'), `version: 1\nnodes:\n${nodes.join('\n')}\n`)
  const watch = 'dataset: "files:in/day-*.csv", every: 100ms, settled: 200ms, archive: taken, errors: bad'
  await writeFile(join(shop, 'jobs/days.yaml'), `version: 1\nsteps: [{ pipeline: days }]\nwatch: { ${watch} }\n`)
  const pushed = await inShop('push', 'days', '--to', 'prod')
  expect(pushed).toMatchObject({ exit: 0 })
  await writeFile(join(root, 'in/day-1.csv'), 'id,amount\n1,10\n2,20\n')
  await writeFile(join(root, 'in/day-2.csv'), 'id,amount\n3,"no end\n')
  const places = async (): Promise<string[]> =>
    (await Promise.all(['in', 'taken', 'bad'].map((name) => readdir(join(root, name)).catch(() => [])))).flatMap(
      (names, i) => names.map((name) => `${['in', 'taken', 'bad'][i]}/${name}`),
    )
  await expect.poll(places, { timeout: 30_000 }).toEqual(['taken/day-0.csv', 'taken/day-1.csv', 'bad/day-2.csv'])
  const runs = JSON.parse((await inShop('runs', '--on', 'prod')).out)
  expect(runs).toMatchObject({
    runs: expect.arrayContaining([expect.objectContaining({ pipeline: 'days', state: 'succeeded' })]),
  })
  const jobs = await inShop('jobs', '--on', 'prod')
  expect(JSON.parse(jobs.out).jobs).toContainEqual(
    expect.objectContaining({ job: 'days', watch: { dataset: 'files:in/day-*.csv', taken: 2, failed: 1 } }),
  )
})

it('refuses a job that does not fit what is there, says why in the language asked for, and keeps the old one', async () => {
  await writePipeline('amount > 30')
  await writeFile(join(root, 'orders.csv'), 'id\n1\n')
  const refused = await runnel(['push', 'nightly', '--to', 'prod', '-w', shop, '--lang', 'zh'], '')
  expect(refused).toMatchObject({ exit: 1, error: '' })
  expect(refused.out).toMatch(/^✗ orders.*\p{Script=Han}/mu)
  await writeFile(join(root, 'orders.csv'), 'id,amount\n1,10\n2,20\n3,30\n')
  expect(await inShop('trigger', 'nightly', '--on', 'prod', '--wait')).toMatchObject({ exit: 0 })
})

it('knows its jobs and tokens after a restart, and shows no token again', async () => {
  expect(await stop(serving)).toBe(0)
  expect(await inShop('jobs', '--on', 'prod')).toMatchObject({ exit: 3 })
  serving = await serve()
  expect(serving.token).toBeUndefined()
  const added = await runnel(['server', 'add', 'prod', serving.url, '-w', shop], token)
  expect(added).toMatchObject({ exit: 0 })
  expect(JSON.parse((await inShop('jobs', '--on', 'prod')).out)).toMatchObject({
    jobs: [{ job: 'days' }, { job: 'nightly' }],
  })
})

it.each([
  ['a job that is not there', ['trigger', 'none', '--on', 'prod'], 2],
  ['a server that is not known', ['jobs', '--on', 'prd'], 2],
  ['no server', ['jobs'], 2],
  ['listening to everyone without TLS', ['serve', '--data', join(root, 'other'), '--host', '0.0.0.0'], 2],
  ['a certificate without its key', ['serve', '--data', join(root, 'other'), '--tls-cert', 'a.pem'], 2],
])('says what is wrong with %s', async (_case, args, exit) => {
  const ran = await runnel([...args, '-w', shop], '')
  expect(ran).toMatchObject({ exit, out: '' })
  expect(ran.error).not.toBe('')
})

async function push(): Promise<[number, string]> {
  const { exit, out } = await inShop('push', 'nightly', '--to', 'prod')
  return [exit, z.object({ outcome: z.string() }).parse(JSON.parse(out)).outcome]
}
