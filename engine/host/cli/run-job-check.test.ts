import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { type Recorded, runRecorded } from './testing/recording-terminal.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-job-check-'))
const shop = join(root, 'shop')
afterAll(() => rm(root, { recursive: true, force: true }))

const RULES = `version: 1
dataset: "store:main.orders"
key: [id]
rules:
  - { check: not_null, column: customer }
  - { check: range, column: amount, min: 0 }
  - { check: range, column: amount, max: 1000, severity: warning, name: high }
`

beforeEach(async () => {
  await rm(shop, { recursive: true, force: true })
  await rm(join(root, 'store.duckdb'), { force: true })
  await runRecorded(['init', shop], { directory: root })
  await writeFile(join(root, 'orders.csv'), 'id,customer,amount\n1,a,10\n2,,-20\n3,c,5000\n4,d,-1\n')
  for (const folder of ['jobs', 'rules']) await mkdir(join(shop, folder), { recursive: true })
  await file('connections/files', `kind: text\nsettings: { folder: ${JSON.stringify(root)} }`)
  await file('connections/store', `kind: duckdb\nsettings: { file: ${JSON.stringify(join(root, 'store.duckdb'))} }`)
  await copying('take', 'files:orders.csv', 'orders')
  await copying('pass', 'store:main.orders', 'passed')
  await writeFile(join(shop, 'rules/orders.yaml'), RULES)
})

function file(name: string, text: string): Promise<void> {
  return writeFile(join(shop, `${name}.yaml`), `version: 1\n${text}\n`)
}

function copying(name: string, from: string, to: string): Promise<void> {
  const nodes = [
    `  rows: { type: source, dataset: "${from}" }`,
    `  load: { type: target, input: rows, dataset: "store:main.${to}", mode: replace }`,
  ]
  return file(`pipelines/${name}`, `nodes:\n${nodes.join('\n')}`)
}

function job(check: string): Promise<void> {
  return file('jobs/gated', `steps: [{ pipeline: take }, ${check}, { pipeline: pass }]\nretry: { attempts: 1 }`)
}

const inShop = (...args: string[]): Promise<Recorded> => runRecorded([...args, '-w', shop], { directory: root })
const runSchema = z.object({
  runId: z.string(),
  pipeline: z.string(),
  check: z.string().optional(),
  state: z.string(),
  jobRunId: z.string(),
})

/** Oldest first. */
async function runs(): Promise<z.infer<typeof runSchema>[]> {
  const { out } = await inShop('runs', '--json')
  return z
    .object({ runs: z.array(runSchema) })
    .parse(JSON.parse(out))
    .runs.toReversed()
}

const states = async (): Promise<string[]> => (await runs()).map(({ pipeline, state }) => `${pipeline}: ${state}`)

it('stops before what comes after a broken check; goes on from there when the data is mended', async () => {
  await job('{ check: orders }')
  const { exit, out } = await inShop('run-job', 'gated', '--json')
  expect(exit).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    error: { code: 'check.violated', detail: { of: 'orders', count: '2', rules: 'customer.not_null, amount.range' } },
  })
  expect(await states()).toEqual(['take: succeeded', 'check orders: failed'])
  await writeFile(join(shop, 'rules/orders.yaml'), RULES.replaceAll(/ {2}- .*(not_null|min).*\n/g, ''))
  const resumed = await inShop('run-job', 'gated', '--resume', (await runs())[0]?.jobRunId ?? '', '--json')
  expect(JSON.parse(resumed.out)).toMatchObject({
    state: 'succeeded',
    steps: [{ pipeline: 'take' }, { pipeline: 'check orders', check: 'orders' }, { pipeline: 'pass' }],
  })
  expect(await states()).toEqual(['take: succeeded', 'check orders: succeeded', 'pass: succeeded'])
})

it('only warns where that is said, in the receipt and in the history of the rules', async () => {
  await job('{ check: "store:main.orders", onFailure: warn }')
  const { exit } = await inShop('run-job', 'gated', '--json')
  expect(exit).toBe(0)
  const [, check] = await runs()
  expect(check).toMatchObject({ check: 'store:main.orders', state: 'succeeded' })
  const { out } = await inShop('receipt', check?.runId ?? '', '--json')
  expect(JSON.parse(out)).toMatchObject({
    counts: { read: '4', rejected: '0' },
    warnings: [
      '1 of 4 break the rule customer.not_null',
      '2 of 4 break the rule amount.range',
      '1 of 4 break the rule high',
    ],
  })
})

it('sets each row aside once, with its key, and goes on', async () => {
  await job('{ check: orders, onFailure: quarantine }')
  const { exit } = await inShop('run-job', 'gated', '--json')
  expect(exit).toBe(0)
  const check = (await runs())[1]
  const { out } = await inShop('rejects', check?.runId ?? '', '--json')
  const { rejects } = z.object({ rejects: z.array(z.record(z.string(), z.unknown())) }).parse(JSON.parse(out))
  expect(rejects).toEqual([
    {
      node: 'orders',
      rule: 'customer.not_null',
      column: 'customer',
      value: null,
      reason: 'breaks the rule customer.not_null; breaks the rule amount.range',
      locator: '{"id":"2"}',
      raw: '{"id":"2","customer":null,"amount":"-20"}',
    },
    expect.objectContaining({ rule: 'amount.range', value: '-1', reason: 'breaks the rule amount.range' }),
  ])
})

it('stops all the same where no row is to blame', async () => {
  await writeFile(join(shop, 'rules/orders.yaml'), `${RULES}  - { check: row_count, min: 100 }\n`)
  await job('{ check: orders, onFailure: quarantine }')
  const { out } = await inShop('run-job', 'gated', '--json')
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'check.violated', detail: { rules: 'row_count' } } })
  expect(await states()).toEqual(['take: succeeded', 'check orders: failed'])
})

it('brings a sync up to date as a step, and warns of what was left', async () => {
  const settings =
    'source: files\ntarget: store\ntables: { include: ["orders.csv"] }\nkeys: [id]\nrename: { suffix: _kept }\nmode: incremental\ncursor: amount'
  await mkdir(join(shop, 'syncs'), { recursive: true })
  await file('syncs/keep-up', settings)
  await file('jobs/gated', 'steps: [{ sync: keep-up }]')
  expect(await inShop('check')).toMatchObject({ exit: 0 })
  expect(await inShop('run-job', 'gated', '--json')).toMatchObject({ exit: 0 })
  await writeFile(join(root, 'orders.csv'), 'id,customer,amount\n3,c,6000\n5,e,\n')
  const { exit, out } = await inShop('run-job', 'gated', '--json')
  expect(exit).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ steps: [{ pipeline: 'sync keep-up' }] })
  const receipt = await inShop('receipt', (await runs()).at(-1)?.runId ?? '', '--json')
  expect(JSON.parse(receipt.out)).toMatchObject({
    counts: { written: '2' },
    warnings: ['orders.csv: 1 rows have no cursor'],
  })
})

it.each([
  ['a sync that is none', '{ sync: keep-upp }', 'steps.1.sync'],
  ['neither a file nor a dataset', '{ check: ordres }', 'steps.1.check'],
  ['a way that is none', '{ check: orders, onFailure: skip }', 'steps.1.onFailure'],
  ['both at once', '{ check: orders, pipeline: take }', 'steps.1.check'],
])('is refused as text: %s', async (_case, check, path) => {
  await job(check)
  const { exit, out } = await inShop('check', '--json')
  expect(exit).not.toBe(0)
  expect(out).toContain(`"${path}"`)
})
