import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TEST_AUTHORITY, TEST_SERVER_CERTIFICATE, TEST_SERVER_KEY } from '../../testing/test-authority.ts'
import { type HttpServer, serveHttp } from '../http/serve-http.ts'
import { openServer, type Server } from '../server/open-server.ts'
import { authorityOf } from './authority.ts'
import { codeOf, openTestEngine, type TestEngine } from './testing/test-engine.ts'

let folder: string
let server: Server
let http: HttpServer
let host: TestEngine
let token: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-tls-'))
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  await writeFile(certFile, TEST_SERVER_CERTIFICATE)
  await writeFile(keyFile, TEST_SERVER_KEY)
  server = await openServer({
    dataDirectory: join(folder, 'server'),
    variables: {},
    language: 'en',
    onError: (error) => expect.fail(String(error)),
  })
  token = server.firstToken ?? ''
  http = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    tls: { certFile, keyFile },
    authenticate: (text) => server.trust.tokenName(text),
    hasToken: true,
    context: (actor) => server.context(actor),
    metrics: server.metrics,
    isReady: () => server.isReady(),
    version: server.version,
    onError: (_id, error) => expect.fail(String(error)),
  })
  host = await openTestEngine()
})
afterAll(async () => {
  await host[Symbol.asyncDispose]()
  await http.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const add = (ca?: string) =>
  host.engine.servers.add({ name: 'prod', url: http.url, token, ...(ca === undefined ? {} : { ca }) })

describe('a server with a certificate of a private authority', () => {
  it('is not trusted without that authority', async () => {
    expect(await codeOf(add())).toBe('server.unavailable')
    expect(await host.engine.servers.list()).toEqual([])
  })

  it('is trusted with it, then and later', async () => {
    await add(TEST_AUTHORITY)
    expect(await host.engine.servers.check({ server: 'prod' })).toMatchObject({ version: server.version })
    expect(await host.engine.servers.list()).toEqual([{ name: 'prod', url: http.url }])
  })
})

describe('a text of certificates', () => {
  it('is kept without what lies beside them', async () => {
    expect(authorityOf(`some words\n${TEST_SERVER_KEY}${TEST_AUTHORITY}`)).toBe(TEST_AUTHORITY)
    await add(`${TEST_SERVER_KEY}${TEST_AUTHORITY}`)
    expect(await readFile(join(host.directory, '.runnel/servers.json'), 'utf8')).not.toContain('PRIVATE KEY')
  })

  it.each([
    ['nothing', ''],
    ['words', 'certificate'],
    ['a key', TEST_SERVER_KEY],
    ['a broken one', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['one that may vouch for nobody', TEST_SERVER_CERTIFICATE],
    ['a good one and a broken one', `${TEST_AUTHORITY}-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----`],
  ])('is refused: %s', async (_case, pem) => {
    expect(await codeOf(add(pem))).toBe('server.ca_invalid')
  })
})
