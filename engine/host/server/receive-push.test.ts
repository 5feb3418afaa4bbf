import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Bundle } from '../../contract/bundle-file.ts'
import { toFailure } from '../../contract/failure.ts'
import { buildBundle, newNonce, PUSH_VALID_MS } from '../../deploy/bundle.ts'
import { signingKeyOf } from '../../deploy/keys.ts'
import { signBundle } from '../../deploy/sign.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import type { JobService } from '../router/job-service.ts'
import { openServer, type Server } from './open-server.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-push-'))
const shop = join(root, 'shop')
const key = signingKeyOf(generateKeyPairSync('ed25519').privateKey)
let server: Server
let jobs: JobService

beforeAll(async () => {
  for (const folder of ['connections', 'pipelines', 'jobs']) await mkdir(join(shop, folder), { recursive: true })
  await mkdir(join(root, 'out'))
  await writeFile(join(root, 'orders.csv'), 'id,amount\n1,10\n2,20\n')
  await writeFile(join(shop, 'runnel.yaml'), 'version: 1\nname: shop\n')
  await writeFile(join(shop, 'jobs/nightly.yaml'), 'version: 1\nsteps: [{ pipeline: orders }]\n')
  const folders = { files: root, lake: join(root, 'out') }
  for (const [name, folder] of Object.entries(folders)) {
    const kind = name === 'files' ? 'text' : 'parquet'
    const text = `version: 1\nkind: ${kind}\nsettings: ${JSON.stringify({ folder })}\n`
    await writeFile(join(shop, `connections/${name}.yaml`), text)
  }
  server = await openServer({
    dataDirectory: join(root, 'data'),
    variables: { RUNNEL_KEY: 'key-of-the-test' },
    language: 'en',
    onError: (error) => expect.fail(String(error)),
  })
  const { jobs: service } = server.context('tester')
  if (service === undefined) throw new Error('a server has jobs')
  jobs = service
  await jobs.trustKey({ publicKey: key.publicKey, name: 'tester' }, 'tester')
})

afterAll(async () => {
  await server.stop()
  await rm(root, { recursive: true, force: true })
})

/** A signed bundle of its own, with a nonce of its own, whose content depends on the condition alone. */
async function signed(where: string): Promise<Bundle> {
  const nodes = [
    '  orders: { type: source, dataset: files:orders.csv }',
    `  large: { type: filter, input: orders, where: ${where} }`,
    '  load: { type: target, input: large, dataset: lake:orders.parquet, mode: replace }',
  ]
  await writeFile(join(shop, 'pipelines/orders.yaml'), `version: 1\nnodes:\n${nodes.join('\n')}\n`)
  const workspace = await loadWorkspace(shop)
  const times = { createdAtMs: Date.now(), validForMs: PUSH_VALID_MS, nonce: newNonce() }
  return signBundle(await buildBundle({ workspace, job: 'nightly', ...times }), key)
}

async function push(bundle: Bundle): Promise<string> {
  return jobs.push(bundle, 'tester').then(
    ({ outcome }) => outcome,
    (error: unknown) => toFailure(error).code,
  )
}

it('takes what is active as often as it is sent, and nothing that was sent before once another version took over', async () => {
  const [first, sameContent, other] = [
    await signed('amount > 10'),
    await signed('amount > 10'),
    await signed('amount > 15'),
  ]
  const answers: string[] = []
  for (const bundle of [first, first, sameContent, other, first, sameContent]) answers.push(await push(bundle))
  expect(answers).toEqual(['deployed', 'unchanged', 'unchanged', 'deployed', 'bundle.replayed', 'bundle.replayed'])
  const states = (await jobs.deployments('nightly')).map(({ state }) => state)
  expect(states).toEqual(['active', 'superseded'])
})

it('runs the checks of a job by the rules that came with it, and stops at one that is broken', async () => {
  await signed('amount > 5')
  await mkdir(join(shop, 'rules'), { recursive: true })
  const rules =
    '[{ check: range, column: amount, min: 15 }, { check: drift, column: amount, figure: mean, limit: 0.1 }]'
  await writeFile(join(shop, 'rules/orders.yaml'), `version: 1\ndataset: lake:orders.parquet\nrules: ${rules}\n`)
  const steps = '[{ pipeline: orders }, { check: orders }, { pipeline: orders }]'
  await writeFile(join(shop, 'jobs/gated.yaml'), `version: 1\nsteps: ${steps}\nretry: { attempts: 1 }\n`)
  const times = { createdAtMs: Date.now(), validForMs: PUSH_VALID_MS, nonce: newNonce() }
  expect(
    await push(signBundle(await buildBundle({ workspace: await loadWorkspace(shop), job: 'gated', ...times }), key)),
  ).toBe('deployed')
  const { id } = await jobs.trigger('gated')
  const ended = async () => (await jobs.runs('gated', 1)).find((run) => run.id === id && run.finishedAt !== undefined)
  await expect.poll(ended, { timeout: 60_000 }).toMatchObject({
    state: 'failed',
    failure: { code: 'check.violated', detail: { of: 'orders', count: '1', rules: 'amount.range' } },
  })
})
