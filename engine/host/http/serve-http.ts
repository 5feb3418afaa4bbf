import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer as createPlainServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { newId } from '../../base/ids.ts'
import { BUNDLE_LIMIT_BYTES } from '../../contract/bundle-file.ts'
import { Failure } from '../../contract/failure.ts'
import type { Metrics } from '../../monitor/metrics/metrics.ts'
import type { HostContext } from '../router/context.ts'
import type { Hooks } from '../server/hooks.ts'
import type { Answering } from './answer-calls.ts'
import { bearerOf, isOpenPath } from './bearer.ts'
import type { Door } from './door.ts'
import type { ReportError } from './guard-calls.ts'
import { isLoopbackHost, type ListenAddress, listenAddress } from './listen-address.ts'
import { replyFailure } from './reply-failure.ts'
import { serveHooks } from './serve-hooks.ts'
import { type StudioOffer, serveStudioPages } from './serve-studio-pages.ts'
import { serveUploads } from './serve-uploads.ts'
import { serveWebSocket } from './serve-websocket.ts'

export interface HttpOptions {
  /** What the calls of one caller work with. */
  readonly context: (actor: string) => HostContext
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** Is listened at already, at `host`, and handed over; then `port` says nothing. */
  readonly door?: Door
  readonly tls?: { readonly certFile: string; readonly keyFile: string }
  /** The name of the token's holder; undefined for a token that is not known. */
  readonly authenticate: (token: string) => string | undefined
  /** Whether any token exists: beyond loopback nobody listens without one. */
  readonly hasToken: boolean
  readonly metrics: Metrics
  readonly isReady: () => boolean
  readonly onError: ReportError
  readonly version: string
  /** Where other systems send what happened. */
  readonly hooks?: Hooks
  /** The studio for browsers. Without it only the contract is served. */
  readonly studio?: StudioOffer
}

export interface HttpServer {
  readonly url: string
  /** Ends streams, waits for calls under way up to five seconds, closes every connection. */
  stop(): Promise<void>
}

const CALL_LIMIT_BYTES = 1024 * 1024
const REQUEST_TIMEOUT_MS = 120_000
const STOP_GRACE_MS = 4_000

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/**
 * Serves the contract over HTTP (`/rpc`, `/api`) and WebSocket (`/ws`), with `/openapi.json`, `/metrics`, `/healthz` and `/readyz`.
 * Only the last two, webhooks, and the studio's pages are open to anyone. It listens before the engine behind the calls is loaded: pages are
 * on their way meanwhile, and calls wait.
 * @throws Failure `server.insecure`, `server.cannot_listen`
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const { host, tls, hasToken } = options
  const where = await listenAddress(host, tls !== undefined && hasToken)
  const server = tls === undefined ? createPlainServer() : await tlsServer(tls)
  server.requestTimeout = REQUEST_TIMEOUT_MS
  const stopping = new AbortController()
  const app = fastify({
    serverFactory: (handler) => server.on('request', handler),
    bodyLimit: CALL_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 1_000 },
  })
  guardDoor(app, options, where)
  const answering = loadedOnce(() =>
    import('./answer-calls.ts').then(({ answerCalls }) => answerCalls(options.onError, stopping.signal)),
  )
  addRoutes(app, options, { answering, stopping: stopping.signal })
  if (options.hooks !== undefined) await serveHooks(app, options.hooks)
  if (options.studio !== undefined) await serveStudioPages(app, options.studio.pages)
  if (options.studio?.uploads !== undefined) await serveUploads(app, options.studio.uploads)
  const sockets = serveWebSocket({
    ...options,
    server,
    answering,
    stopping: stopping.signal,
    isLoopback: where.isLoopback,
  })
  await listen(app, server, options, where)
  // After whoever waits for the address has had it. What fails here fails again, and is told, at the first call.
  setImmediate(() => void answering().catch(() => undefined))
  return {
    url: urlOf(server, where.address, tls !== undefined),
    stop: async () => {
      stopping.abort()
      sockets.close()
      const force = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS)
      await app.close()
      // Of a listener that was handed over nothing is known to it.
      if (server.listening) await closed(server)
      clearTimeout(force)
    },
  }
}

async function listen(
  app: FastifyInstance,
  server: Server,
  { host, port, door }: HttpOptions,
  { address }: ListenAddress,
): Promise<void> {
  if (door !== undefined) {
    await app.ready()
    return door.handTo(server)
  }
  try {
    await app.listen({ host: address, port })
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new Failure('server.cannot_listen', { address: `${host}:${port}`, reason }, { cause })
  }
}

async function closed(server: Server): Promise<void> {
  const closing = once(server, 'close')
  server.close()
  await closing
}

async function tlsServer({ certFile, keyFile }: NonNullable<HttpOptions['tls']>): Promise<Server> {
  try {
    const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)])
    return createTlsServer({ cert, key, minVersion: 'TLSv1.2' })
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'the certificate cannot be read'
    throw new Failure('server.cannot_listen', { address: certFile, reason }, { cause })
  }
}

/** What every request passes first, before its body is read. */
function guardDoor(app: FastifyInstance, { authenticate, onError }: HttpOptions, { isLoopback }: ListenAddress): void {
  app.decorateRequest('actor', '')
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS)
    if (isLoopback && !isLoopbackHost(request.headers.host)) {
      return refuse(request, reply, 421, 'this Host is not served here')
    }
    if (
      request.routeOptions.config.isOpen === true ||
      isOpenPath(request.url) ||
      (await request.routeOptions.config.isStudioPage?.(request)) === true
    )
      return
    const actor = authenticate(bearerOf(request.headers.authorization))
    if (actor === undefined) {
      reply.header('www-authenticate', 'Bearer')
      return replyFailure(request, reply, 401, new Failure('server.unauthorized', { server: request.host }))
    }
    request.actor = actor
  })
  app.setNotFoundHandler((request, reply) => refuse(request, reply, 404, 'there is no such address'))
  app.setErrorHandler((error: unknown, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status >= 400 && status < 500) {
      return refuse(request, reply, status, error instanceof Error ? error.message : 'not understood')
    }
    const errorId = newId()
    onError(errorId, error)
    const failure = new Failure('internal.unexpected', { reason: `error ${errorId}` })
    return replyFailure(request, reply, 500, failure)
  })
}

interface Behind {
  readonly answering: () => Promise<Answering>
  readonly stopping: AbortSignal
}

function addRoutes(app: FastifyInstance, options: HttpOptions, { answering, stopping }: Behind): void {
  const { metrics, isReady, context, version } = options
  // JSON is all that is taken; a plain form of another site could send anything else without asking.
  app.removeContentTypeParser('text/plain')
  const call = (door: 'rpc' | 'api') => async (request: FastifyRequest, reply: FastifyReply) => {
    const handler = (await answering())[door]
    const { matched } = await handler.handle(request, reply, { prefix: `/${door}`, context: context(request.actor) })
    return matched ? reply : refuse(request, reply, 404, 'there is no such procedure')
  }
  const large = { bodyLimit: BUNDLE_LIMIT_BYTES }
  app.post('/rpc/server/push', large, call('rpc'))
  app.post('/api/server/push', large, call('api'))
  app.post('/rpc/*', call('rpc'))
  app.all('/api/*', call('api'))
  // Written when it is first asked for: that takes longer than all the rest of a start.
  const document = loadedOnce(() => import('./openapi.ts').then(({ openApiDocument }) => openApiDocument(version)))
  app.get('/openapi.json', () => document())
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.scrape()))
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) =>
    isReady() && !stopping.aborted ? { status: 'ready' } : reply.status(503).send({ status: 'stopping' }),
  )
}

/** Loads when it is first asked, and again after a failure. */
function loadedOnce<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, reason: string): FastifyReply {
  return replyFailure(request, reply, status, new Failure('server.request_refused', { status, reason }))
}

function urlOf(server: Server, address: string, hasTls: boolean): string {
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return `${hasTls ? 'https' : 'http'}://${address.includes(':') ? `[${address}]` : address}:${port}`
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, by the name of the token. */
    actor: string
  }
}
