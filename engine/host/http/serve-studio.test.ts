import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openServer, type Server } from '../server/open-server.ts'
import { workspaceSessions } from '../studio/workspace-sessions.ts'
import { type HttpServer, serveHttp } from './serve-http.ts'

let folder: string
let server: Server
let http: HttpServer
let token: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-studio-'))
  const [pages, allowed] = [join(folder, 'pages'), join(folder, 'allowed')]
  await Promise.all([
    mkdir(join(pages, 'assets'), { recursive: true }),
    mkdir(join(allowed, 'shop'), { recursive: true }),
    mkdir(join(folder, 'secret'), { recursive: true }),
  ])
  await writeFile(join(pages, 'index.html'), '<!doctype html>studio')
  await writeFile(join(pages, 'index.html.map'), '{}')
  await writeFile(join(folder, 'outside.js'), 'export {}')
  await symlink(join(folder, 'outside.js'), join(pages, 'assets/link.js'))
  // The server's own addresses are not to be taken by a file.
  await writeFile(join(pages, 'metrics'), 'a page')
  await writeFile(join(pages, 'assets/app-1a2b.js'), 'export {}')
  await writeFile(join(allowed, 'shop/runnel.yaml'), 'version: 1\nname: shop\n')
  await writeFile(join(folder, 'secret/runnel.yaml'), 'version: 1\nname: secret\n')
  await symlink(join(folder, 'secret'), join(allowed, 'way-out'))
  server = await openServer({
    dataDirectory: join(folder, 'server'),
    variables: {},
    language: 'en',
    onError: () => undefined,
  })
  token = server.firstToken ?? ''
  const sessions = workspaceSessions({ language: 'en', variables: {}, allowedFolders: [allowed] })
  http = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    authenticate: (text) => server.trust.tokenName(text),
    hasToken: true,
    context: (actor) => server.context(actor),
    metrics: server.metrics,
    isReady: () => server.isReady(),
    version: server.version,
    onError: () => undefined,
    studio: { pages, open: (workspace, actor) => sessions.open(workspace, actor) },
  })
})

afterAll(async () => {
  await http.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('pages', () => {
  it.each([
    ['/', 'studio', 'no-cache'],
    ['/index.html', 'studio', 'no-cache'],
    ['/assets/app-1a2b.js', 'export {}', 'public, max-age=31536000, immutable'],
  ])('%s is open to anyone, runs no foreign script and is cached rightly', async (path, text, caching) => {
    const reply = await fetch(`${http.url}${path}`)
    expect(await reply.text()).toContain(text)
    expect(reply.headers.get('cache-control')).toBe(caching)
    const policy = reply.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('are those of a new build at once', async () => {
    const pages = join(folder, 'pages')
    await writeFile(join(pages, 'index.html'), '<!doctype html>studio, built again')
    await writeFile(join(pages, 'assets/app-3c4d.js'), 'export const built = "again"')
    await rm(join(pages, 'assets/app-1a2b.js'))
    expect(await (await fetch(`${http.url}/`)).text()).toContain('built again')
    expect(await (await fetch(`${http.url}/assets/app-3c4d.js`)).text()).toContain('again')
    expect((await fetch(`${http.url}/assets/app-1a2b.js`)).status).toBe(401)
  })

  it('that are none are told so to whoever has a token', async () => {
    const reply = await fetch(`${http.url}/assets/none.js`, { headers: { authorization: `Bearer ${token}` } })
    expect(reply.status).toBe(404)
  })

  it.each([
    '/assets/link.js',
    '/assets/',
    '/assets/none.js',
    '/assets/..%2f..%2fsecret/runnel.yaml',
    '/server/state.sqlite',
    '/assets//app-3c4d.js',
    '/assets/app-3c4d.js/',
    '/assets/./app-3c4d.js.map',
    '/metrics',
    '/openapi.json',
    '/index.html.map',
  ])('%s is no page: it wants a token', async (path) => {
    expect((await fetch(`${http.url}${path}`)).status).toBe(401)
  })
})

describe('a page that connects', () => {
  /** The first answer to a greeting and to a call after it; the reason when the socket is closed. */
  async function greet(greeting: object): Promise<string> {
    const socket = new WebSocket(`${http.url.replace('http', 'ws')}/ws`)
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    socket.on('open', () => socket.send(JSON.stringify(greeting)))
    socket.on('close', (_code, reason) => resolve(`closed: ${reason.toString()}`))
    socket.on('error', reject)
    socket.on('message', (bytes: Buffer) => {
      const text = bytes.toString('utf8')
      if (text === '{"ready":true}') socket.send(JSON.stringify({ i: 1, p: { u: '/workspace/open', b: {} } }))
      else resolve(text)
    })
    const answer = await promise
    socket.terminate()
    return answer
  }

  it('works in the workspace that it names', async () => {
    expect(await greet({ token, workspace: join(folder, 'allowed/shop') })).toContain('"name":"shop"')
  })

  it('may work in none', async () => {
    expect(await greet({ token, workspace: null })).toContain('workspace.missing')
  })

  it.each([
    ['outside of the allowed folders', () => 'secret'],
    ['outside by a way up', () => 'allowed/../secret'],
    ['outside by a link', () => 'allowed/way-out'],
    ['that is no workspace', () => 'allowed'],
    ['that is not there', () => 'allowed/none'],
  ])('is refused a workspace %s', async (_case, path) => {
    expect(await greet({ token, workspace: `${folder}/${path()}` })).toBe('closed: workspace')
  })

  it('is refused without a token', async () => {
    expect(await greet({ token: 'wrong', workspace: null })).toBe('closed: token')
  })
})
