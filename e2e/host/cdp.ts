import { EventEmitter } from 'node:events'

type Fields = Readonly<Record<string, unknown>>

interface Reply {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly params?: Fields
  readonly result?: Fields
  readonly error?: { readonly message: string }
}

/** One session of the DevTools protocol; the browser's own has no id. Emits every event under its method. */
export class CdpSession extends EventEmitter {
  readonly id: string | undefined
  readonly #connection: CdpConnection

  constructor(connection: CdpConnection, id: string | undefined) {
    super()
    this.#connection = connection
    this.id = id
  }

  send(method: string, params: Fields = {}): Promise<Fields> {
    return this.#connection.send(method, params, this.id)
  }
}

/** The stand-in's own connection to Chromium, beside that of Playwright. */
export class CdpConnection {
  readonly browser = new CdpSession(this, undefined)
  readonly #socket: WebSocket
  readonly #sessions = new Map<string, CdpSession>()
  readonly #waiting = new Map<number, PromiseWithResolvers<Fields>>()
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data))))
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium is gone'))
      this.#waiting.clear()
    })
  }

  static async open(url: string): Promise<CdpConnection> {
    const socket = new WebSocket(url)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error(`no DevTools at ${url}`)), { once: true })
    await promise
    return new CdpConnection(socket)
  }

  async attach(targetId: string): Promise<CdpSession> {
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true }, undefined)
    const session = new CdpSession(this, String(sessionId))
    this.#sessions.set(String(sessionId), session)
    return session
  }

  send(method: string, params: Fields, sessionId: string | undefined): Promise<Fields> {
    const id = ++this.#lastId
    const waiting = Promise.withResolvers<Fields>()
    this.#waiting.set(id, waiting)
    // Who does not wait for an answer does not hear either that Chromium is gone.
    waiting.promise.catch(() => undefined)
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }))
    return waiting.promise
  }

  close(): void {
    this.#socket.close()
  }

  #receive({ id, method, params = {}, sessionId, result = {}, error }: Reply): void {
    if (id === undefined) {
      const session = sessionId === undefined ? this.browser : this.#sessions.get(sessionId)
      session?.emit(method ?? '', params)
      return
    }
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error.message))
  }
}
