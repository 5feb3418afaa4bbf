import type { IncomingMessage, Server } from 'node:http'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { HostContext } from '../router/context.ts'
import { router } from '../router/router.ts'
import { guardCalls, type ReportError } from './guard-calls.ts'
import { isLoopbackHost } from './listen-address.ts'

export interface WebSocketOptions {
  readonly server: Server
  readonly context: (actor: string) => HostContext
  readonly authenticate: (token: string) => string | undefined
  readonly onError: ReportError
  readonly stopping: AbortSignal
  readonly isLoopback: boolean
}

const MESSAGE_LIMIT_BYTES = 1024 * 1024
const GREETING_MS = 5_000
const POLICY_VIOLATION = 1008
const GOING_AWAY = 1001
const PROTOCOL = 'runnel'

/** A bearer token as a browser can send it while it opens a socket: it may set no other header. */
const TOKEN_PROTOCOL = /^bearer\.([\w.~+/=-]{1,512})$/

/**
 * Serves the contract at `/ws`. The token comes as a protocol (`runnel, bearer.TOKEN`) or as the first message
 * (`{"token": "..."}`), never in the URL, which proxies log.
 */
export function serveWebSocket(options: WebSocketOptions): { close(): void } {
  const { server, context, authenticate, onError, stopping, isLoopback } = options
  const handler = new RPCHandler<HostContext>(router, { clientInterceptors: [guardCalls(onError, stopping)] })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT_BYTES,
    handleProtocols: (protocols) => (protocols.has(PROTOCOL) ? PROTOCOL : false),
  })
  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    // Its sender broke the protocol or went away; `ws` closes it.
    socket.on('error', () => undefined)
    void greet(socket, request, authenticate).then(async (actor) => {
      if (actor === undefined) return socket.close(POLICY_VIOLATION, 'token')
      return handler.upgrade(socket, { context: context(actor) })
    })
  })
  server.on('upgrade', (request, stream, head) => {
    if (request.url !== '/ws' || (isLoopback && !isLoopbackHost(request.headers.host)) || stopping.aborted) {
      stream.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request))
  })
  return {
    close: () => {
      for (const socket of sockets.clients) socket.close(GOING_AWAY)
      sockets.close()
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, 1_000).unref()
    },
  }
}

const greetingSchema = z.object({ token: z.string().max(512) })

async function greet(
  socket: WebSocket,
  request: IncomingMessage,
  authenticate: WebSocketOptions['authenticate'],
): Promise<string | undefined> {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim())
  const token = offered.map((text) => TOKEN_PROTOCOL.exec(text)?.[1]).find((text) => text !== undefined)
  if (token !== undefined) return authenticate(token)
  const first = await firstMessage(socket)
  return first === undefined ? undefined : authenticate(first)
}

/** The token of the first message; undefined when it is no greeting, or none comes in time. */
function firstMessage(socket: WebSocket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), GREETING_MS)
    socket.once('close', () => resolve(undefined))
    socket.once('message', (bytes: Buffer) => {
      clearTimeout(timer)
      resolve(parseGreeting(bytes.toString('utf8')))
    })
  })
}

function parseGreeting(text: string): string | undefined {
  try {
    return greetingSchema.safeParse(JSON.parse(text)).data?.token
  } catch {
    return undefined
  }
}
