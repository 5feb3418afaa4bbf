import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { RPCHandler } from '@orpc/server/fastify'
import { RPCHandler as SocketHandler } from '@orpc/server/ws'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { WebSocketServer } from 'ws'
import { newId } from '../../base/ids.ts'
import type { Metrics } from '../../monitor/metrics/metrics.ts'
import type { HostContext } from '../router/context.ts'
import { router } from '../router/router.ts'
import { assertListenAllowed, isHostAllowed } from './listen-guard.ts'
import { openApiDocument } from './open-api.ts'

const BODY_LIMIT = 1024 * 1024
const PUSH_BODY_LIMIT = 96 * 1024 * 1024
const PUSH_PATHS = new Set(['/rpc/server/push', '/api/server/push'])
const SOCKET_MESSAGE_LIMIT = BODY_LIMIT
/** The token in a WebSocket's subprotocols: browsers cannot set headers there, and a URL ends up in logs. */
const TOKEN_PROTOCOL = 'runnel.token.'

export interface HttpOptions {
  readonly host: string
  readonly port: number
  readonly tls?: { readonly certFile: string; readonly keyFile: string }
  /** The caller behind a bearer token. */
  readonly authenticate: (token: string) => string | undefined
  readonly hasToken: boolean
  readonly context: (actor: string) => HostContext
  readonly metrics: Metrics
  readonly isReady: () => boolean
  readonly version: string
  /** Told of what nobody else can be told: a fault of the server's own, by the id its caller got. */
  readonly onError: (id: string, error: unknown) => void
}

export interface HttpServer {
  /** `http://127.0.0.1:7400` */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Serves the contract: `/rpc` for Runnel's own clients, `/ws` for live ones, `/api` and `/openapi.json` for anybody, `/metrics`,
 * and without a token only `/healthz` and `/readyz`.
 * @throws Failure `server.insecure`
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const { host, port, tls, hasToken } = options
  assertListenAllowed({ host, hasTls: tls !== undefined, hasToken })
  const app = await createApp(options)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    })
    if (!isHostAllowed(request.headers.host, host)) return reply.code(421).send({ code: 'server.wrong_host' })
    if (request.url === '/healthz' || request.url === '/readyz') return undefined
    if (actorOf(options, bearerOf(request.headers.authorization)) === undefined) {
      return reply.code(401).header('www-authenticate', 'Bearer').send({ code: 'server.unauthorized' })
    }
    return undefined
  })
  addRoutes(app, options)
  addContract(app, options)
  const socket = addSocket(app, options)
  await app.listen({ host, port })
  const address = app.server.address()
  const shown = host.includes(':') ? `[${host}]` : host
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${shown}:${isAddress(address) ? address.port : port}`,
    stop: async () => {
      for (const client of socket.clients) client.terminate()
      socket.close()
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

async function createApp({ tls, onError }: HttpOptions): Promise<FastifyInstance> {
  const common = { bodyLimit: BODY_LIMIT, requestTimeout: 60_000, forceCloseConnections: true, trustProxy: false }
  const app: FastifyInstance =
    tls === undefined
      ? fastify(common)
      : // The HTTPS server differs only in its sockets; routes and hooks are the same.
        fastify({
          ...common,
          https: { cert: await readFile(tls.certFile), key: await readFile(tls.keyFile), minVersion: 'TLSv1.2' },
        })
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error)
    if (status < 500) return reply.code(status).send({ code: 'usage.invalid' })
    const id = newId()
    onError(id, error)
    return reply.code(500).send({ code: 'internal.unexpected', id })
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'usage.invalid' }))
  return app
}

function addRoutes(app: FastifyInstance, { metrics, isReady, version }: HttpOptions): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => reply.code(isReady() ? 200 : 503).send({ ready: isReady() }))
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.scrape()))
  let document: Promise<unknown> | undefined
  app.get('/openapi.json', async () => (document ??= openApiDocument(version)))
}

function addContract(app: FastifyInstance, options: HttpOptions): void {
  const rpc = new RPCHandler(router)
  const api = new OpenAPIHandler(router)
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const actor = actorOf(options, bearerOf(request.headers.authorization)) ?? ''
    const context = options.context(actor)
    const { matched } = request.url.startsWith('/rpc/')
      ? await rpc.handle(request, reply, { prefix: '/rpc', context })
      : await api.handle(request, reply, { prefix: '/api', context })
    if (!matched) await reply.code(404).send({ code: 'usage.invalid' })
  }
  for (const path of PUSH_PATHS) app.post(path, { bodyLimit: PUSH_BODY_LIMIT }, handle)
  app.all('/rpc/*', handle)
  app.all('/api/*', handle)
}

function addSocket(app: FastifyInstance, options: HttpOptions): WebSocketServer {
  const handler = new SocketHandler(router)
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: SOCKET_MESSAGE_LIMIT,
    handleProtocols: (protocols) => (protocols.has('runnel') ? 'runnel' : false),
  })
  app.server.on('upgrade', (request, socket, head) => {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim())
    const inProtocol = offered.find((text) => text.startsWith(TOKEN_PROTOCOL))?.slice(TOKEN_PROTOCOL.length)
    const actor = actorOf(options, bearerOf(request.headers.authorization) ?? inProtocol)
    if (request.url !== '/ws' || actor === undefined || !isHostAllowed(request.headers.host, options.host)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
      return
    }
    server.handleUpgrade(request, socket, head, (client) => {
      void handler.upgrade(client, { context: options.context(actor) })
    })
  })
  return server
}

function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/=-]{1,512})$/i.exec(header ?? '')?.[1]
}

function actorOf({ authenticate }: HttpOptions, token: string | undefined): string | undefined {
  return token === undefined ? undefined : authenticate(token)
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  return Number.isInteger(status) && status >= 400 ? status : 500
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
