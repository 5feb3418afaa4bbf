import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { commitSpotter, type Wire } from './spot-commit.ts'

type Direction = 'toServer' | 'toClient'
type Verdict = 'pass' | 'cut' | 'swallow'

/** What becomes of the next COMMIT: it never arrives, or it does and its reply is lost. The connection breaks in both cases. */
export type LostPart = 'request' | 'reply'

/** A TCP proxy in front of a server, for tests that break the network at a chosen moment. */
export interface TestProxy extends AsyncDisposable {
  readonly port: number
  /** Called with all bytes before they are passed on; `cut` breaks both sides at once and the bytes are lost. */
  watch(watcher: ((direction: Direction, bytes: Buffer) => Verdict) | undefined): void
  /** Breaks every connection that is open now. New ones are taken as before. */
  cutAll(): void
  /** The same with a reset (RST), as a firewall or a crashed peer does. */
  resetAll(): void
  /** Connections that are open now carry nothing more, and nobody is told: both ends go on believing in them. New ones work. */
  stallAll(): void
  /** Bytes of every connection, old and new, are held back until `false`: what a dead network looks like. */
  hold(isHeld: boolean): void
  /** New connections are broken off at once. */
  refuse(isRefused: boolean): void
  /** What is read comes this much later, piece by piece. */
  delay(milliseconds: number): void
  /** At most this many bytes a second in one direction; who sends more is made to wait. */
  limit(direction: Direction, bytesPerSecond: number | undefined): void
  /** Loses a part of the next COMMIT; told when that has happened. */
  loseCommit(wire: Wire, part: LostPart): Promise<void>
}

interface Line {
  readonly client: Socket
  readonly upstream: Socket
  readonly spotters: Readonly<Record<Wire, (bytes: Buffer) => boolean>>
  isStalled: boolean
  /** The server's next bytes break the connection instead of arriving. */
  isDeaf: boolean
}

interface Weather {
  watcher: Parameters<TestProxy['watch']>[0]
  held: PromiseWithResolvers<void> | undefined
  isRefused: boolean
  delayMs: number
  readonly limits: Partial<Record<Direction, number | undefined>>
  lost: { readonly wire: Wire; readonly part: LostPart; readonly done: () => void } | undefined
}

/** Listens on a free port of loopback and passes everything to the server. */
export async function startProxy(server: { readonly host: string; readonly port: number }): Promise<TestProxy> {
  const lines = new Set<Line>()
  const weather: Weather = {
    watcher: undefined,
    held: undefined,
    isRefused: false,
    delayMs: 0,
    limits: {},
    lost: undefined,
  }
  const listener = createServer((client) => {
    if (weather.isRefused) return void client.destroy()
    const upstream = connect(server.port, server.host)
    const spotters = { postgresql: commitSpotter('postgresql'), mysql: commitSpotter('mysql') }
    const line: Line = { client, upstream, spotters, isStalled: false, isDeaf: false }
    lines.add(line)
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        lines.delete(line)
        destroy(line)
      })
    }
    void pass('toServer', line, weather)
    void pass('toClient', line, weather)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given')
  return {
    port: address.port,
    ...controls(lines, weather),
    async [Symbol.asyncDispose]() {
      weather.held?.resolve()
      for (const line of lines) destroy(line)
      listener.close()
      await once(listener, 'close')
    },
  }
}

function controls(lines: ReadonlySet<Line>, weather: Weather): Omit<TestProxy, 'port' | typeof Symbol.asyncDispose> {
  return {
    watch: (next) => {
      weather.watcher = next
    },
    cutAll: () => {
      for (const line of lines) destroy(line)
    },
    resetAll: () => {
      for (const line of lines) reset(line)
    },
    stallAll: () => {
      for (const line of lines) line.isStalled = true
    },
    hold: (isHeld) => {
      weather.held?.resolve()
      weather.held = isHeld ? Promise.withResolvers<void>() : undefined
    },
    refuse: (isRefused) => {
      weather.isRefused = isRefused
    },
    delay: (milliseconds) => {
      weather.delayMs = milliseconds
    },
    limit: (direction, bytesPerSecond) => {
      weather.limits[direction] = bytesPerSecond
    },
    loseCommit: (wire, part) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      weather.lost = { wire, part, done: resolve }
      return promise
    },
  }
}

/** Passes on what one side sends until the line ends. What the other side does not take yet is not read either. */
async function pass(direction: Direction, line: Line, weather: Weather): Promise<void> {
  const [from, to] = direction === 'toServer' ? [line.client, line.upstream] : [line.upstream, line.client]
  try {
    for await (const bytes of from as AsyncIterable<Buffer>) {
      await weather.held?.promise
      const limit = weather.limits[direction]
      if (limit !== undefined) await sleep((bytes.length / limit) * 1_000)
      if (weather.delayMs > 0) await sleep(weather.delayMs)
      const verdict = weather.watcher?.(direction, bytes) ?? 'pass'
      if (verdict === 'cut' || isLost(direction, line, { bytes, weather })) return reset(line)
      if (verdict === 'pass' && !line.isStalled && !to.write(bytes)) await writable(to)
    }
  } catch {
    // A line that breaks tells both ends by that alone.
  }
  destroy(line)
}

/** Waits until a socket takes more, or is closed. */
async function writable(to: Socket): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  try {
    await Promise.race([once(to, 'drain', { signal }), once(to, 'close', { signal })])
  } finally {
    over.abort()
  }
}

/** Whether the bytes end the line because of a COMMIT that is to be lost. */
function isLost(
  direction: Direction,
  line: Line,
  { bytes, weather }: { readonly bytes: Buffer; readonly weather: Weather },
): boolean {
  if (direction === 'toClient') {
    if (line.isDeaf) weather.lost?.done()
    if (line.isDeaf) weather.lost = undefined
    return line.isDeaf
  }
  const isCommit = { postgresql: line.spotters.postgresql(bytes), mysql: line.spotters.mysql(bytes) }
  const { lost } = weather
  if (lost === undefined || !isCommit[lost.wire]) return false
  if (lost.part === 'reply') {
    line.isDeaf = true
    return false
  }
  weather.lost = undefined
  lost.done()
  return true
}

function destroy({ client, upstream }: Line): void {
  client.destroy()
  upstream.destroy()
}

function reset({ client, upstream }: Line): void {
  client.resetAndDestroy()
  upstream.resetAndDestroy()
}
