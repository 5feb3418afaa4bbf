import { createConnection, createServer, type Socket } from 'node:net'

/** A line between client and server that a test can spoil. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** What clients have sent so far. */
  readonly sentBytes: number
  /** Breaks every connection there is. */
  cut(): void
  /** From now on the connections there are carry nothing, and nobody is told. New ones work. */
  stall(): void
  /** The next client bytes that contain `text` still reach the server; its answer is lost with the connection. */
  loseReplyTo(text: string): void
}

export async function openTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<{ client: Socket; upstream: Socket; isStalled: boolean }>()
  let lost: string | undefined
  let sentBytes = 0
  const server = createServer((client) => {
    const upstream = createConnection({ host: target.host, port: target.port })
    const pair = { client, upstream, isStalled: false }
    let isDeaf = false
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      client.destroy()
      upstream.destroy()
    }
    client.on('data', (bytes) => {
      if (pair.isStalled) return
      if (lost !== undefined && bytes.includes(lost)) {
        lost = undefined
        isDeaf = true
      }
      sentBytes += bytes.length
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (isDeaf) end()
      else if (!pair.isStalled) client.write(bytes)
    })
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
  })
  const { promise: listening, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await listening
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy does not listen')
  const each = (act: (pair: { client: Socket; upstream: Socket; isStalled: boolean }) => void): void => {
    for (const pair of pairs) act(pair)
  }
  return {
    port: address.port,
    get sentBytes() {
      return sentBytes
    },
    cut: () => each(({ client }) => client.destroy()),
    stall: () =>
      each((pair) => {
        pair.isStalled = true
      }),
    loseReplyTo: (text) => {
      lost = text
    },
    [Symbol.asyncDispose]: async () => {
      each(({ client, upstream }) => {
        client.destroy()
        upstream.destroy()
      })
      const { promise, resolve: closed } = Promise.withResolvers<void>()
      server.close(() => closed())
      await promise
    },
  }
}
