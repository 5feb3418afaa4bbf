import { createHmac } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { openDeliveries } from '../../connectors/webhook/deliveries.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { openHooks } from '../server/hooks.ts'
import { openServer, type Server } from '../server/open-server.ts'
import { serverSecrets } from '../server/server-secrets.ts'
import { type HttpServer, serveHttp } from './serve-http.ts'

const SECRET = 'canary-5f2a91'
const variables = { HOOK_SECRET: SECRET }

let folder: string
let store: Store
let server: Server
let http: HttpServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-hooks-'))
  const shop = join(folder, 'shop')
  await mkdir(join(shop, 'connections'), { recursive: true })
  await writeFile(join(shop, 'runnel.yaml'), 'version: 1\nname: shop\n')
  const settings = `file: ${JSON.stringify(join(folder, 'orders.sqlite'))}, secret: "\${env:HOOK_SECRET}", idHeader: X-Id, maxBytes: 100`
  await writeFile(join(shop, 'connections/orders.yaml'), `version: 1\nkind: webhook\nsettings: { ${settings} }\n`)
  store = openStore(join(folder, 'state.sqlite'))
  store.deployments.activate({ id: 'd', job: 'j', digest: 'd', directory: shop, keyId: 'k' })
  server = await openServer({
    dataDirectory: join(folder, 'data'),
    variables,
    language: 'en',
    onError: () => undefined,
  })
  const secrets = serverSecrets(join(folder, 'data'), variables).store
  http = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    authenticate: () => undefined,
    hasToken: true,
    context: (actor) => server.context(actor),
    metrics: server.metrics,
    hooks: openHooks({
      deployments: [store.deployments],
      clock: systemClock,
      secrets,
      variables,
      onError: (error) => expect.fail(String(error)),
    }),
    isReady: () => true,
    version: '0',
    onError: (_id, error) => expect.fail(String(error)),
  })
})
afterAll(async () => {
  await http.stop()
  await server.stop()
  store[Symbol.dispose]()
  await rm(folder, { recursive: true, force: true })
})

interface Sending {
  readonly hook?: string
  readonly id?: string
  readonly secret?: string
}

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  { hook = 'orders', id = '', secret = SECRET }: Sending = {},
) {
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}`, 'x-id': id }
  const reply = await fetch(`${http.url}/hooks/${hook}`, { method: 'POST', headers, body })
  const text = await reply.text()
  expect(text).not.toContain(SECRET)
  return { status: reply.status, text }
}

function kept(): string[] {
  using deliveries = openDeliveries(join(folder, 'orders.sqlite'))
  return deliveries.after(0n, 100).map(({ id, body }) => `${id} ${body}`)
}

describe('a webhook', () => {
  it('keeps a delivery before it says so, once for each id', async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => send('{"a":1}', { id: 'one' })))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(replies.filter(({ text }) => text.includes('"isNew":true'))).toHaveLength(1)
    expect(await send('{"a":2}', { id: 'two' })).toEqual({ status: 200, text: '{"id":"two","isNew":true}' })
    expect(kept()).toEqual(['one {"a":1}', 'two {"a":2}'])
  })

  it.each([
    ['another secret', '{}', { secret: 'guess' }, 401, 'webhook.unsigned'],
    ['what is no JSON', '{', {}, 400, 'webhook.refused'],
    ['what is no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400, 'webhook.refused'],
    ['an escape of NUL that is none', '"\0"', {}, 400, 'webhook.refused'],
    ['more than it takes', `"${'x'.repeat(100)}"`, {}, 413, 'server.request_refused'],
    ['a name that no webhook has', '{}', { hook: 'other' }, 404, 'server.request_refused'],
    ['a name with a path', '{}', { hook: '..%2f..%2forders' }, 404, 'server.request_refused'],
  ])('refuses %s and keeps nothing', async (_case, body, sending, status, code) => {
    const before = kept()
    const reply = await send(body, sending)
    expect(reply).toMatchObject({ status, text: expect.stringContaining(code) })
    expect(kept()).toEqual(before)
  })

  it('of a deployment whose settings are wrong is told once, and is not there', async () => {
    const broken = join(folder, 'broken')
    await mkdir(join(broken, 'connections'), { recursive: true })
    await writeFile(join(broken, 'runnel.yaml'), 'version: 1\nname: broken\n')
    await writeFile(join(broken, 'connections/bad.yaml'), 'version: 1\nkind: webhook\nsettings: { file: 7 }\n')
    using own = openStore(join(folder, 'broken.sqlite'))
    own.deployments.activate({ id: 'b', job: 'j', digest: 'b', directory: broken, keyId: 'k' })
    const errors: unknown[] = []
    let now = 0
    const hooks = openHooks({
      deployments: [own.deployments],
      clock: { now: () => now },
      secrets: serverSecrets(join(folder, 'data'), variables).store,
      variables,
      onError: (error) => errors.push(error),
    })
    for (; now < 10_000; now += 3_000) expect(await hooks.limitOf('bad')).toBeUndefined()
    expect(errors).toEqual([expect.objectContaining({ code: 'connection.settings_invalid' })])
  })

  it('opens no other door', async () => {
    expect((await fetch(`${http.url}/hooks/orders`)).status).toBe(401)
    expect((await fetch(`${http.url}/metrics`)).status).toBe(401)
    expect((await fetch(`${http.url}/hooks/orders/../../metrics`)).status).toBe(401)
  })
})
