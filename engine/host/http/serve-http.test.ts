import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Secret } from '../../base/secret.ts'
import { isFailure } from '../../contract/failure.ts'
import { openServer, type Server } from '../server/open-server.ts'
import { openDoor } from './door.ts'
import { connectRemote } from './remote-engine.ts'
import { type HttpOptions, type HttpServer, serveHttp } from './serve-http.ts'

let folder: string
let server: Server
let http: HttpServer
let token: string
const errors: [string, unknown][] = []

function options(change: Partial<HttpOptions> = {}): HttpOptions {
  return {
    host: '127.0.0.1',
    port: 0,
    authenticate: (text) => server.trust.tokenName(text),
    hasToken: true,
    context: (actor) => server.context(actor),
    metrics: server.metrics,
    isReady: () => server.isReady(),
    version: server.version,
    onError: (id, error) => void errors.push([id, error]),
    ...change,
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-http-'))
  server = await openServer({ dataDirectory: folder, variables: {}, language: 'en', onError: () => undefined })
  token = server.firstToken ?? ''
  http = await serveHttp(options())
})

afterAll(async () => {
  await http.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Without `fetch`, which tidies paths and forbids a Host header. */
function send(
  path: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(http.url)
    const outgoing = request({ hostname, port, path, method, headers, agent: false }, (reply) => {
      let text = ''
      reply.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${token}` })
const json = { 'content-type': 'application/json' }

describe('without a token', () => {
  it.each([
    ['GET', '/metrics'],
    ['GET', '/openapi.json'],
    ['GET', '/api/jobs'],
    ['POST', '/rpc/jobs/list'],
    ['POST', '/rpc/server/push'],
    ['GET', '/nowhere'],
    ['GET', '/healthz/../metrics'],
    ['GET', '/readyz/%2e%2e/metrics'],
    ['GET', '//metrics'],
    ['GET', '/metrics?token=x'],
  ])('%s %s is refused', async (method, path) => {
    const { status, text } = await send(path, { method })
    expect(status).toBe(401)
    expect(text).toContain('server.unauthorized')
  })

  it.each(['/healthz', '/readyz'])('%s is open', async (path) => {
    expect((await send(path)).status).toBe(200)
  })
})

describe('with a wrong token', () => {
  it.each([
    ['another', () => 'Bearer wrong'],
    ['an empty one', () => 'Bearer '],
    ['another scheme', () => `Basic ${token}`],
    ['the beginning of the right one', () => `Bearer ${token.slice(0, -1)}`],
    ['more than the right one', () => `Bearer ${token}x`],
    ['two', () => `Bearer ${token} ${token}`],
    ['its hash for SQL', () => "Bearer ' OR 1=1 --"],
  ])('%s is refused', async (_case, authorization) => {
    expect((await send('/metrics', { headers: { authorization: authorization() } })).status).toBe(401)
  })

  it('in the query is none', async () => {
    expect((await send(`/metrics?access_token=${token}`)).status).toBe(401)
  })
})

describe('a page that points its own name at this machine', () => {
  it.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'user@localhost',
    '0.0.0.0',
  ])('with Host %s gets nothing, not even a probe', async (host) => {
    expect((await send('/healthz', { headers: { host } })).status).toBe(421)
    expect((await send('/metrics', { headers: { ...bearer(), host } })).status).toBe(421)
  })

  it.each(['localhost', 'LOCALHOST:1', '127.0.0.1:7400', '[::1]:7400'])('Host %s is this machine', async (host) => {
    expect((await send('/healthz', { headers: { host } })).status).toBe(200)
  })
})

describe('an address beyond loopback', () => {
  it.each(['0.0.0.0', '::', '[::]', '0', '', '192.0.2.1', '::ffff:192.0.2.1', '2001:db8::1', '0x0', '3221225985'])(
    '%j is refused without TLS',
    async (host) => {
      const failed = await serveHttp(options({ host })).catch((error: unknown) => error)
      expect(isFailure(failed, 'server.insecure')).toBe(true)
    },
  )

  it('is refused with TLS while no token exists', async () => {
    const tls = { certFile: 'none.pem', keyFile: 'none.pem' }
    const failed = await serveHttp(options({ host: '0.0.0.0', tls, hasToken: false })).catch((error: unknown) => error)
    expect(isFailure(failed, 'server.insecure')).toBe(true)
  })

  it('with a certificate that is not there cannot listen', async () => {
    const tls = { certFile: join(folder, 'none.pem'), keyFile: join(folder, 'none.pem') }
    const failed = await serveHttp(options({ host: '0.0.0.0', tls })).catch((error: unknown) => error)
    expect(isFailure(failed, 'server.cannot_listen')).toBe(true)
  })

  it('a port that is taken is said', async () => {
    const failed = await serveHttp(options({ port: Number(new URL(http.url).port) })).catch((error: unknown) => error)
    expect(isFailure(failed, 'server.cannot_listen')).toBe(true)
  })
})

describe('a body', () => {
  const big = JSON.stringify({ json: { job: 'x'.repeat(1_100_000) } })

  it.each([
    ['too large for a call', '/rpc/jobs/trigger', json, big, 413],
    ['too large for a call to the API', '/api/jobs/a/trigger', json, big, 413],
    ['that is no JSON', '/rpc/jobs/trigger', json, '{', 400],
    ['with a poisoned prototype', '/rpc/jobs/trigger', json, '{"json":{"__proto__":{"job":"a"}}}', 400],
    ['of a plain form', '/rpc/jobs/trigger', { 'content-type': 'text/plain' }, '{"json":{"job":"a"}}', 415],
    ['of a form', '/rpc/jobs/trigger', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1', 415],
  ])('%s is refused', async (_case, path, headers, ...[body, status]) => {
    expect((await send(path, { method: 'POST', headers: { ...bearer(), ...headers }, body })).status).toBe(status)
  })

  it('of a push may be larger', async () => {
    const body = JSON.stringify({ json: { bundle: { padding: 'x'.repeat(2_000_000) } } })
    const reply = await send('/rpc/server/push', { method: 'POST', headers: { ...bearer(), ...json }, body })
    expect(reply.status).toBe(422)
    expect(reply.text).toContain('bundle.invalid')
  })
})

describe('paths', () => {
  it.each([
    '/rpc/../../etc/passwd',
    '/api/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/rpc/__proto__/toString',
  ])('%s leads nowhere', async (path) => {
    const { status, text } = await send(path, { method: 'POST', headers: { ...bearer(), ...json }, body: '{}' })
    expect(status).toBe(404)
    expect(text).toContain('server.request_refused')
  })
})

describe('a caller with a token', () => {
  const remote = () => connectRemote({ name: 'here', url: http.url, token: new Secret(token) })

  it('asks about the server and its jobs', async () => {
    expect(await remote().server.info()).toMatchObject({ version: server.version, jobs: 0 })
    expect(await remote().jobs.list()).toEqual([])
  })

  it.each([
    ['reads no file of the machine', () => remote().data.show({ from: { file: '/etc/passwd' } })],
    ['makes no folder on the machine', () => remote().workspace.create({ directory: join(folder, 'made') })],
    ['starts no pipeline', () => remote().runs.start({ pipeline: 'a' })],
  ])('%s', async (_case, call) => {
    const failed = await call().catch((error: unknown) => error)
    expect(isFailure(failed, 'server.not_offered')).toBe(true)
  })

  it('gets the failures of procedures as they are', async () => {
    const failed = await remote()
      .jobs.trigger({ job: 'none' })
      .catch((error: unknown) => error)
    expect(isFailure(failed, 'job.unknown')).toBe(true)
  })

  it('reads the API with values from the path and the query', async () => {
    const document = await send('/openapi.json', { headers: bearer() })
    expect(JSON.parse(document.text)).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) })
    const { status, text } = await send('/api/jobs/runs?limit=5', { headers: bearer() })
    expect([status, text]).toEqual([200, '[]'])
    expect((await send('/api/jobs/none/trigger', { method: 'POST', headers: bearer() })).status).toBe(422)
  })

  it('scrapes metrics', async () => {
    const { text } = await send('/metrics', { headers: bearer() })
    expect(text).toContain('runnel_runs{state="running"} 0')
    expect(text).toContain('process_resident_memory_bytes')
  })
})

it('answers at a door that was opened before it, and leaves it when it stops', async () => {
  const door = await openDoor('127.0.0.1', 0)
  if (door === undefined) throw new Error('there is a free port')
  const waiting = fetch(`${door.url}/healthz`)
  const served = await serveHttp(options({ door }))
  expect(served.url).toBe(door.url)
  expect((await waiting).status).toBe(200)
  await served.stop()
  await expect(fetch(door.url)).rejects.toThrow('fetch failed')
})

it('hides what went wrong inside and names it in the log', async () => {
  const broken = await serveHttp(
    options({
      context: (actor) => ({
        ...server.context(actor),
        runs: async () => Promise.reject(new Error('SELECT pa55 FROM t')),
      }),
    }),
  )
  const url = broken.url
  const failed = await connectRemote({ name: 'here', url, token: new Secret(token) })
    .runs.list({})
    .catch((error: unknown) => error)
  await broken.stop()
  expect(isFailure(failed, 'internal.unexpected')).toBe(true)
  expect(String(failed)).not.toContain('pa55')
  const [id] = errors.at(-1) ?? ['none']
  expect(String(failed)).toContain(id)
})

it('streams events as they come and ends the stream when it stops', async () => {
  const first = { runId: 'r', sequence: 1, at: '2026-01-01T00:00:00.000Z', kind: 'log' as const, message: 'begun' }
  const runs = await server.context('test').runs?.()
  if (runs === undefined) throw new Error('a server has runs')
  // A run that goes on for as long as anyone listens.
  async function* events() {
    yield first
    await new Promise(() => undefined)
  }
  const live = await serveHttp(
    options({ context: (actor) => ({ ...server.context(actor), runs: async () => ({ ...runs, events }) }) }),
  )
  const stream = await connectRemote({ name: 'here', url: live.url, token: new Secret(token) }).runs.events({
    runId: 'r',
  })
  const seen: unknown[] = []
  for await (const event of stream) {
    seen.push(event)
    void live.stop()
  }
  expect(seen).toEqual([first])
})

it.each([
  ['a wrong token', 'server.unauthorized', () => ({ url: http.url, token: new Secret('wrong') })],
  ['nobody there', 'server.unavailable', () => ({ url: 'http://127.0.0.1:1', token: new Secret('t') })],
] as const)('a remote engine with %s fails with %s', async (_case, code, remote) => {
  const failed = await connectRemote({ name: 'there', ...remote() })
    .server.info()
    .catch((error: unknown) => error)
  expect(isFailure(failed, code)).toBe(true)
})

describe('a socket', () => {
  /** What an `info` call is answered with, or the code with which the socket was closed. */
  async function ask(protocols: string[], messages: string[], host?: string): Promise<string | number> {
    const socket = new WebSocket(
      http.url.replace('http', 'ws') + '/ws',
      protocols,
      host === undefined ? {} : { headers: { host } },
    )
    const answer = new Promise<string | number>((resolve) => {
      socket.on('message', (bytes: Buffer) => resolve(bytes.toString('utf8')))
      socket.on('close', resolve)
      socket.on('error', () => resolve('refused'))
    })
    socket.on('open', () => {
      for (const message of messages) socket.send(message)
    })
    const given = await answer
    socket.terminate()
    return given
  }
  const info = JSON.stringify({ i: 1, p: { u: '/server/info', b: {} } })

  it('takes a token as its first message', async () => {
    expect(await ask([], [JSON.stringify({ token }), info])).toContain('"version"')
  })
  it('takes a token as a protocol', async () => {
    expect(await ask(['runnel', `bearer.${token}`], [info])).toContain('"version"')
  })
  it.each([
    ['no token', [], [info]],
    ['a wrong token first', [], ['{"token":"wrong"}', info]],
    ['a wrong token as a protocol', ['runnel', 'bearer.wrong'], [info]],
    ['no JSON', [], ['{']],
  ])('with %s is closed', async (_case, protocols, messages) => {
    expect(await ask(protocols, messages)).toBe(1008)
  })
  it('of a page that points its own name here is refused', async () => {
    expect(await ask([], [JSON.stringify({ token }), info], 'evil.example')).toBe('refused')
  })
})
