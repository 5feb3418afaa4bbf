import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type Recorded, runRecorded } from './testing/recording-terminal.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-run-job-'))
const shop = join(root, 'shop')

beforeAll(async () => {
  await runnel('init', shop)
  await writeFile(join(root, 'orders.csv'), 'id,amount\n1,10\n2,20\n3,30\n')
  await mkdir(join(shop, 'jobs'), { recursive: true })
  await connection('files', `kind: text\nsettings: { folder: ${JSON.stringify(root)} }`)
  await connection('store', `kind: duckdb\nsettings: { file: ${JSON.stringify(join(root, 'store.duckdb'))} }`)
  await pipeline('first', 'files:orders.csv', 'large')
  await pipeline('second', 'store:main.large', 'largest')
  await job('[{ pipeline: first, parameters: { least: 20 } }, { pipeline: second, parameters: { least: 30 } }]')
})
afterAll(() => rm(root, { recursive: true, force: true }))

function connection(name: string, text: string): Promise<void> {
  return writeFile(join(shop, `connections/${name}.yaml`), `version: 1\n${text}\n`)
}

function pipeline(name: string, from: string, to: string): Promise<void> {
  const text = [
    'version: 1',
    'parameters: { least: { type: BIGINT } }',
    'nodes:',
    `  rows: { type: source, dataset: "${from}" }`,
    '  kept: { type: filter, input: rows, where: amount >= $least }',
    `  load: { type: target, input: kept, dataset: "store:main.${to}", mode: replace }`,
  ]
  return writeFile(join(shop, `pipelines/${name}.yaml`), `${text.join('\n')}\n`)
}

function job(steps: string): Promise<void> {
  return writeFile(join(shop, 'jobs/nightly.yaml'), `version: 1\nsteps: ${steps}\nretry: { attempts: 1 }\n`)
}

function runnel(...args: string[]): Promise<Recorded> {
  return runRecorded(args, { directory: root })
}

const inShop = (...args: string[]): Promise<Recorded> => runnel(...args, '-w', shop, '--json')
const ranSchema = z.object({
  id: z.string(),
  state: z.string(),
  steps: z.array(z.object({ run: z.object({ state: z.string(), counts: z.object({ written: z.string() }) }) })),
})

it('runs every step with its parameters, the later ones on what the earlier ones wrote', async () => {
  const { exit, out } = await inShop('run-job', 'nightly')
  expect(exit).toBe(0)
  const { steps, state } = ranSchema.parse(JSON.parse(out))
  expect([state, ...steps.map(({ run }) => run.counts.written)]).toEqual(['succeeded', '2', '1'])
  const { out: runs } = await inShop('runs')
  expect(JSON.parse(runs)).toMatchObject({ runs: [{ job: 'nightly' }, { job: 'nightly' }] })
})

it('gives its runs what the settings say, and what the job says before that', async () => {
  await mkdir(join(root, 'home'))
  await writeFile(join(root, 'home/settings.json'), '{"memoryLimitMb":300,"threads":1}')
  const steps = '[{ pipeline: first, parameters: { least: 1 } }]'
  await writeFile(join(shop, 'jobs/limited.yaml'), `version: 1\nsteps: ${steps}\nlimits: { memoryMb: 400 }\n`)
  const limitsOf = async (...args: string[]): Promise<unknown> => {
    const variables = { RUNNEL_HOME: join(root, 'home') }
    await runRecorded([...args, '-w', shop], { directory: root, variables })
    const { runs } = JSON.parse((await inShop('runs', '--limit', '1')).out)
    const log = await readFile(join(shop, '.runnel/runs', String(runs[0].runId), 'log.ndjson'), 'utf8')
    return JSON.parse(log.split('\n')[0] ?? '').limits
  }
  expect(await limitsOf('run', 'first', '--param', 'least=2')).toEqual({ memoryMb: 300, threads: 1 })
  expect(await limitsOf('run-job', 'limited')).toEqual({ memoryMb: 400, threads: 1 })
})

it('tells the steps to a person', async () => {
  const { out } = await runnel('run-job', 'nightly', '-w', shop, '--lang', 'zh')
  expect(out).toMatch(/^1\. first.*\n2\. second.*\nnightly/)
})

it('ends with the failure of the step that failed; the run can be taken up when that is mended', async () => {
  await pipeline('second', 'store:main.none', 'largest')
  const failed = await inShop('run-job', 'nightly')
  expect(failed.exit).not.toBe(0)
  await pipeline('second', 'store:main.large', 'largest')
  const { runs } = z
    .object({ runs: z.array(z.object({ jobRunId: z.string() })) })
    .parse(JSON.parse((await inShop('runs', '--limit', '1')).out))
  const resumed = await inShop('run-job', 'nightly', '--resume', runs[0]?.jobRunId ?? '')
  expect(ranSchema.parse(JSON.parse(resumed.out)).steps.map(({ run }) => run.state)).toEqual(['succeeded', 'succeeded'])
})

it.each([
  ['a job that is not there', ['run-job', 'nightli'], 'workspace.name_unknown'],
  ['an environment that is not there', ['run-job', 'nightly', '--env', 'x'], 'workspace.name_unknown'],
  ['a run that is not there', ['run-job', 'nightly', '--resume', 'x'], 'run.unknown'],
])('refuses %s', async (_case, args, code) => {
  const { exit, out } = await inShop(...args)
  expect(exit).not.toBe(0)
  expect(JSON.parse(out)).toMatchObject({ error: { code } })
})
