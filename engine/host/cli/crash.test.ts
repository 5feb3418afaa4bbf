import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { runSummarySchema } from '../../contract/run.ts'
import { spawnRunnel } from './testing/spawn-runnel.ts'

// Processes die here: workers at named moments (run/kill-point.ts), the server by SIGKILL. Targets are appended to, so that a row
// loaded twice or not at all would be seen.

const root = await mkdtemp(join(tmpdir(), 'runnel-crash-'))
const shop = join(root, 'shop')
const RUNNEL_KEY = 'key-of-the-test'
const children: ChildProcess[] = []

beforeAll(async () => {
  await runnel('init', shop)
  await mkdir(join(root, 'out'))
  await writeFile(join(root, 'orders.csv'), 'id,amount\n1,10\n2,20\n3,30\n')
  await writeFile(join(shop, 'connections/files.yaml'), connection('text', { folder: root }))
  await writeFile(join(shop, 'connections/store.yaml'), connection('duckdb', { file: join(root, 'out/store.duckdb') }))
  for (const name of ['first', 'second', 'by_hand']) {
    const target = `{ type: target, input: orders, dataset: "store:main.${name}", mode: append }`
    const text = `version: 1\nnodes:\n  orders: { type: source, dataset: files:orders.csv }\n  load: ${target}\n`
    await writeFile(join(shop, `pipelines/${name}.yaml`), text)
  }
  const steps = '[{ pipeline: first }, { pipeline: second }]'
  const retry = '{ attempts: 100, delay: 200ms, maxDelay: 200ms }'
  await writeFile(join(shop, 'jobs/nightly.yaml'), `version: 1\nsteps: ${steps}\nretry: ${retry}\n`)
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(root, { recursive: true, force: true })
})

it.each([
  // Nothing was about to be committed: the work is begun anew, under an id of its own.
  ['after-stage', false],
  ['before-commit', true],
  ['after-commit', true],
])('a run by hand loads every row once after its worker died %s', async (at, goesOn) => {
  await rm(join(root, 'out/store.duckdb'), { force: true })
  const param = ['run', 'by_hand', '-w', shop, '--json'] as const
  const dying = await spawnRunnel(param, { variables: { RUNNEL_KEY, RUNNEL_KILL_AT: at } })
  const again = dying.exit === 0 ? dying : await spawnRunnel(param, { variables: { RUNNEL_KEY } })
  expect(again.exit).toBe(0)
  expect(await rowsOf('by_hand')).toBe(3)
  const [run] = await runs()
  expect(run).toMatchObject({ pipeline: 'by_hand', state: 'succeeded' })
  expect((run?.attempt ?? 0) > 1).toBe(goesOn)
  // The next run is work of its own.
  await spawnRunnel(param, { variables: { RUNNEL_KEY } })
  expect(await rowsOf('by_hand')).toBe(6)
})

it('commits nothing when the disk cannot be relied on, and goes on once it can', async () => {
  await rm(join(root, 'out/store.duckdb'), { force: true })
  const command = ['run', 'by_hand', '-w', shop, '--json'] as const
  const preload = `--import=${pathToFileURL(join(import.meta.dirname, '../../testing/failing-fsync.ts')).href}`
  const failed = await spawnRunnel(command, { variables: { RUNNEL_KEY, NODE_OPTIONS: preload } })
  expect(failed.exit).toBe(1)
  expect(JSON.parse(failed.out)).toMatchObject({ error: { code: 'run.disk_failed' } })
  expect((await runnel('show', 'store:main.by_hand')).exit).not.toBe(0)
  expect((await spawnRunnel(command, { variables: { RUNNEL_KEY } })).exit).toBe(0)
  expect(await rowsOf('by_hand')).toBe(3)
})

it('a job goes on by itself after its server was killed, each step under its own run', async () => {
  const dying = await serve({ RUNNEL_KILL_AT: 'before-commit' })
  const added = await spawnRunnel(['server', 'add', 'prod', dying.url, '-w', shop], {
    variables: { RUNNEL_KEY },
    input: dying.token ?? '',
  })
  expect(added.exit).toBe(0)
  expect((await runnel('push', 'nightly', '--to', 'prod')).exit).toBe(0)
  expect((await runnel('trigger', 'nightly', '--on', 'prod')).exit).toBe(0)
  await expect.poll(async () => (await runs('--on', 'prod'))[0]?.attempt ?? 0).toBeGreaterThan(1)
  dying.child.kill('SIGKILL')
  await once(dying.child, 'exit')

  const next = await serve({})
  await spawnRunnel(['server', 'add', 'prod', next.url, '-w', shop], {
    variables: { RUNNEL_KEY },
    input: dying.token ?? '',
  })
  await expect
    .poll(async () => (await runs('--on', 'prod')).map(({ state }) => state), { interval: 500 })
    .toEqual(['succeeded', 'succeeded'])
  const ids = (await runs('--on', 'prod')).map(({ runId }) => runId.split('-').at(-1))
  expect(new Set(ids)).toEqual(new Set(['1', '2']))
  expect([await rowsOf('first'), await rowsOf('second')]).toEqual([3, 3])
})

it('a second server over the same data is refused while the first goes on', async () => {
  const second = await spawnRunnel(['serve', '--data', join(root, 'data'), '--port', '0', '--json'], {
    variables: { RUNNEL_KEY },
  })
  expect(second.exit).toBe(1)
  expect(second.out).toContain('server.data_in_use')
  expect((await runnel('jobs', '--on', 'prod')).exit).toBe(0)
})

const servingSchema = z.object({ url: z.string(), token: z.string().optional() })

async function serve(variables: Readonly<Record<string, string>>) {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main, 'serve', '--data', join(root, 'data'), '--port', '0', '--json'], {
    env: { PATH: process.env['PATH'], HOME: root, RUNNEL_KEY, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let line = ''
  for await (const piece of child.stdout.setEncoding('utf8')) {
    line += String(piece)
    if (line.includes('\n')) break
  }
  return { child, ...servingSchema.parse(JSON.parse(line)) }
}

function runnel(...args: string[]) {
  const where = args[0] === 'init' ? [] : ['-w', shop]
  return spawnRunnel([...args, ...where, '--json'], { variables: { RUNNEL_KEY } })
}

async function runs(...more: string[]) {
  return z.object({ runs: z.array(runSummarySchema) }).parse(JSON.parse((await runnel('runs', ...more)).out)).runs
}

async function rowsOf(table: string): Promise<number | null> {
  const shown = await runnel('show', `store:main.${table}`)
  return z.object({ rowCount: z.number().nullable() }).parse(JSON.parse(shown.out)).rowCount
}

function connection(kind: string, settings: Readonly<Record<string, string>>): string {
  return `version: 1\nkind: ${kind}\nsettings: ${JSON.stringify(settings)}\n`
}
