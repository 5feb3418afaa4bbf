import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

type Direction = 'toServer' | 'toClient'

/** A TCP proxy in front of a server, for tests that break the network at a chosen moment. */
export interface TestProxy extends AsyncDisposable {
  readonly port: number
  /** Called with all bytes before they are passed on; `cut` breaks both sides at once and the bytes are lost. */
  watch(watcher: ((direction: Direction, bytes: Buffer) => 'pass' | 'cut' | 'swallow') | undefined): void
  /** Breaks every connection that is open now. New ones are taken as before. */
  cutAll(): void
  /** Bytes of every connection, old and new, are held back until `false`: what a dead network looks like. */
  hold(isHeld: boolean): void
}

/** Listens on a free port of loopback and passes everything to the server. */
export async function startProxy(server: { readonly host: string; readonly port: number }): Promise<TestProxy> {
  const open = new Set<Socket>()
  let watcher: Parameters<TestProxy['watch']>[0]
  let isHeld = false
  const listener = createServer((client) => {
    const upstream = connect(server.port, server.host)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
      if (isHeld) socket.pause()
    }
    const pass = (direction: Direction, to: Socket) => (bytes: Buffer) => {
      const verdict = watcher?.(direction, bytes) ?? 'pass'
      if (verdict === 'pass') to.write(bytes)
      if (verdict === 'cut') {
        client.destroy()
        upstream.destroy()
      }
    }
    client.on('data', pass('toServer', upstream))
    upstream.on('data', pass('toClient', client))
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given')
  const cutAll = (): void => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: address.port,
    watch: (next) => {
      watcher = next
    },
    cutAll,
    hold: (next) => {
      isHeld = next
      for (const socket of open) {
        if (isHeld) socket.pause()
        else socket.resume()
      }
    },
    async [Symbol.asyncDispose]() {
      cutAll()
      listener.close()
      await once(listener, 'close')
    },
  }
}
