import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { newId } from '../../base/ids.ts'
import { toFailure } from '../../contract/failure.ts'
import type { HostContext } from '../router/context.ts'
import type { Answering } from './answer-calls.ts'
import type { ReportError } from './guard-calls.ts'
import { isLoopbackHost } from './listen-address.ts'
import type { StudioOffer } from './serve-studio-pages.ts'

export interface WebSocketOptions {
  readonly server: Server
  /** What answers, once it is loaded. */
  readonly answering: () => Promise<Answering>
  readonly context: (actor: string) => HostContext
  readonly authenticate: (token: string) => string | undefined
  readonly studio?: StudioOffer
  readonly onError: ReportError
  readonly stopping: AbortSignal
  readonly isLoopback: boolean
}

type Handler = Answering['sockets']

const MESSAGE_LIMIT_BYTES = 1024 * 1024
const GREETING_MS = 5_000
const POLICY_VIOLATION = 1008
const GOING_AWAY = 1001
const PROTOCOL = 'runnel'

/** A bearer token as a browser can send it while it opens a socket: it may set no other header. */
const TOKEN_PROTOCOL = /^bearer\.([\w.~+/=-]{1,512})$/

/**
 * Serves the contract at `/ws`. The token comes as a protocol (`runnel, bearer.TOKEN`) or as the first message
 * (`{"token": "..."}`), never in the URL, which proxies log. A studio's first message also names its workspace (or null); it is
 * answered with `{"ready":true}` before anything else.
 */
export function serveWebSocket(options: WebSocketOptions): { close(): void } {
  const { server, answering, context, authenticate, studio, onError, stopping, isLoopback } = options
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT_BYTES,
    handleProtocols: (protocols) => (protocols.has(PROTOCOL) ? PROTOCOL : false),
  })
  /** The page calls when it has heard that its workspace is open, so no call is lost while it opens. */
  const openStudio = async (handler: Handler, socket: WebSocket, opening: Promise<HostContext>): Promise<void> => {
    try {
      const opened = await opening
      socket.once('close', () => void opened.resources?.[Symbol.asyncDispose]())
      await handler.upgrade(socket, { context: opened })
      socket.send('{"ready":true}')
    } catch (error) {
      if (toFailure(error).code === 'internal.unexpected') onError(newId(), error)
      socket.close(POLICY_VIOLATION, 'workspace')
    }
  }
  const accept = (handler: Handler, socket: WebSocket, request: IncomingMessage): void => {
    // Its sender broke the protocol or went away; `ws` closes it.
    socket.on('error', () => undefined)
    // At once, not in a later turn: the next message may have come with the greeting.
    greet(socket, request, (greeting) => {
      const actor = greeting === undefined ? undefined : authenticate(greeting.token)
      if (greeting === undefined || actor === undefined) socket.close(POLICY_VIOLATION, 'token')
      else if (greeting.workspace === undefined || studio === undefined) {
        void handler.upgrade(socket, { context: context(actor) })
      } else void openStudio(handler, socket, studio.open(greeting.workspace ?? undefined, actor))
    })
  }
  const welcome = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    // Nobody else listens until it is a socket.
    const drop = (): void => void stream.destroy()
    stream.on('error', drop)
    try {
      const handlers = await answering()
      stream.off('error', drop)
      if (stopping.aborted) return drop()
      sockets.handleUpgrade(request, stream, head, (socket) => accept(handlers.sockets, socket, request))
    } catch (error) {
      onError(newId(), error)
      drop()
    }
  }
  server.on('upgrade', (request, stream, head) => {
    if (request.url !== '/ws' || (isLoopback && !isLoopbackHost(request.headers.host)) || stopping.aborted) {
      stream.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    void welcome(request, stream, head)
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

const greetingSchema = z.object({
  token: z.string().max(512),
  /** Of a studio: the workspace to work in, or null for none. */
  workspace: z.string().max(4_096).nullish(),
})
type Greeting = z.infer<typeof greetingSchema>

/** Calls `done` once: with the token offered as a protocol, else the first message; undefined when none comes in time. */
function greet(socket: WebSocket, request: IncomingMessage, done: (greeting: Greeting | undefined) => void): void {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim())
  const token = offered.map((text) => TOKEN_PROTOCOL.exec(text)?.[1]).find((text) => text !== undefined)
  if (token !== undefined) return done({ token })
  const onMessage = (bytes: Buffer): void => {
    clearTimeout(timer)
    done(parseGreeting(bytes.toString('utf8')))
  }
  const timer = setTimeout(() => {
    socket.off('message', onMessage)
    done(undefined)
  }, GREETING_MS)
  socket.once('message', onMessage)
  socket.once('close', () => clearTimeout(timer))
}

function parseGreeting(text: string): Greeting | undefined {
  try {
    return greetingSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
