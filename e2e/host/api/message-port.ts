import { EventEmitter } from 'node:events'

interface PortMessage {
  readonly data: unknown
  readonly ports: readonly MessagePortMain[]
}

/** One end of a channel in the main process. What comes before `start` waits. Ports cannot be sent through ports here. */
export class MessagePortMain extends EventEmitter {
  #peer: MessagePortMain | undefined
  #waiting: PortMessage[] | undefined = []
  #isClosed = false

  static entangle(one: MessagePortMain, other: MessagePortMain): void {
    one.#peer = other
    other.#peer = one
  }

  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('the stand-in sends no port through a port')
    this.#peer?.deliver({ data: structuredClone(data), ports: [] })
  }

  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const message of waiting) setImmediate(() => this.emit('message', message))
  }

  close(): void {
    const peer = this.#peer
    this.#peer = undefined
    this.#end()
    peer?.close()
  }

  deliver(message: PortMessage): void {
    if (this.#isClosed) return
    if (this.#waiting !== undefined) this.#waiting.push(message)
    else setImmediate(() => this.emit('message', message))
  }

  #end(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    setImmediate(() => this.emit('close'))
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()

  constructor() {
    MessagePortMain.entangle(this.port1, this.port2)
  }
}

/** What crosses to another process or to a page for a port that was handed over. */
export type PortTraffic =
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-close'; readonly port: number }

/** Ports that live elsewhere now; this side relays. */
export class PortRelay {
  readonly #ports = new Map<number, MessagePortMain>()
  readonly #send: (traffic: PortTraffic) => void
  #lastId = 0

  constructor(send: (traffic: PortTraffic) => void) {
    this.#send = send
  }

  /** The number by which the other side knows the port. Call `start` once the other side knows it. */
  handOver(port: MessagePortMain): number {
    const id = ++this.#lastId
    this.#ports.set(id, port)
    port.on('message', ({ data }: PortMessage) => this.#send({ kind: 'port', port: id, data }))
    port.on('close', () => {
      if (this.#ports.delete(id)) this.#send({ kind: 'port-close', port: id })
    })
    return id
  }

  start(id: number): void {
    this.#ports.get(id)?.start()
  }

  receive(traffic: PortTraffic): void {
    const port = this.#ports.get(traffic.port)
    if (traffic.kind === 'port') port?.postMessage(traffic.data)
    else if (this.#ports.delete(traffic.port)) port?.close()
  }

  /** The other side is gone. */
  closeAll(): void {
    for (const [id, port] of this.#ports) {
      this.#ports.delete(id)
      port.close()
    }
  }
}
