import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Handler = (request: Request) => Response | Promise<Response>

/**
 * Serves the schemes of the app from a loopback server, since Chromium knows no scheme of ours: `app://runnel/x` is
 * `http://runnel.app.localhost:PORT/x`. That host is a secure context with an origin of its own, so what the app's handler
 * answers (its policy among it) means there what it means in Electron.
 */
export class Schemes {
  readonly #handlers = new Map<string, Handler>()
  readonly #privileged = new Set<string>()
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response))
  #port = 0

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address: AddressInfo | string | null = this.#server.address()
    this.#port = typeof address === 'object' ? (address?.port ?? 0) : 0
    this.#server.unref()
  }

  registerPrivileged(schemes: readonly { readonly scheme: string; readonly privileges?: object }[]): void {
    for (const { scheme } of schemes) this.#privileged.add(scheme)
  }

  handle(scheme: string, handler: Handler): void {
    if (!this.#privileged.has(scheme))
      throw new Error(`${scheme} was not registered as privileged before the app was ready`)
    this.#handlers.set(scheme, handler)
  }

  /** Where Chromium finds it. */
  toChromium(address: string): string {
    const url = new URL(address)
    const scheme = url.protocol.slice(0, -1)
    if (!this.#handlers.has(scheme)) return address
    return `http://${url.host}.${scheme}.localhost:${this.#port}${url.pathname}${url.search}${url.hash}`
  }

  /** What Electron would have said. */
  toApp(address: string): string {
    const found = /^http:\/\/([^/]+)\.([a-z][a-z0-9]*)\.localhost:(\d+)(.*)$/.exec(address)
    if (found === null || Number(found[3]) !== this.#port || !this.#handlers.has(found[2] ?? '')) return address
    return `${found[2]}://${found[1]}${found[4]}`
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = this.toApp(`http://${request.headers.host}${request.url}`)
    const handler = this.#handlers.get(new URL(address).protocol.slice(0, -1))
    if (handler === undefined) {
      response.writeHead(404).end()
      return
    }
    const answer = await handler(new Request(address, { method: request.method ?? 'GET' }))
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(Buffer.from(await answer.arrayBuffer()))
  }
}
