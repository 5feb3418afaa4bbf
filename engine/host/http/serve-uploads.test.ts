import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openServer, type Server } from '../server/open-server.ts'
import { openUploads, type Uploads } from '../uploads/uploads.ts'
import { type HttpServer, serveHttp } from './serve-http.ts'

const LIMIT = 6 * 1024 * 1024

let folder: string
let shop: string
let uploads: Uploads
let server: Server
let http: HttpServer
let token: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-uploads-'))
  shop = join(folder, 'allowed/shop')
  await Promise.all([mkdir(shop, { recursive: true }), mkdir(join(folder, 'secret')), mkdir(join(folder, 'pages'))])
  await symlink(join(folder, 'secret'), join(shop, 'way-out'))
  server = await openServer({
    dataDirectory: join(folder, 'server'),
    variables: {},
    language: 'en',
    onError: () => undefined,
  })
  token = server.firstToken ?? ''
  uploads = openUploads({ folders: [join(folder, 'allowed')], limitBytes: LIMIT })
  http = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    // A second person, to whom nothing of the first belongs.
    authenticate: (text) => (text === 'other' ? 'other' : server.trust.tokenName(text)),
    hasToken: true,
    context: (actor) => server.context(actor),
    metrics: server.metrics,
    isReady: () => server.isReady(),
    version: server.version,
    onError: () => undefined,
    studio: { pages: join(folder, 'pages'), uploads, open: () => Promise.reject(new Error('not asked')) },
  })
})

afterEach(async () => {
  await http.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Asked {
  readonly method?: string
  readonly json?: object
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly as?: string
}

const replySchema = z.object({
  id: z.string().optional(),
  path: z.string().optional(),
  data: z.object({ code: z.string() }).optional(),
})

async function ask(path: string, { method = 'POST', json, bytes, as = token }: Asked) {
  const reply = await fetch(`${http.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(bytes === undefined ? {} : { body: bytes }),
  })
  const { id, path: made, data } = replySchema.parse(await reply.json())
  return { status: reply.status, id, path: made, code: data?.code }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

async function upload(name: string, text: string, directory = shop) {
  const bytes = bytesOf(text)
  const begun = await ask('/uploads', { json: { directory, name, sizeBytes: bytes.length } })
  if (begun.id === undefined) return begun
  if (bytes.length > 0) await ask(`/uploads/${begun.id}?offset=0`, { method: 'PUT', bytes })
  return ask(`/uploads/${begun.id}`, {})
}

describe('an upload', () => {
  it('comes in pieces and is seen only when it is whole', async () => {
    const { id } = await ask('/uploads', { json: { directory: shop, name: 'a/orders.csv', sizeBytes: 10 } })
    await ask(`/uploads/${id}?offset=0`, { method: 'PUT', bytes: bytesOf('id,na') })
    expect(await ask(`/uploads/${id}`, {})).toMatchObject({ status: 409, code: 'upload.lost' })
    await ask(`/uploads/${id}?offset=5`, { method: 'PUT', bytes: bytesOf('me\n1,') })
    expect((await readdir(join(shop, 'a'))).filter((name) => !name.startsWith('.'))).toEqual([])
    const { path } = await ask(`/uploads/${id}`, {})
    expect(path).toBe(join(shop, 'a/orders.csv'))
    expect(await readFile(path ?? '', 'utf8')).toBe('id,name\n1,')
    expect(await readdir(join(shop, 'a'))).toEqual(['orders.csv'])
  })

  it('may be empty', async () => {
    expect(await readFile((await upload('empty.csv', '')).path ?? '', 'utf8')).toBe('')
  })

  it('replaces no file', async () => {
    await writeFile(join(shop, 'a.csv'), 'first')
    expect((await upload('a.csv', 'second')).path).toBe(join(shop, 'a-2.csv'))
    expect((await upload('a.csv', 'third')).path).toBe(join(shop, 'a-3.csv'))
    expect(await readFile(join(shop, 'a.csv'), 'utf8')).toBe('first')
  })

  it('leaves nothing when it is given up, or when the server stops', async () => {
    const begin = async (name: string) => (await ask('/uploads', { json: { directory: shop, name, sizeBytes: 3 } })).id
    const [given, open] = [await begin('a.csv'), await begin('b.csv')]
    await ask(`/uploads/${given}?offset=0`, { method: 'PUT', bytes: bytesOf('1') })
    await ask(`/uploads/${given}`, { method: 'DELETE' })
    expect(await ask(`/uploads/${given}`, {})).toMatchObject({ code: 'upload.lost' })
    expect(open).toBeDefined()
    await http.stop()
    expect(await readdir(shop)).toEqual(['way-out'])
  })

  it('goes into a new folder of its own', async () => {
    const make = async () => (await ask('/uploads/folders', { json: { directory: shop, name: 'year' } })).path
    expect([await make(), await make()]).toEqual([join(shop, 'year'), join(shop, 'year-2')])
  })
})

describe('refuses', () => {
  it.each([
    ['a way up', 'upload.name_invalid', () => ({ directory: shop, name: '../a.csv' })],
    ['a way up by encoding', 'upload.name_invalid', () => ({ directory: shop, name: 'a/../../b.csv' })],
    [
      'a folder that is not allowed',
      'file.outside_folder',
      () => ({ directory: join(folder, 'secret'), name: 'a.csv' }),
    ],
    [
      'a folder beside the allowed one',
      'file.outside_folder',
      () => ({ directory: join(folder, 'allowed-too'), name: 'a.csv' }),
    ],
    ['a way out by a link', 'file.outside_folder', () => ({ directory: join(shop, 'way-out'), name: 'a.csv' })],
    ['a link on the way', 'file.outside_folder', () => ({ directory: shop, name: 'way-out/a.csv' })],
    ['more than the limit', 'upload.too_large', () => ({ directory: shop, name: 'a.csv', sizeBytes: LIMIT + 1 })],
    ['no name', 'usage.invalid', () => ({ directory: shop, name: '' })],
    ['a negative size', 'usage.invalid', () => ({ directory: shop, name: 'a.csv', sizeBytes: -1 })],
  ])('%s', async (_case, code, wish) => {
    expect(await ask('/uploads', { json: { sizeBytes: 1, ...wish() } })).toMatchObject({ code })
    expect(await readdir(join(folder, 'secret'))).toEqual([])
    expect(await readdir(shop)).toEqual(['way-out'])
  })

  it('a call without a token', async () => {
    expect(
      await ask('/uploads', { json: { directory: shop, name: 'a.csv', sizeBytes: 1 }, as: 'wrong' }),
    ).toMatchObject({
      status: 401,
      code: 'server.unauthorized',
    })
  })

  it.each([
    [
      'from another offset',
      'upload.lost',
      (id: string) => ask(`/uploads/${id}?offset=1`, { method: 'PUT', bytes: bytesOf('1') }),
    ],
    [
      'of more bytes than were told',
      'upload.too_large',
      (id: string) => ask(`/uploads/${id}?offset=0`, { method: 'PUT', bytes: bytesOf('12345') }),
    ],
    [
      'of somebody else',
      'upload.lost',
      (id: string) => ask(`/uploads/${id}?offset=0`, { method: 'PUT', bytes: bytesOf('1'), as: 'other' }),
    ],
    [
      'without an offset',
      'usage.invalid',
      (id: string) => ask(`/uploads/${id}`, { method: 'PUT', bytes: bytesOf('1') }),
    ],
  ])('a piece %s, and takes the right one after it', async (_case, code, send) => {
    const { id } = await ask('/uploads', { json: { directory: shop, name: 'a.csv', sizeBytes: 3 } })
    expect(await send(id ?? '')).toMatchObject({ code })
    await ask(`/uploads/${id}?offset=0`, { method: 'PUT', bytes: bytesOf('abc') })
    expect(await readFile((await ask(`/uploads/${id}`, {})).path ?? '', 'utf8')).toBe('abc')
  })
})
